"""What the concepts and misconceptions are called on the screen; in scores and files they keep their English keys."""

from core.basics.words import say

NAMES: dict[str, str] = {
    "values": say("quiz.values", "values"),
    "local slopes": say("quiz.concept-partials", "local partials"),
    "the chain rule": say("quiz.chain-rule", "the chain rule"),
    "adding up contributions": say("quiz.adding-up", "adding up contributions"),
    "gradients": say("quiz.gradients", "gradients"),
    "forgot to add": say("quiz.forgot-to-add", "forgot to add"),
    "forgot the upstream factor": say("quiz.forgot-upstream", "forgot the upstream factor"),
    "forgot the local slope": say("quiz.forgot-partial", "forgot the local partial"),
    "swapped operands": say("quiz.swapped-operands", "swapped operands"),
    "wrong sign": say("quiz.wrong-sign", "wrong sign"),
    "used the output for the input": say("quiz.output-for-input", "used the output for the input"),
    "used the input for the output": say("quiz.input-for-output", "used the input for the output"),
    "forgot the transpose": say("quiz.forgot-transpose", "forgot the transpose"),
    "forgot to sum the broadcast axis": say("quiz.forgot-to-sum", "forgot to sum the broadcast axis"),
    "multiplied the contributions": say("quiz.multiplied", "multiplied the contributions"),
}


def named(key: str) -> str:
    """The name of a concept or a misconception."""
    return NAMES.get(key, key)

"""Python's syntax errors, said again the way a patient teacher would, and the same on every Python version."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Sequence

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import phrase, say
from core.language.reading.syntax_messages import LAYOUT, MEANING, NUMBERS, Row

Explain = Callable[[str, str, Span], ProgramError | None]
"""Says Python's message about a line and a place in it another way; None where it has nothing to say."""

CHARACTERS = {
    "×": "*", "·": "*", "⋅": "*", "∗": "*", "−": "-", "–": "-", "—": "-", "÷": "/", "∕": "/",
    "²": "**2", "³": "**3", "√": "sqrt(...)", "≤": "<=", "≥": ">=", "≠": "!=", "∞": "float('inf')",
    "“": '"', "”": '"', "‘": "'", "’": "'", "（": "(", "）": ")", "，": ",", "：": ":", "；": ";",
    "＝": "=", "＋": "+", "$": "nothing", "?": "nothing", "∑": "sum(...)", "→": "return", "←": "=",
}  # fmt: skip
PAIRS = {"(": ")", "[": "]", "{": "}"}
BLOCK_WORDS = ("def", "if", "elif", "else", "for", "while", "with", "try", "except", "class")
HALF = re.compile(r"(\*\*|//|->|<=|>=|==|!=|:=|[-+*/%@&|^~<>=.,])\s*$|\b(and|or|not|in|is|if|else|return|lambda)\s*$")


def explain_syntax_error(text: str, error: SyntaxError) -> ProgramError:
    """One sentence for a `SyntaxError`, with its place and what to write instead."""
    lines = text.split("\n")
    number = min(max(error.lineno or 1, 1), len(lines))
    line = lines[number - 1]
    column = min(max(error.offset or 1, 1), len(line) + 1)
    end = error.end_offset if error.end_lineno == error.lineno and error.end_offset else column + 1
    span = Span(number, column, number, max(min(end, len(line) + 1), column + 1))
    raw = str(error.msg)
    for explain in EXPLANATIONS:
        found = explain(raw, line, span)
        if found is not None:
            return found
    return ProgramError(
        say(
            "language.i-cannot-read-line", "I cannot read this line from here: {around}.", around=_around(line, column)
        ),
        span,
        _habit(line),
    )


def _around(line: str, column: int) -> str:
    rest = line[column - 1 :].strip() or line.strip()
    return f"`{rest[:30]}{'…' if len(rest) > 30 else ''}`"


def _habit(line: str) -> str:
    """A hint for habits from other languages."""
    for pattern, hint in (
        (r"&&", say("language.write-3", "Write `and` for `&&`.")),
        (r"\|\|", say("language.write-4", "Write `or` for `||`.")),
        (r"\+\+|--\s*$", say("language.write-x-1-x", "Write `x += 1` for `x++`.")),
        (r"!(?!=)", say("language.write-not", "Write `not` for `!`.")),
        (r"\?.*:", say("language.write-if-condition-else", "Write `a if condition else b` for `condition ? a : b`.")),
        (r"\belse\s+if\b", say("language.write-elif-else-if", "Write `elif` for `else if`.")),
        (r"\bfunction\b", say("language.write-def-function", "Write `def` for `function`.")),
        (r"=>", say("language.write-lambda-x-x", "Write `lambda x: ...` for `x => ...`.")),
        (
            r"\b(let|var|const|float|double|int)\s+[A-Za-z_]",
            say("language.write-just-name-value", "Write just `name = value`, without a type before the name."),
        ),
        (r"\bprint\s+[^(\s]", say("language.write-print-parentheses", "Write `print(...)` with parentheses.")),
        (r"[\w)\]]\s+[\w(]", say("language.operator-missing-such", "Is an operator missing, such as `*`?")),
    ):
        if re.search(pattern, line):
            return hint
    return say("language.check-spelling-brackets", "Check the spelling and the brackets.")


NAMES_OF_MATHS = "ln|log|exp|sin|cos|tan|sinh|cosh|tanh|sqrt|abs"
NOTATION = (
    (
        r"^\s*(?!(?:if|elif|while|for|print)\b)(?P<f>[A-Za-z_]\w*)\s*\((?P<x>\s*[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s*)\)\s*=(?!=)\s*(?P<y>.*\S)",
        say("language.function-without-def", "A function is defined with `def`."),
        phrase("language.write-def-with-return", "Write `def {f}({x}): return {y}`."),
    ),
    (
        r"(?P<f>[A-Za-z_]\w*)'+\s*\((?P<x>[^()']*)\)",
        say("language.derivative-written", "There is no need to write a derivative: the program computes it."),
        phrase("language.write-call", "Write `{f}({x})`."),
    ),
    (
        r"(?<!\|)\|(?P<x>[^|]*[^|\s][^|]*)\|(?!\|)",
        say("language.bars", "Bars do not make an absolute value."),
        phrase("language.write-abs", "Write `abs({x})`."),
    ),
    (
        rf"(?<![\w.])(?P<f>{NAMES_OF_MATHS})\s+(?P<x>[A-Za-z_]\w*|\d[\w.]*)",
        say("language.argument-without-parentheses", "The argument of a function goes in parentheses."),
        phrase("language.write-call", "Write `{f}({x})`."),
    ),
)  # fmt: skip


def _notation(raw: str, line: str, span: Span) -> ProgramError | None:
    """Maths as it is written on paper."""
    code = re.sub(r"#.*", "", line)
    for pattern, message, hint in NOTATION:
        if found := re.search(pattern, code):
            where = Span(span.line, found.start() + 1, span.line, found.end() + 1)
            parts = {name: part.strip().replace("^", "**") for name, part in found.groupdict().items()}
            parts["f"] = {"ln": "log"}.get(parts.get("f", ""), parts.get("f", ""))
            return ProgramError(message, where, hint.say(**parts))
    return None


def _character(raw: str, line: str, span: Span) -> ProgramError | None:
    character = line[span.column - 1 : span.column]
    if "invalid character" not in raw and "non-printable" not in raw and character not in CHARACTERS:
        return None
    if character.isascii() and character not in CHARACTERS:
        return None
    found = next((c for c in (character, *line[span.column - 1 :]) if c in CHARACTERS or not c.isascii()), character)
    instead = CHARACTERS.get(found)
    message = (
        say("language.character-not-part-python", "The character `{found}` is not part of Python.", found=found)
        if found.isprintable()
        else say("language.invisible-character", "There is an invisible character here.")
    )
    hint = (
        say("language.delete", "Delete it.")
        if instead in (None, "nothing")
        else say("language.write-instead", "Write `{instead}` instead.", instead=instead)
    )
    return ProgramError(message, span, hint)


def _number(raw: str, line: str, span: Span) -> ProgramError | None:
    if re.search(r"invalid \w+ literal|invalid imaginary", raw) or re.match(r"\d+[A-Za-z_]", line[span.column - 1 :]):
        match = re.compile(r"(?<![\w.])(\d+\.?\d*)([A-Za-z_]\w*)").search(line, max(span.column - 20, 0))
        if match:
            whole = Span(span.line, match.start() + 1, span.line, match.end() + 1)
            return ProgramError(
                say("language.not-number-2", "`{group}` is not a number.", group=match.group()),
                whole,
                say("language.write-5", "Write `{group}*{other}`.", group=match.group(1), other=match.group(2)),
            )
        return ProgramError(
            say("language.not-number", "This is not a number."),
            span,
            say("language.write-numbers-like-2", "Write numbers like 2, 0.5 or 1e-3."),
        )
    return None


def _block(raw: str, line: str, span: Span) -> ProgramError | None:
    words = line.split()
    if words and words[0] in BLOCK_WORDS and not line.rstrip().endswith(":") and "expected ':'" in raw:
        return ProgramError(
            say("language.line-no-colon-end", "The line of `{word}` has no colon at its end.", word=words[0]),
            span,
            say("language.add", "Add `:`."),
        )
    if words and words[0] in ("if", "elif", "while") and re.search(r"[^=!<>:]=[^=]", line):
        where = line.index("=", line.index(words[0])) + 1
        return ProgramError(
            say("language.single-gives-name-value", "A single `=` gives a name a value; it does not compare."),
            Span(span.line, where, span.line, where + 1),
            say("language.write-compare", "Write `==` to compare."),
        )
    if words and words[0] == "def" and not re.match(r"\s*def\s+\w+\s*\(", line):
        return ProgramError(
            say(
                "language.function-starts-name-parameters",
                "A function starts with its name and its parameters in parentheses.",
            ),
            span,
            say("language.write-def-f-x", "Write `def f(x):`."),
        )
    return None


def _half_typed(raw: str, line: str, span: Span) -> ProgramError | None:
    code = re.sub(r"#.*", "", line).rstrip()
    if match := HALF.search(code):
        token = match.group().strip()
        where = Span(span.line, match.start() + 1, span.line, match.start() + 1 + len(token))
        return ProgramError(
            say("language.something-missing-after", "Something is missing after `{token}`.", token=token),
            where,
            say("language.finish-line", "Finish the line."),
        )
    return None


def _keyword_as_name(raw: str, line: str, span: Span) -> ProgramError | None:
    first = line.strip().split(" ")[0]
    if keyword.iskeyword(first) and re.match(rf"\s*{first}\s*=", line):
        return ProgramError(
            say(
                "language.word-python-own-cannot",
                "`{first}` is a word of Python's own and cannot be a name.",
                first=first,
            ),
            span,
            say("language.call", "Call it `{first}_`.", first=first),
        )
    return None


def _missing_block(raw: str, line: str, span: Span) -> ProgramError | None:
    if "expected an indented block" not in raw:
        return None
    what = re.search(r"after (?:'(\w+)'|(function|class))", raw)
    word = (what.group(1) or {"function": "def"}.get(what.group(2), what.group(2))) if what else "colon"
    return ProgramError(
        say("language.lines-belong-missing", "The lines that belong to `{word}` are missing.", word=word),
        span,
        say("language.write-them-below-indented", "Write them below it, indented by four spaces."),
    )


def _braces(raw: str, line: str, span: Span) -> ProgramError | None:
    if "f-string" not in raw or "unterminated" in raw:
        return None
    return ProgramError(
        say("language.braces-f-string-cannot", "The braces of this f-string cannot be read."),
        Span(span.line, len(line) - len(line.lstrip()) + 1, span.line, len(line) + 1),
        say("language.write-f", 'Write f"{{value:.3f}}".'),
    )


def _said_by_python(rows: Sequence[Row]) -> Explain:
    """Explains what the patterns of these rows find in Python's own message."""

    def explain(raw: str, line: str, span: Span) -> ProgramError | None:
        for row in rows:
            if found := re.search(row.pattern, raw):
                parts = found.groupdict()
                parts["closing"] = PAIRS.get(parts.get("bracket") or "")
                return ProgramError(row.message.say(**parts), span, row.hint.say(**parts))
        return None

    return explain


EXPLANATIONS: tuple[Explain, ...] = (
    _notation,
    _character,
    _missing_block,
    _braces,
    _said_by_python(LAYOUT),
    _number,
    _said_by_python(NUMBERS),
    _block,
    _half_typed,
    _keyword_as_name,
    _said_by_python(MEANING),
)

"""Python's syntax errors, said again the way a patient teacher would, and the same on every Python version."""

from __future__ import annotations

import re

from core.basics.errors import ProgramError
from core.basics.span import Span

CHARACTERS = {
    "×": "*", "·": "*", "⋅": "*", "∗": "*", "−": "-", "–": "-", "—": "-", "÷": "/", "∕": "/",
    "²": "**2", "³": "**3", "√": "sqrt(...)", "≤": "<=", "≥": ">=", "≠": "!=", "∞": "float('inf')",
    "“": '"', "”": '"', "‘": "'", "’": "'", "（": "(", "）": ")", "，": ",", "：": ":", "；": ";",
    "＝": "=", "＋": "+", "$": "nothing", "?": "nothing", "∑": "sum(...)", "→": "return", "←": "=",
}  # fmt: skip
PAIRS = {"(": ")", "[": "]", "{": "}"}
KEYWORDS = [
    "False",
    "None",
    "True",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "return",
    "try",
    "while",
    "with",
    "yield",
]
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
    return ProgramError(f"I cannot read this line from here: {_around(line, column)}.", span, _habit(line))


def _around(line: str, column: int) -> str:
    rest = line[column - 1 :].strip() or line.strip()
    return f"`{rest[:30]}{'…' if len(rest) > 30 else ''}`"


def _habit(line: str) -> str:
    """A hint for habits from other languages."""
    for pattern, hint in (
        (r"&&", "Write `and` for `&&`."),
        (r"\|\|", "Write `or` for `||`."),
        (r"\+\+|--\s*$", "Write `x += 1` for `x++`."),
        (r"!(?!=)", "Write `not` for `!`."),
        (r"\?.*:", "Write `a if condition else b` for `condition ? a : b`."),
        (r"\belse\s+if\b", "Write `elif` for `else if`."),
        (r"\bfunction\b", "Write `def` for `function`."),
        (r"=>", "Write `lambda x: ...` for `x => ...`."),
        (
            r"\b(let|var|const|float|double|int)\s+[A-Za-z_]",
            "Write just `name = value`, without a type before the name.",
        ),
        (r"\bprint\s+[^(\s]", "Write `print(...)` with brackets."),
        (r"[\w)\]]\s+[\w(]", "Is an operator missing, such as `*`?"),
    ):
        if re.search(pattern, line):
            return hint
    return "Check the spelling and the brackets."


NAMES_OF_MATHS = "ln|log|exp|sin|cos|tan|sinh|cosh|tanh|sqrt|abs"
NOTATION = (
    (
        r"^\s*(?!(?:if|elif|while|for|print)\b)(?P<f>[A-Za-z_]\w*)\s*\((?P<x>\s*[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s*)\)\s*=(?!=)\s*(?P<y>.*\S)",
        "A function is defined with `def`.",
        "Write `def {f}({x}): return {y}`.",
    ),
    (
        r"(?P<f>[A-Za-z_]\w*)'+\s*\((?P<x>[^()']*)\)",
        "There is no need to write a derivative: the program computes it.",
        "Write `{f}({x})`.",
    ),
    (r"(?<!\|)\|(?P<x>[^|]*[^|\s][^|]*)\|(?!\|)", "Bars do not make an absolute value.", "Write `abs({x})`."),
    (
        rf"(?<![\w.])(?P<f>{NAMES_OF_MATHS})\s+(?P<x>[A-Za-z_]\w*|\d[\w.]*)",
        "The argument of a function stands in brackets.",
        "Write `{f}({x})`.",
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
            return ProgramError(message, where, hint.format(**parts))
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
        f"The character `{found}` is not part of Python."
        if found.isprintable()
        else "There is an invisible character here."
    )
    hint = "Delete it." if instead in (None, "nothing") else f"Write `{instead}` instead."
    return ProgramError(message, span, hint)


def _indentation(raw: str, line: str, span: Span) -> ProgramError | None:
    if "expected an indented block" in raw:
        what = re.search(r"after (?:'(\w+)'|(function|class))", raw)
        word = (what.group(1) or {"function": "def"}.get(what.group(2), what.group(2))) if what else "colon"
        return ProgramError(
            f"The lines that belong to `{word}` are missing.", span, "Write them below it, indented by four spaces."
        )
    if "too many levels" in raw:
        return ProgramError("This is indented too deeply.", span, "Give parts of it names, as functions.")
    if "unexpected indent" in raw:
        return ProgramError(
            "This line is indented, but no line before it opens a block.", span, "Start it further to the left."
        )
    if "unindent does not match" in raw:
        return ProgramError(
            "This line is indented differently from the lines above it.", span, "Line it up with one of them."
        )
    if "inconsistent use of tabs" in raw:
        return ProgramError("Tabs and spaces are mixed in front of this line.", span, "Use spaces only.")
    return None


def _bracket(raw: str, line: str, span: Span) -> ProgramError | None:
    if match := re.search(r"'(.)' was never closed", raw):
        opened = match.group(1)
        return ProgramError(f"The bracket `{opened}` is never closed.", span, f"Add `{PAIRS[opened]}` where it ends.")
    if match := re.search(r"unmatched '(.)'", raw):
        return ProgramError(
            f"The bracket `{match.group(1)}` closes nothing.", span, "Delete it, or open one before it."
        )
    if match := re.search(r"closing parenthesis '(.)' does not match opening parenthesis '(.)'", raw):
        closed, opened = match.groups()
        return ProgramError(
            f"The bracket `{opened}` is closed by `{closed}`.", span, f"Close it with `{PAIRS[opened]}`."
        )
    return None


def _string(raw: str, line: str, span: Span) -> ProgramError | None:
    if "unterminated" in raw:
        return ProgramError("This text in quotes has no end.", span, "Add the closing quote.")
    if "f-string" in raw:
        span = Span(span.line, len(line) - len(line.lstrip()) + 1, span.line, len(line) + 1)
        return ProgramError("The braces of this f-string cannot be read.", span, 'Write f"{value:.3f}".')
    if "unicode error" in raw:
        return ProgramError(
            "A backslash in this text is not followed by a known letter.", span, "Write two backslashes."
        )
    return None


def _number(raw: str, line: str, span: Span) -> ProgramError | None:
    if re.search(r"invalid \w+ literal|invalid imaginary", raw) or re.match(r"\d+[A-Za-z_]", line[span.column - 1 :]):
        match = re.compile(r"(?<![\w.])(\d+\.?\d*)([A-Za-z_]\w*)").search(line, max(span.column - 20, 0))
        if match:
            whole = Span(span.line, match.start() + 1, span.line, match.end() + 1)
            return ProgramError(
                f"`{match.group()}` is not a number.", whole, f"Write `{match.group(1)}*{match.group(2)}`."
            )
        return ProgramError("This is not a number.", span, "Write numbers like 2, 0.5 or 1e-3.")
    if "leading zeros" in raw:
        return ProgramError("A whole number may not start with 0.", span, "Leave the zeros in front away.")
    if "Exceeds the limit" in raw or "too large" in raw:
        return ProgramError("This number has too many digits.", span, "Write it like 1e300.")
    return None


def _block(raw: str, line: str, span: Span) -> ProgramError | None:
    words = line.split()
    if words and words[0] in BLOCK_WORDS and not line.rstrip().endswith(":") and "expected ':'" in raw:
        return ProgramError(f"The line of `{words[0]}` has no colon at its end.", span, "Add `:`.")
    if words and words[0] in ("if", "elif", "while") and re.search(r"[^=!<>:]=[^=]", line):
        where = line.index("=", line.index(words[0])) + 1
        return ProgramError(
            "A single `=` gives a name a value; it does not compare.",
            Span(span.line, where, span.line, where + 1),
            "Write `==` to compare.",
        )
    if words and words[0] == "def" and not re.match(r"\s*def\s+\w+\s*\(", line):
        return ProgramError(
            "A function starts with its name and its parameters in brackets.", span, "Write `def f(x):`."
        )
    return None


def _half_typed(raw: str, line: str, span: Span) -> ProgramError | None:
    code = re.sub(r"#.*", "", line).rstrip()
    if match := HALF.search(code):
        token = match.group().strip()
        where = Span(span.line, match.start() + 1, span.line, match.start() + 1 + len(token))
        return ProgramError(f"Something has to follow `{token}`.", where, "Finish the line.")
    return None


def _assignment(raw: str, line: str, span: Span) -> ProgramError | None:
    if "cannot assign to" in raw or "illegal target" in raw or "illegal expression for augmented" in raw:
        return ProgramError(
            "Only a name can be given a value with `=`.", span, "Write `name = ...`, or `==` to compare."
        )
    if "maybe you meant '==' or ':='" in raw:
        return ProgramError("A single `=` gives a name a value; it does not compare.", span, "Write `==` to compare.")
    first = line.strip().split(" ")[0]
    if first in KEYWORDS and re.match(rf"\s*{first}\s*=", line):
        return ProgramError(f"`{first}` is a word of Python's own and cannot be a name.", span, f"Call it `{first}_`.")
    return None


def _argument(raw: str, line: str, span: Span) -> ProgramError | None:
    if "duplicate argument" in raw:
        return ProgramError("Two parameters of this function have the same name.", span, "Rename one of them.")
    if "keyword argument repeated" in raw:
        return ProgramError("The same argument is given twice.", span, "Leave one of them out.")
    if "positional argument follows keyword" in raw:
        return ProgramError(
            "An argument without a name follows one with a name.", span, "Put those without names first."
        )
    if "non-default" in raw or "parameter without a default" in raw:
        return ProgramError(
            "A parameter without a default follows one with a default.", span, "Put those with defaults last."
        )
    return None


EXPLANATIONS = (
    _notation, _character, _indentation, _bracket, _string, _number, _block, _half_typed, _assignment, _argument,
)  # fmt: skip

"""From text to Python's syntax tree, within limits; what is wrong with the text is said in one sentence.

The limits hold before Python's own parser sees anything, so that no text can exhaust it.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings

from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import say
from core.language.reading.syntax_errors import explain_syntax_error

MAX_CHARACTERS = 200_000
MAX_BRACKETS = 90
MAX_CHAIN = 6_000
MAX_DEPTH = 180
MAX_ELIFS = 150
RECURSION_ROOM = 20_000

# Each call of a program takes some twenty of Python's; `Budget.depth` ends a recursion long before this limit.
sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION_ROOM))

TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?:\\.|[^\\'\n])*'|"(?:\\.|[^\\"\n])*")
      | (?P<open>[(\[{]) | (?P<close>[)\]}]) | (?P<comma>[,;]) | (?P<line>(?<!\\)\n)
      | (?P<word>[^\W\d]\w*) | (?P<number>\d[\w.]*|\.\d\w*)
      | (?P<operator>\*\*|//|<<|>>|<=|>=|==|!=|:=|->|[-+*/%@&|^~<>.=:;!])""",
    re.VERBOSE | re.DOTALL,
)
STEEP_WORDS = frozenset(("lambda", "not", "if", "else", "await", "yield"))


def read(text: str) -> ast.Module:
    """The syntax tree of a text, or a `ProgramError` that says what to change."""
    check_characters(text)
    check_nesting(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        raise explain_syntax_error(text, error) from None
    except (RecursionError, MemoryError):
        raise too_nested(None) from None
    except (ValueError, OverflowError):
        raise ProgramError(
            say("language.text-cannot-read-program", "This text cannot be read as a program."),
            None,
            say("language.look-unusual-characters", "Look for unusual characters."),
        ) from None
    return tree


def check_characters(text: str) -> None:
    """Refuse texts that are empty, too long, or hold characters no program has."""
    if len(text) > MAX_CHARACTERS:
        message = say(
            "language.text-characters-program-may",
            "This text has {count:,} characters; a program may have at most {max_characters:,}.",
            count=len(text),
            max_characters=MAX_CHARACTERS,
        )
        raise ProgramError(
            message, None, say("language.paste-only-part-computes", "Paste only the part that computes the function.")
        )
    if not text.strip():
        raise ProgramError(
            say("language.nothing-run-yet", "There is nothing to run yet."),
            None,
            say("language.type-expression-example-3", "Type an expression, for example 3*x**2 + 2*x*y."),
        )
    for position, character in enumerate(text) if not text.isascii() or "\0" in text else ():
        if character == "\0" or "\ud800" <= character <= "\udfff":
            kind = (
                say("language.nul-character", "a NUL character")
                if character == "\0"
                else say("language.half-character-lone-surrogate", "half of a character (a lone surrogate)")
            )
            raise ProgramError(
                say("language.no-program-contain", "There is {kind} here, which no program can contain.", kind=kind),
                _span_at(text, position),
                say("language.delete", "Delete it."),
            )


def check_nesting(text: str) -> None:
    """Refuse brackets in brackets in brackets, and endless chains, before the parser sees them."""
    if text.count("elif") <= MAX_ELIFS and plainly_flat(text):
        return
    levels, elifs, after_operator = [0], 0, True
    for match in TOKEN.finditer(text):
        kind, token = match.lastgroup, match.group()
        if kind == "open":
            levels.append(0)
            levels[-2] += 1
        elif kind == "close":
            if len(levels) > 1:
                levels.pop()
        elif kind == "comma":
            levels[-1] = 0
        elif kind == "line":
            if len(levels) == 1:
                levels[0] = 0
        elif kind == "operator":
            levels[-1] += 10 if after_operator or token == "**" else 1
        elif kind == "word":
            levels[-1] += 10 if token in STEEP_WORDS else 0
            elifs += token == "elif"
        else:
            continue
        after_operator = kind in ("operator", "open", "line", "comma")
        if len(levels) > MAX_BRACKETS or levels[-1] > MAX_CHAIN or elifs > MAX_ELIFS:
            raise too_nested(_span_at(text, match.start()))


def plainly_flat(text: str) -> bool:
    """Whether a quick look shows that no logical line can be too deep; False when a closer look is needed."""
    if '"' in text or "'" in text or "\\" in text:
        return False
    balance = length = 0
    for line in text.splitlines():
        code = line.partition("#")[0]
        opened = code.count("(") + code.count("[") + code.count("{")
        length += len(code)
        if balance + opened > MAX_BRACKETS or length > MAX_CHAIN // 10:
            return False
        balance = max(balance + opened - code.count(")") - code.count("]") - code.count("}"), 0)
        if not balance:
            length = 0
    return True


def too_nested(span: Span | None) -> ProgramError:
    """The one sentence for everything that is nested too deeply."""
    return ProgramError(
        say("language.nested-too-deeply", "This is nested too deeply."),
        span,
        say("language.give-parts-names-lines", "Give parts of it names, on lines of their own."),
    )


def _span_at(text: str, position: int) -> Span:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return Span(line, column, line, column + 1)

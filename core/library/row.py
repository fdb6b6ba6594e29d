"""One row of the table of library functions, and the reader of its text. Knows no function and no library.

A row is a line of columns between bars; a line that begins with a space goes on with the row above, and what follows
a `#` is a remark:

    sum | np.sum a:x axis * keepdims | torch.sum input:x dim:axis keepdim:keepdims | counts: axis | work: operand

The first column is our function. Then come its names: dotted paths, each column ending with the arguments that all
its paths share. A path that is only a library (`np.`) has our function's own name there; one that begins with a dot
(`.sum`) is a method; one in parentheses cannot be typed in programs, but NumPy's protocol and the TensorFlow dialect
know it. An argument is `a:x` where it is called `a` there and `x` by us, `a!` where it has no effect, `axis=0` where
the library's default is another than ours; `*` says that the rest is given by name only, `*shape` takes any number.
The other columns are facts, see `FACTS`. A row called `each` holds for those below it: their arguments and facts where
they give none themselves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.basics.cuts import Reason
from core.basics.words import say

LIBRARIES = ("np", "math", "tf", "torch", "jax", "scipy", "random", "python")
CUTS = (*(reason.name.lower() for reason in Reason), "text")
FACTS: dict[str, tuple[str, ...]] = {
    # What becomes of the shapes.
    "shape": ("same", "broadcast", "reduced", "along", "product", "outer", "cross", "square", "solution", "of_matrix",
              "einsum", "joined", "stacked", "reshaped", "reversed", "given", "mean"),
    # What elements it takes and gives: floating-point numbers only, any numbers, any elements; truth, whole numbers.
    "dtype": ("float", "number", "any", "truth", "whole"),
    # How many elements the result may have, where that can be more than its operands broadcast together.
    "size": ("pairs", "letters", "powers", "matrix", "times", "shape", "padded", "square", "joined"),
    # How much work it is: elements are moved, each operand's element is used once, and so on.
    "work": ("moved", "operand", "product", "letters", "elimination", "factors", "fit", "powers", "differences",
             "convolution"),
    # In which libraries the result looks into the operand, is the operand itself where nothing has to be done, and is
    # a copy where the operand's elements do not lie one after the other; in which nobody may write into the result,
    # and in which it is an array also where it has no axes.
    "views": ("np", "torch", "all"), "same": ("np", "torch"), "packed": ("np", "torch", "all"),
    "locked": ("np", "torch", "all"), "boxes": ("np",),
    # Why no derivative flows; whether the whole numbers that it gives say where or how many.
    "cuts": CUTS, "gives": ("places",),
    # Whether it draws random real numbers, or whole ones, orders and generators; whether lists reach it as lists.
    "draws": ("numbers", "others"), "lists": ("yes",),
}  # fmt: skip
ROLES = ("counts", "decides", "likes")  # facts that name arguments
PATH = re.compile(r"\(?(?:\.|(?:" + "|".join(LIBRARIES) + r")\.)[\w.]*\)?")
ARGUMENT = re.compile(r"\*{0,2}[A-Za-z_]\w*(?::[A-Za-z_]\w*)?(?:=[^\s!]+)?!?|\*")


class RowError(ValueError):
    """A row of the table is wrong; the message begins with the name of the row."""


@dataclass(frozen=True)
class Name:
    """A function's name in a library: its path, its arguments as `there:ours`, and defaults that differ from ours."""

    path: str
    signature: tuple[str, ...] = ()
    defaults: Mapping[str, object] = field(default_factory=dict)
    typed: bool = True  # programs can call it


@dataclass(frozen=True)
class Row:
    """A function of ours, its names elsewhere, and what is to be known of it before it is called."""

    function: str
    names: tuple[Name, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    counts: frozenset[str] = frozenset()  # arguments, by our names, that say where or how many
    decides: frozenset[str] = frozenset()  # arguments, by our names, that only say which of the others is taken
    likes: frozenset[str] = frozenset()  # arguments of which only the shape is taken; what `cuts` says holds for them

    def fact(self, name: str) -> str:
        """The fact of that name, one of `FACTS`; "" where the row does not give it."""
        return self.facts.get(name, "")


def public(part: str) -> str:
    """The name of an argument as programs write it."""
    return part.rstrip("!").split(":")[0].lstrip("*")


def internal(part: str) -> str:
    """The name of an argument in our own code."""
    return part.rstrip("!").split(":")[-1].lstrip("*")


def read(text: str) -> Iterator[Row]:
    """The rows of a text; raises RowError for the first that is wrong."""
    usual: dict[str, list[str]] = {}
    shared: dict[str, str] = {}
    for line in _lines(text):
        function, *columns = (column.strip() for column in line.split("|"))
        if function == "each":
            shared, named = _split(function, columns)
            usual = {path.strip("()"): words for paths, words in map(_paths, named) for path in paths}
        else:
            yield _row(function, columns, shared, usual)


def _lines(text: str) -> Iterator[str]:
    """One line for each row."""
    whole = ""
    for line in text.splitlines():
        line = line.partition("#")[0].rstrip()
        if line[:1] in (" ", "|"):
            whole += line
        elif line:
            if whole:
                yield whole
            whole = line
    if whole:
        yield whole


def _row(function: str, columns: list[str], shared: Mapping[str, str], usual: Mapping[str, list[str]]) -> Row:
    if not re.fullmatch(r"[A-Za-z_]\w*", function):
        raise RowError(
            say(
                "library.row-begins-name-our",
                "`{function}`: a row begins with the name of our function",
                function=function,
            )
        )
    facts, named = _split(function, columns)
    names: list[Name] = []
    for column in named:
        paths, words = _paths(column)
        if not paths:
            raise RowError(
                say(
                    "library.column-begins-no-path",
                    "`{function}`: the column `{column}` begins with no path and no fact",
                    function=function,
                    column=column,
                )
            )
        names += [_name(function, path, words, usual) for path in paths]
    facts = {**shared, **facts}
    counts, decides, likes = (frozenset(facts.pop(role, "").split()) for role in ROLES)
    _check(function, names, facts, counts | decides | likes)
    return Row(function, tuple(names), facts, counts, decides, likes)


def _split(function: str, columns: list[str]) -> tuple[dict[str, str], list[str]]:
    """The facts and the names among the columns."""
    facts: dict[str, str] = {}
    names: list[str] = []
    for column in columns:
        found = re.match(r"(\w+): ?([\w ]*)$", column)
        if found is None:
            names.append(column)
        elif found[1] in facts:
            raise RowError(
                say("library.said-twice", "`{function}`: `{found}` is said twice", function=function, found=found[1])
            )
        else:
            facts[found[1]] = found[2].strip()
    return facts, names


def _paths(column: str) -> tuple[list[str], list[str]]:
    """The paths that a column begins with, and its arguments."""
    words = column.split()
    is_path = PATH.fullmatch
    count = next((place for place, word in enumerate(words) if "." not in word or not is_path(word)), len(words))
    return words[:count], words[count:]


def _name(function: str, path: str, words: list[str], usual: Mapping[str, list[str]]) -> Name:
    typed, path = not path.startswith("("), path.strip("()")
    root = path.partition(".")[0] + "."
    words = words or usual.get(root, [])
    path = f"{path}{function}" if path.endswith(".") else path
    parts: list[str] = []
    defaults: dict[str, object] = {}
    for word in words:
        if not ARGUMENT.fullmatch(word):
            raise RowError(
                say(
                    "library.among-arguments-not-argument",
                    "`{function}`: `{word}` among the arguments of `{path}` is not an argument",
                    function=function,
                    word=word,
                    path=path,
                )
            )
        part, _, default = word.partition("=")
        parts.append(part)
        if default:
            defaults[internal(part)] = _default(function, path, default)
    known = [public(part) for part in parts if part != "*"]
    if again := next((one for one in known if known.count(one) > 1), None):
        raise RowError(
            say(
                "library.two-arguments",
                "`{function}`: `{path}` has two arguments `{again}`",
                function=function,
                path=path,
                again=again,
            )
        )
    return Name(path, tuple(parts), defaults, typed)


def _default(function: str, path: str, text: str) -> object:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        raise RowError(
            say(
                "library.default-not-constant",
                "`{function}`: the default `{text}` of `{path}` is not a constant",
                function=function,
                text=text,
                path=path,
            )
        ) from None


def _check(function: str, names: list[Name], facts: dict[str, str], named: frozenset[str]) -> None:
    for fact, value in facts.items():
        if fact not in FACTS:
            raise RowError(
                say(
                    "library.not-fact",
                    "`{function}`: `{fact}` is not a fact; there are {facts}",
                    function=function,
                    fact=fact,
                    facts=", ".join((*FACTS, *ROLES)),
                )
            )
        if value and value not in FACTS[fact]:
            raise RowError(
                say(
                    "library.there-are",
                    "`{function}`: `{fact}: {value}`; there are {facts}",
                    function=function,
                    fact=fact,
                    value=value,
                    facts=", ".join(FACTS[fact]),
                )
            )
    known = {internal(part) for name in names for part in name.signature}
    if strangers := named - known:
        raise RowError(
            say(
                "library.no-argument-could-count",
                "`{function}`: it has no argument `{min}` that could count",
                function=function,
                min=min(strangers),
            )
        )
    paths = [name.path for name in names]
    again = next((path for path in paths if paths.count(path) > 1), None)
    if again is not None:
        raise RowError(
            say("library.stands-twice", "`{function}`: `{again}` stands twice", function=function, again=again)
        )

"""How mathematics is written down: as plain text for the terminal and tables, or as LaTeX for rendering.

A style puts pieces together; which pieces, the other modules of the notation say.
"""

import re
from typing import Any, NamedTuple

from core.basics.words import Phrase, opened, say
from core.notation.numbers import bar, dot, number, superscript
from core.op import Op
from core.ops import table

ATOM, POWER, SIGN, PRODUCT, SUM, CHOICE = 6, 5, 4, 3, 2, 1


class Text(NamedTuple):
    """A piece of mathematics: how it reads, how tightly it binds, and its value when it is a constant."""

    text: str
    binds: int = ATOM
    value: float | None = None


class Plain:
    """Mathematics as one line of Unicode text."""

    plus, minus, times, over = " + ", " - ", " × ", " / "
    pi, gets, equals, gap = "π", " += ", " = ", "  "

    def number(self, value: Any) -> Text:
        """A constant; a negative one binds like a sign."""
        text = number(value)
        plain = isinstance(value, int | float)
        return Text(text, SIGN if text.startswith("-") else ATOM, float(value) if plain else None)

    def name(self, label: str) -> Text:
        """What an entry is called."""
        return Text(label)

    def bar(self, label: str) -> str:
        """The adjoint of what the label names."""
        return bar(label)

    def dot(self, label: str) -> str:
        """The tangent of what the label names."""
        return dot(label)

    def brackets(self, text: str) -> str:
        """In parentheses."""
        return f"({text})"

    def inside(self, piece: Text, at_least: int) -> str:
        """The piece as a part of something that binds so tightly."""
        return piece.text if piece.binds >= at_least else self.brackets(piece.text)

    def power(self, base: Text, exponent: Text) -> Text:
        """base to the exponent, raised when the exponent is a whole number."""
        if exponent.value == 1:
            return base
        if exponent.value is not None and exponent.value.is_integer() and abs(exponent.value) < 1000:
            return Text(self.inside(base, ATOM) + superscript(str(int(exponent.value))), POWER)
        return Text(f"{self.inside(base, ATOM)}^{self.inside(exponent, ATOM)}", POWER)

    def quotient(self, left: Text, right: Text) -> Text:
        """left over right."""
        return Text(self.inside(left, PRODUCT) + self.over + self.factor(right, PRODUCT + 1), PRODUCT)

    def factor(self, piece: Text, at_least: int = PRODUCT) -> str:
        """A piece behind an operator: also a leading minus sign needs parentheses."""
        return self.brackets(piece.text) if piece.text.startswith("-") else self.inside(piece, at_least)

    def choice(self, condition: str, yes: Text, no: Text) -> Text:
        """One value or another."""
        text = say("notation.choice", "{yes} if {condition} else {no}", yes=yes.text, condition=condition, no=no.text)
        return Text(text, CHOICE)

    def summed(self, text: str, axes: str) -> str:
        """A product summed along axes."""
        return say("notation.sum-over-axes", "Σ over {axes} of {text}", axes=axes, text=text)

    def relation(self, left: str, sign: str, right: str) -> str:
        """A comparison."""
        return f"{left} {sign} {right}"

    def call(self, op: str, args: list[Text]) -> Text:
        """An operation of the table applied to the arguments."""
        row = table.get(op)
        if row is None:
            return Text(f"{op}({', '.join(arg.text for arg in args)})")
        return Text(self.filled(row.reads, args), _binding(row.reads))

    def filled(self, template: str, args: list[Text], **fields: str) -> str:
        """The op's notation with its operands put in, guarded by parentheses where they are not enclosed."""
        texts = [arg.text for arg in args] if FUNCTION.search(template) else [self.factor(arg, ATOM) for arg in args]
        return template.format(*texts, all=", ".join(arg.text for arg in args), **fields)

    def template(self, op: Op) -> str:
        """How the op reads, with places for its operands."""
        return op.reads or op.name + "({all})"

    def worded(self, template: str | Phrase, operands: list[str], **fields: str) -> str:
        """A template of words and mathematics with its places filled."""
        return opened(template).format(*operands, **fields)

    def derivative(self, of: str, by: str) -> str:
        """The derivative of one thing by another."""
        return f"∂{of}/∂{by}"

    def words(self, text: str) -> str:
        """Words within a formula."""
        return text


FUNCTION = re.compile(r"[(|\[⌊⌈]\{[^{}]*\}(, \{[^{}]*\})*[)|\]⌋⌉]$")
"""How an op reads whose operands stand inside brackets, where a minus sign needs none of its own."""


def _binding(template: str) -> int:
    """How tightly an op's notation binds: brackets and roots hold together, the rest like a product."""
    return ATOM if FUNCTION.search(template) or template.startswith(("√", "∛", "\\sqrt")) else PRODUCT


LATEX_READS = {
    "sqrt": r"\sqrt{{{0}}}",
    "cbrt": r"\sqrt[3]{{{0}}}",
    "rsqrt": r"\frac{{1}}{{\sqrt{{{0}}}}}",
    "exp": r"e^{{{0}}}",
    "exp2": r"2^{{{0}}}",
    "log": r"\ln({0})",
    "abs": r"|{0}|",
    "sigmoid": r"\sigma({0})",
    "mul": r"{0} \times {1}",
    "xlogy": r"{0} \times \ln({1})",
    "sum": r"\sum {0}",
    "prod": r"\prod {0}",
    "logsumexp": r"\ln \sum e^{{{0}}}",
    "softplus": r"\ln(1 + e^{{{0}}})",
    "transpose": r"{{{0}}}^T",
    "matmul": r"{0} \, {1}",
    "inv": r"{{{0}}}^{{-1}}",
    "solve": r"{{{0}}}^{{-1}} {1}",
    "square": r"{{{0}}}^2",
    "reciprocal": r"\frac{{1}}{{{0}}}",
    "floor": r"\lfloor {0} \rfloor",
    "ceil": r"\lceil {0} \rceil",
    "where": r"{1} \text{{ if }} {0} \text{{ else }} {2}",
}
FROM_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
KNOWN_FUNCTIONS = ("sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "max", "min", "det")


class Latex(Plain):
    """Mathematics as LaTeX, for rendering and for copying into a paper."""

    times, pi, gap = r" \times ", r"\pi", r" \quad "
    gets = r" \text{ += } "  # \mathrel{+}= loses its plus in the renderer
    signs = {"≥": r"\ge", "≤": r"\le"}

    def number(self, value: Any) -> Text:
        """A constant; powers of ten as such, small arrays as matrices."""
        piece = super().number(value)
        text = re.sub(r"e(-?\d+)$", r" \\times 10^{\1}", piece.text).replace("∞", r"\infty")
        if getattr(value, "ndim", 0) in (1, 2) and not text.startswith("array"):
            rows = value if value.ndim == 2 else [value]
            body = r" \\ ".join(" & ".join(self.number(float(item)).text for item in row) for row in rows)
            return Text(rf"\begin{{bmatrix}} {body} \end{{bmatrix}}")
        if text.startswith(("array", "nan")):
            text = rf"\text{{{text}}}"
        return piece._replace(text=text)

    def name(self, label: str) -> Text:
        """A letter with its number as a subscript; longer names upright."""
        return Text(latex_name(label))

    def bar(self, label: str) -> str:
        """The adjoint of what the label names."""
        return rf"\overline{{{latex_name(label)}}}"

    def dot(self, label: str) -> str:
        """The tangent of what the label names."""
        return rf"\dot{{{latex_name(label)}}}"

    def brackets(self, text: str) -> str:
        """In parentheses that grow with what they hold."""
        return rf"\left({text}\right)"

    def power(self, base: Text, exponent: Text) -> Text:
        """base to the exponent."""
        if exponent.value == 1:
            return base
        return Text(f"{{{self.inside(base, ATOM)}}}^{{{exponent.text}}}", POWER)

    def quotient(self, left: Text, right: Text) -> Text:
        """A fraction."""
        return Text(rf"\frac{{{left.text}}}{{{right.text}}}", PRODUCT)

    def choice(self, condition: str, yes: Text, no: Text) -> Text:
        """One value or another."""
        return Text(rf"{yes.text} \text{{ if }} {condition} \text{{ else }} {no.text}", CHOICE)

    def summed(self, text: str, axes: str) -> str:
        """A sum sign with the axes below it."""
        return rf"\sum_{{\text{{{axes}}}}} {text}"

    def relation(self, left: str, sign: str, right: str) -> str:
        """A comparison."""
        return f"{left} {self.signs.get(sign, sign)} {right}"

    def call(self, op: str, args: list[Text]) -> Text:
        """An operation of the table applied to the arguments."""
        if op == "div":
            return self.quotient(*args)
        template = self.template(table[op]) if op in table else op + "({all})"
        return Text(self.filled(template, args), _binding(template))

    def filled(self, template: str, args: list[Text], **fields: str) -> str:
        """As in plain text; braces and roots enclose their operands too."""
        enclosed = template.startswith(
            ("\\sqrt", "e^", "2^", "\\frac", "\\ln \\sum", "\\lfloor", "\\lceil")
        ) or FUNCTION.search(template)
        texts = [arg.text for arg in args] if enclosed else [self.factor(arg, ATOM) for arg in args]
        return template.format(*texts, all=", ".join(arg.text for arg in args), **fields)

    def template(self, op: Op) -> str:
        """How the op reads in LaTeX."""
        return LATEX_READS.get(op.name) or _upright(super().template(op))

    def worded(self, template: str | Phrase, operands: list[str], **fields: str) -> str:
        """Words as text, the places between them as mathematics."""
        parts = re.split(r"(\{\w+\})", opened(template))
        filled = (part.format(*operands, **fields) if part.startswith("{") else _latex_words(part) for part in parts)
        return "".join(filled)

    def derivative(self, of: str, by: str) -> str:
        """The derivative of one thing by another."""
        return rf"\frac{{\partial {latex_name(of)}}}{{\partial {latex_name(by)}}}"

    def words(self, text: str) -> str:
        """Words within a formula."""
        return rf"\text{{{text}}}" if text else ""


def latex_name(label: str) -> str:
    """v4 as v with the subscript 4, loss as an upright word."""
    match = re.fullmatch(r"([^\W\d_])_?(\d*)([₀-₉]*)", label)
    if match:
        marks = ", ".join(mark for mark in (match[2], match[3].translate(FROM_SUBSCRIPTS)) if mark)
        return f"{match[1]}_{{{marks}}}" if marks else label
    return rf"\mathrm{{{label.replace('_', chr(92) + '_')}}}"


def _latex_words(text: str) -> str:
    """The words and signs between the places of a template."""
    signs = {"@": r"\,", "ᵀ": "^T", "⁻ᵀ": "^{-T}", "×": r"\times"}
    words = re.split(r"(⁻ᵀ|[@ᵀ×()\[\]/+-])", text)
    return "".join(
        signs.get(word, word) if word in signs or not re.search(r"\w", word) else rf"\text{{{word}}}" for word in words
    )


def _upright(reads: str) -> str:
    """An op's plain notation for LaTeX: function names upright, the multiplication dot as a command."""
    return re.sub(r"(?<![\\{\w])[A-Za-z]\w+", _function_name, reads.replace("×", r"\times"))


def _function_name(match: re.Match[str]) -> str:
    return "\\" + match[0] if match[0] in KNOWN_FUNCTIONS else rf"\operatorname{{{{{match[0]}}}}}"


PLAIN, LATEX = Plain(), Latex()

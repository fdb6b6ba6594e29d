"""How each operation reads in TensorFlow and in PyTorch: `{x}`, `{y}`, `{z}` for the operands.

Mostly it is the library's function of that name, from the table of library functions; the rows here say what a library
writes in another way. Attributes are written as Python; `{axis}` and the like stand for them, `{xs}` for all operands
of a join. The texts keep TensorFlow's and PyTorch's own behaviour at kinks. Knows texts only.
"""

from functools import cache
from typing import NamedTuple

from core.library import Name, internal, public, rows
from core.op import OPERAND_NAMES, Op


class Texts(NamedTuple):
    """An op in both libraries; None where it reads as the table of library functions has it, "" for not at all."""

    tensorflow: str | None
    pytorch: str | None


OTHERWISE: dict[str, Texts] = {
    "add": Texts("{x} + {y}", "{x} + {y}"),
    "sub": Texts("{x} - {y}", "{x} - {y}"),
    "mul": Texts("{x} * {y}", "{x} * {y}"),
    "div": Texts("{x} / {y}", "{x} / {y}"),
    "reciprocal": Texts("1 / {x}", "1 / {x}"),
    "identity": Texts(None, "{x} * 1"),
    "neg": Texts("-{x}", "-{x}"),
    "cbrt": Texts(
        "tf.math.sign({x}) * tf.math.pow(tf.math.abs({x}), 1 / 3)",
        "torch.sign({x}) * torch.pow(torch.abs({x}), 1 / 3)",
    ),
    "solve": Texts("{solution}", None),
    "sinc": Texts("tf.experimental.numpy.sinc({x})", None),
    "cast": Texts(None, "{x}.to({dtype})"),
    "log2": Texts("tf.math.log({x}) / np.log(2)", None),
    "log10": Texts("tf.math.log({x}) / np.log(10)", None),
    "exp2": Texts("tf.math.pow(tf.constant(2, {x}.dtype), {x})", None),
    "logaddexp": Texts("tf.math.reduce_logsumexp(tf.stack([{x}, {y}]), 0)", None),
    "hypot": Texts("tf.math.sqrt({x} ** 2 + {y} ** 2)", None),
    "prod": Texts(None, "torch.prod({x}{over})"),
    "getitem": Texts("{picked}", "{x}[{key}]"),
    "setitem": Texts("{placed}", "{x}.clone()\n{name}[{key}] = {y}"),
    "matmul": Texts("{product}", None),
    "eigh": Texts(
        "tf.concat([({name}_ := tf.linalg.eigh({x}))[0][..., None, :], {name}_[1]], -2)",
        "torch.cat([({name}_ := torch.linalg.eigh({x}))[0].unsqueeze(-2), {name}_[1]], -2)",
    ),
    "roll": Texts("tf.experimental.numpy.roll({x}, {shift}, {axis})", None),
    "tile": Texts("tf.experimental.numpy.tile({x}, {reps})", None),
    "pad": Texts(
        "tf.pad({x}, {width}, constant_values={value})",
        "torch.nn.functional.pad({x}, {borders}, value={value})",
    ),
    "tril": Texts("tf.experimental.numpy.tril({x}, {k})", None),
    "triu": Texts("tf.experimental.numpy.triu({x}, {k})", None),
    "diag": Texts("tf.experimental.numpy.diag({x}, {k})", None),
    "logabsdet": Texts("tf.linalg.slogdet({x})[1]", "torch.linalg.slogdet({x})[1]"),
}


@cache
def text_of(op: Op, library: str) -> str:
    """An op's text for "tf" or "torch"; "" where the library has no counterpart."""
    own = OTHERWISE.get(op.name, Texts(None, None))[library == "torch"]
    if own is not None:
        return own
    row = rows().get(op.name)
    names = [name for name in row.names if name.typed and _takes(name, op)] if row is not None else []
    names = [name for name in names if name.path.startswith(f"{library}.")]
    names.sort(key=lambda name: not name.path.startswith("tf.math."))
    every = library == "torch" and row is not None and row.fact("shape") == "reduced"  # it wants all axes written out
    return _call(names[0], op, every) if names else ""


def _takes(name: Name, op: Op) -> bool:
    """Whether a name's arguments include the op's attributes."""
    return {internal(part) for part in name.signature} >= set(op.attributes)


def _call(name: Name, op: Op, every_axis: bool) -> str:
    """A call with the operands by place and the attributes by name; by place where any number follow."""
    parts = [part for part in name.signature if part != "*" and not part.endswith("!")]
    many = any(part.startswith("*") for part in parts)
    operands = iter(OPERAND_NAMES[: op.arity])
    written = []
    for part in parts:
        ours = internal(part)
        if ours in op.attributes:
            field = f"{{{'axes' if every_axis and ours == 'axis' else ours}}}"
            written.append(field if many else f"{public(part)}={field}")
        elif ours == "xs":
            written.append("{xs}" if many else "[{xs}]")
        elif operand := next(operands, ""):
            written.append(f"{{{operand}}}")
    return f"{name.path}({', '.join(written)})"

"""A run as a script for TensorFlow or PyTorch: the recorded operations in their names, and their own gradient.

What it prints can be laid beside the numbers of the window. Knows runs and the table of texts; no library, no window.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import numpy as np

from core.basics.words import say
from core.codegen.names import names_of
from core.op import OPERAND_NAMES
from core.ops import INPUT
from core.run import Run
from core.tape import NO_ATTRIBUTES
from explorer.export.scripts.numpy_script import LARGEST, heading, written
from explorer.export.scripts.script_table import text_of

TITLES = {"tensorflow": "TensorFlow", "pytorch": "PyTorch"}
IMPORTS = {"tensorflow": "import numpy as np\nimport tensorflow as tf", "pytorch": "import numpy as np\nimport torch"}
RESERVED = ("np", "tf", "torch", "tape", "gradients", "name", "one")


def library_script(run: Run, library: str) -> str:
    """The text of the script; ValueError where an operation has no counterpart."""
    if run.failure or run.target is None:
        raise ValueError(say("export.output-not-depend-watched", "its output does not depend on a watched input"))
    if len(run.tape) > LARGEST:
        raise ValueError(
            say("export.tape-more-than-entries", "its tape has more than {limit:,} entries", limit=LARGEST)
        )
    writer = _Writer(run, library)
    parts = [heading(run, TITLES[library]), IMPORTS[library], "\n".join(writer.inputs()), "\n".join(writer.body())]
    return "\n\n".join(parts) + "\n"


class _Writer:
    """One script."""

    def __init__(self, run: Run, library: str) -> None:
        self.run, self.tape, self.torch = run, run.tape, library == "pytorch"
        self.names = names_of(run.tape, RESERVED)

    def inputs(self) -> Iterator[str]:
        """The inputs as what the library differentiates by."""
        for index in self.run.inputs.values():
            value = written(self.tape.primals[index])
            kind = np.asarray(self.tape.primals[index]).dtype
            if self.torch:
                yield f"{self.names[index]} = torch.tensor({value}, dtype=torch.{kind}, requires_grad=True)"
            else:
                yield f"{self.names[index]} = tf.Variable({value}, dtype=tf.{kind})"

    def body(self) -> Iterator[str]:
        """The operations, the gradient, and what is printed."""
        target, sources = self.names[self.run.target or 0], [self.names[one] for one in self.run.inputs.values()]
        listed, indent = f"[{', '.join(sources)}]", "" if self.torch else "    "
        if not self.torch:
            yield "with tf.GradientTape() as tape:"
        if not self.torch and not self._needed():
            yield "    pass"
        for index in self._needed():
            for line in f"{self.names[index]} = {self.operation(index)}".split("\n"):
                yield f"{indent}{line}"
        if self.torch:
            yield f"gradients = torch.autograd.grad({target}.sum(), {listed}, allow_unused=True)"
        else:
            yield f"gradients = tape.gradient({target}, {listed})"
        shown = ".detach().numpy().tolist()" if self.torch else ".numpy().tolist()"
        given = ".numpy().tolist()"
        yield ""
        yield f'print("{self.run.target_label or "f"} =", {target}{shown})'
        yield f"for name, one in zip({list(self.run.inputs)!r}, gradients):"
        yield f'    print(f"derivative by {{name}} =", None if one is None else one{given})'

    def _needed(self) -> list[int]:
        """The operations that the output is computed from."""
        assert self.run.target is not None
        wanted = {self.run.target}
        for index in range(self.run.target, -1, -1):
            if index in wanted:
                wanted.update(one for one in self.tape.operands(index) if one.__class__ is int)
        return [index for index in sorted(wanted) if self.tape.ops[index] is not INPUT]

    def operation(self, index: int) -> str:
        """One operation as an expression."""
        op = self.tape.ops[index]
        text = text_of(op, "torch" if self.torch else "tf")
        if not text:
            raise ValueError(
                say(
                    "export.no-counterpart",
                    "`{name}` has no counterpart in {library} here",
                    name=op.name,
                    library="PyTorch" if self.torch else "TensorFlow",
                )
            )
        fields = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        if self.torch and "key" in fields and _goes_backwards(self.tape.attributes[index]["key"]):
            raise ValueError(
                say("export.slice-goes-backwards-no", "a slice that goes backwards has no counterpart in PyTorch")
            )
        operands = [self.operand(index, slot, one) for slot, one in enumerate(self.tape.operands(index))]
        given: dict[str, Any] = dict(zip(OPERAND_NAMES, operands)) | {"xs": ", ".join(operands)}
        given |= self._attributes(index) | {"name": self.names[index]}
        if "placed" in fields:
            given["placed"] = self._placed(index, *operands)
        if "solution" in fields:
            given["solution"] = self._solution(index, operands)
        if "product" in fields:
            given["product"] = self._product(index, operands)
        if "picked" in fields:
            given["picked"] = self._picked(index, operands[0])
        return text.format(**{name: given[name] for name in fields})

    def operand(self, index: int, slot: int, one: Any) -> str:
        """An operand's name, or the constant as the library's own."""
        if one.__class__ is int:
            return self.names[one]
        value = getattr(one, "primal", one)
        if np.ndim(value) == 0 and self.tape.ops[index].name in ("add", "sub", "mul", "div", "elu"):
            return written(value) if np.asarray(value) >= 0 else f"({written(value)})"
        kind = np.asarray(value).dtype if np.asarray(value).dtype.kind == "b" else self._kind(index)
        return f"torch.tensor({written(value)}, dtype=torch.{kind})" if self.torch else self._constant(value, kind)

    def _constant(self, value: Any, kind: Any) -> str:
        return f"tf.constant({written(value)}, tf.{kind})"

    def _kind(self, index: int) -> Any:
        kind = np.asarray(self.tape.primals[index]).dtype
        return kind if kind.kind == "f" else np.dtype(float)

    def _attributes(self, index: int) -> dict[str, str]:
        """The op's attributes as Python, with all axes written out where a library wants them."""
        attributes = dict(self.tape.attributes.get(index, NO_ATTRIBUTES))
        first = self.tape.operand_values(index)[:1]
        dimensions = np.ndim(first[0]) if first else 0
        given = {name: _python(value) for name, value in attributes.items()}
        axes = attributes.get("axes", attributes.get("axis"))
        if axes is None:
            reverse = "axes" in attributes
            axes = tuple(range(dimensions))[:: -1 if reverse else 1]
        over = f", dim={given.get('axis')}, keepdim={given.get('keepdims')}"
        if "dtype" in attributes:
            given["dtype"] = f"{'torch' if self.torch else 'tf'}.{np.dtype(attributes['dtype'])}"
        if "width" in attributes:
            given["borders"] = repr([int(one) for pair in reversed(attributes["width"]) for one in pair])
        given["over"] = over if attributes.get("axis") is not None else ""
        given["axes"] = repr(tuple(int(one) for one in np.atleast_1d(axes)))
        return given

    def _product(self, index: int, operands: list[str]) -> str:
        """TensorFlow multiplies matrices and vectors by different names."""
        left, right = (np.ndim(value) for value in self.tape.operand_values(index))
        x, y = operands
        if left == 1 and right == 1:
            return f"tf.tensordot({x}, {y}, 1)"
        if right == 1:
            return f"tf.linalg.matvec({x}, {y})"
        return f"tf.linalg.matvec({y}, {x}, transpose_a=True)" if left == 1 else f"tf.linalg.matmul({x}, {y})"

    def _solution(self, index: int, operands: list[str]) -> str:
        """TensorFlow solves for matrices only."""
        x, y = operands
        matrix, right = (np.ndim(value) for value in self.tape.operand_values(index))
        return f"tf.linalg.solve({x}, {y})" if right == matrix else f"tf.linalg.solve({x}, {y}[..., None])[..., 0]"

    def _placed(self, index: int, x: str, y: str) -> str:
        """TensorFlow puts elements at positions that are written out."""
        changed: tuple[int, ...] = np.shape(self.tape.operand_values(index)[0])
        key = self.tape.attributes[index]["key"]
        positions = np.stack([grid[key] for grid in np.indices(changed)], -1)
        listed = positions.reshape(-1, len(changed))
        if len(np.unique(listed, axis=0)) < len(listed):
            raise ValueError(
                say(
                    "export.setting-place-several-times",
                    "setting a place several times has no counterpart in TensorFlow here",
                )
            )
        values = f"tf.reshape(tf.broadcast_to({y}, {positions.shape[:-1]}), [-1])"
        return f"tf.tensor_scatter_nd_update({x}, {written(listed)}, {values})"

    def _picked(self, index: int, x: str) -> str:
        """TensorFlow picks by arrays of positions with functions of their own."""
        key = self.tape.attributes[index]["key"]
        parts = key if isinstance(key, tuple) else (key,)
        arrays = [place for place, part in enumerate(parts) if np.ndim(part)]
        shape = np.shape(self.tape.operand_values(index)[0])
        if not arrays:
            return f"{x}[{_python(key)}]"
        if len(parts) == 1 and np.asarray(key).dtype == bool:
            return f"tf.boolean_mask({x}, {written(key)})"
        if len(arrays) == len(parts) > 1:
            positions = np.stack(np.broadcast_arrays(*map(np.mod, parts, shape)), -1)
            return f"tf.gather_nd({x}, {written(positions)})"
        (place,) = arrays if len(arrays) == 1 else (-1,)
        if place >= 0 and all(part == slice(None) for part in (*parts[:place], *parts[place + 1 :])):
            return f"tf.gather({x}, {written(np.mod(parts[place], shape[place]))}, axis={place})"
        raise ValueError(
            say(
                "export.picking-no-counterpart-tensorflow",
                "picking by `[{python}]` has no counterpart in TensorFlow here",
                python=_python(key),
            )
        )


def _goes_backwards(key: Any) -> bool:
    parts = key if isinstance(key, tuple) else (key,)
    return any(isinstance(part, slice) and part.step is not None and part.step < 0 for part in parts)


def _python(value: Any) -> str:
    """An attribute as text: slices and indices as they are typed in brackets."""
    special = slice | type(Ellipsis) | type(None) | np.ndarray
    if isinstance(value, tuple) and any(isinstance(one, special) for one in value):
        return ", ".join(_python(one) for one in value)
    if isinstance(value, slice):
        step = "" if value.step is None else f":{value.step}"
        return f"{'' if value.start is None else value.start}:{'' if value.stop is None else value.stop}{step}"
    if value is Ellipsis:
        return "..."
    return written(value) if isinstance(value, np.ndarray | np.generic) else repr(value)

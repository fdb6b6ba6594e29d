"""How each operation reads in TensorFlow and in PyTorch: one row per op, `{x}`, `{y}`, `{z}` for the operands.

Attributes are written as Python; `{axis}` and the like stand for them, `{xs}` for all operands of a join. Rows keep
TensorFlow's and PyTorch's own behaviour at kinks. Knows texts only.
"""

from typing import NamedTuple


class Texts(NamedTuple):
    """An op in both libraries."""

    tensorflow: str
    pytorch: str


def _same(*names: str) -> dict[str, Texts]:
    return {name: Texts(f"tf.math.{name}({{x}})", f"torch.{name}({{x}})") for name in names}


TEXTS: dict[str, Texts] = {
    "add": Texts("{x} + {y}", "{x} + {y}"),
    "sub": Texts("{x} - {y}", "{x} - {y}"),
    "mul": Texts("{x} * {y}", "{x} * {y}"),
    "div": Texts("{x} / {y}", "{x} / {y}"),
    "pow": Texts("tf.math.pow({x}, {y})", "torch.pow({x}, {y})"),
    "mod": Texts("tf.math.floormod({x}, {y})", "torch.remainder({x}, {y})"),
    "reciprocal": Texts("1 / {x}", "1 / {x}"),
    "identity": Texts("tf.identity({x})", "{x} * 1"),
    "neg": Texts("-{x}", "-{x}"),
    **_same("abs", "sign", "floor", "ceil", "square", "sqrt", "rsqrt", "exp", "expm1", "log", "log1p"),
    **_same("sin", "cos", "tan", "sinh", "cosh", "tanh", "sigmoid", "softplus", "erf"),
    "softplus": Texts("tf.math.softplus({x})", "torch.nn.functional.softplus({x})"),
    **{
        f"arc{one}": Texts(f"tf.math.a{one}({{x}})", f"torch.a{one}({{x}})")
        for one in ("sin", "cos", "tan", "sinh", "cosh", "tanh")
    },
    "cbrt": Texts(
        "tf.math.sign({x}) * tf.math.pow(tf.math.abs({x}), 1 / 3)",
        "torch.sign({x}) * torch.pow(torch.abs({x}), 1 / 3)",
    ),
    "solve": Texts("{solution}", "torch.linalg.solve({x}, {y})"),
    "multiply_no_nan": Texts("tf.math.multiply_no_nan({x}, {y})", ""),
    "sinc": Texts("tf.experimental.numpy.sinc({x})", "torch.sinc({x})"),
    "cast": Texts("tf.cast({x}, {dtype})", "{x}.to({dtype})"),
    "arctan2": Texts("tf.math.atan2({x}, {y})", "torch.atan2({x}, {y})"),
    "log2": Texts("tf.math.log({x}) / np.log(2)", "torch.log2({x})"),
    "log10": Texts("tf.math.log({x}) / np.log(10)", "torch.log10({x})"),
    "exp2": Texts("tf.math.pow(tf.constant(2, {x}.dtype), {x})", "torch.exp2({x})"),
    "logaddexp": Texts("tf.math.reduce_logsumexp(tf.stack([{x}, {y}]), 0)", "torch.logaddexp({x}, {y})"),
    "hypot": Texts("tf.math.sqrt({x} ** 2 + {y} ** 2)", "torch.hypot({x}, {y})"),
    "maximum": Texts("tf.math.maximum({x}, {y})", "torch.maximum({x}, {y})"),
    "minimum": Texts("tf.math.minimum({x}, {y})", "torch.minimum({x}, {y})"),
    "clip": Texts("tf.clip_by_value({x}, {y}, {z})", "torch.clamp({x}, {y}, {z})"),
    "relu": Texts("tf.nn.relu({x})", "torch.relu({x})"),
    "relu6": Texts("tf.nn.relu6({x})", "torch.nn.functional.relu6({x})"),
    "elu": Texts("tf.nn.elu({x})", "torch.nn.functional.elu({x})"),
    "silu": Texts("tf.nn.silu({x})", "torch.nn.functional.silu({x})"),
    "gelu": Texts("tf.nn.gelu({x})", "torch.nn.functional.gelu({x})"),
    "softmax": Texts("tf.nn.softmax({x}, axis={axis})", "torch.softmax({x}, dim={axis})"),
    "log_softmax": Texts("tf.nn.log_softmax({x}, axis={axis})", "torch.log_softmax({x}, dim={axis})"),
    "sum": Texts(
        "tf.math.reduce_sum({x}, axis={axis}, keepdims={keepdims})",
        "torch.sum({x}, dim={axes}, keepdim={keepdims})",
    ),
    "mean": Texts(
        "tf.math.reduce_mean({x}, axis={axis}, keepdims={keepdims})",
        "torch.mean({x}, dim={axes}, keepdim={keepdims})",
    ),
    "prod": Texts("tf.math.reduce_prod({x}, axis={axis}, keepdims={keepdims})", "torch.prod({x}{over})"),
    "max": Texts(
        "tf.math.reduce_max({x}, axis={axis}, keepdims={keepdims})",
        "torch.amax({x}, dim={axes}, keepdim={keepdims})",
    ),
    "min": Texts(
        "tf.math.reduce_min({x}, axis={axis}, keepdims={keepdims})",
        "torch.amin({x}, dim={axes}, keepdim={keepdims})",
    ),
    "logsumexp": Texts(
        "tf.math.reduce_logsumexp({x}, axis={axis}, keepdims={keepdims})",
        "torch.logsumexp({x}, dim={axes}, keepdim={keepdims})",
    ),
    "cumsum": Texts("tf.math.cumsum({x}, axis={axis})", "torch.cumsum({x}, dim={axis})"),
    "cumprod": Texts("tf.math.cumprod({x}, axis={axis})", "torch.cumprod({x}, dim={axis})"),
    "reshape": Texts("tf.reshape({x}, {shape})", "torch.reshape({x}, {shape})"),
    "broadcast_to": Texts("tf.broadcast_to({x}, {shape})", "torch.broadcast_to({x}, {shape})"),
    "transpose": Texts("tf.transpose({x}, {axes})", "torch.permute({x}, {axes})"),
    "getitem": Texts("{picked}", "{x}[{key}]"),
    "concatenate": Texts("tf.concat([{xs}], axis={axis})", "torch.cat([{xs}], dim={axis})"),
    "stack": Texts("tf.stack([{xs}], axis={axis})", "torch.stack([{xs}], dim={axis})"),
    "where": Texts("tf.where({x}, {y}, {z})", "torch.where({x}, {y}, {z})"),
    "matmul": Texts("{product}", "torch.matmul({x}, {y})"),
    "einsum": Texts("tf.einsum({subscripts}, {xs})", "torch.einsum({subscripts}, {xs})"),
    "inv": Texts("tf.linalg.inv({x})", "torch.linalg.inv({x})"),
    "det": Texts("tf.linalg.det({x})", "torch.linalg.det({x})"),
    "eigh": Texts(
        "tf.concat([({name}_ := tf.linalg.eigh({x}))[0][..., None, :], {name}_[1]], -2)",
        "torch.cat([({name}_ := torch.linalg.eigh({x}))[0].unsqueeze(-2), {name}_[1]], -2)",
    ),
    "cholesky": Texts("tf.linalg.cholesky({x})", "torch.linalg.cholesky({x})"),
    "flip": Texts("tf.reverse({x}, {axes})", "torch.flip({x}, {axes})"),
    "roll": Texts("tf.experimental.numpy.roll({x}, {shift}, {axis})", "torch.roll({x}, {shift}, {axis})"),
    "repeat": Texts("tf.repeat({x}, {repeats}, axis={axis})", "torch.repeat_interleave({x}, {repeats}, dim={axis})"),
    "tile": Texts("tf.experimental.numpy.tile({x}, {reps})", "torch.tile({x}, {reps})"),
    "pad": Texts(
        "tf.pad({x}, {width}, constant_values={value})",
        "torch.nn.functional.pad({x}, {borders}, value={value})",
    ),
    "tril": Texts("tf.experimental.numpy.tril({x}, {k})", "torch.tril({x}, {k})"),
    "triu": Texts("tf.experimental.numpy.triu({x}, {k})", "torch.triu({x}, {k})"),
    "diag": Texts("tf.experimental.numpy.diag({x}, {k})", "torch.diag({x}, {k})"),
    "logabsdet": Texts("tf.linalg.slogdet({x})[1]", "torch.linalg.slogdet({x})[1]"),
    "setitem": Texts("{placed}", "{x}.clone()\n{name}[{key}] = {y}"),
    "xlogy": Texts("tf.math.xlogy({x}, {y})", "torch.xlogy({x}, {y})"),
    "xdivy": Texts("tf.math.xdivy({x}, {y})", ""),
    "divide_no_nan": Texts("tf.math.divide_no_nan({x}, {y})", ""),
}

"""Random programs for the TensorFlow dialect: expressions of two tensors, and lives of tapes. Knows texts only.

A program is Python that uses `tf` and leaves its answer in `result`. Left out is where TensorFlow is mathematically
wrong (`xdivy` at 0, `cumprod` past a zero, the second derivative of `moments`, `erf` of inf) or fails by accident.
"""

from hypothesis import strategies as st

VALUES = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 1.5, -1.5, 0.25, 4.0)
UNARY = (  # noqa: SIM905
    "abs acos asin asinh atan atanh cos cosh exp floor identity negative round sigmoid sign sin sinh sqrt square "
    "tan tanh math.log math.log1p math.expm1 math.reciprocal math.rsqrt math.rint math.ceil math.log_sigmoid "
    "math.softplus nn.relu nn.relu6 nn.elu nn.selu nn.leaky_relu nn.gelu nn.silu stop_gradient zeros_like ones_like "
    "nn.l2_loss"
).split()
BINARY = (  # noqa: SIM905
    "add subtract multiply divide maximum minimum pow math.divide_no_nan math.multiply_no_nan math.squared_difference "
    "math.floormod math.atan2"
).split()
REDUCTIONS = (  # noqa: SIM905
    "reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_logsumexp math.reduce_variance math.reduce_std"
).split()
SHAPING = (
    "tf.reshape({0}, [-1])", "tf.transpose({0})", "tf.expand_dims({0}, 0)", "tf.squeeze({0})", "{0}[0]", "{0}[..., 0]",
    "{0}[1:]", "{0}[::-1]", "{0}[tf.newaxis]", "tf.cumsum({0})", "tf.cumsum({0}, axis=-1, reverse=True)",
    "tf.cumsum({0}, exclusive=True)", "tf.sort({0})", "tf.sort({0}, direction='DESCENDING')",
    "tf.tile(tf.reshape({0}, [-1]), [2])", "tf.stack([{0}, {0}], axis=-1)", "tf.concat([{0}, {0}], -1)",
    "tf.nn.softmax({0})", "tf.nn.log_softmax({0})", "tf.norm({0})", "tf.norm({0}, ord=1)", "tf.norm({0}, axis=-1)",
    "tf.clip_by_value({0}, -1., 1.)", "tf.clip_by_norm({0}, 1.)", "tf.gather({0}, [0, 0])", "{0} @ {0}",
    "tf.gather({0}, [0], axis=-1)", "tf.matmul({0}, {0}, transpose_b=True)", "tf.linalg.diag_part({0})",
    "tf.linalg.trace({0})", "tf.linalg.band_part({0}, 0, -1)", "tf.einsum('ij->ji', {0})", "tf.tensordot({0}, {0}, 1)",
    "tf.pad({0}, [[1, 0]])", "tf.pad({0}, [[1, 0], [0, 2]])", "tf.unstack({0})[-1]", "tf.split({0}, 2)[0]",
    "tf.boolean_mask({0}, {0} > 0.)", "tf.broadcast_to({0}, [2, 3])", "tf.math.l2_normalize({0}, axis=-1)",
    "tf.math.top_k({0}, k=1)[0]", "tf.add_n([{0}, {0}])", "tf.where({0} > 0.5, {0}, -2. * {0})", "tf.argmax({0})",
)  # fmt: skip


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    numbers, axes = st.sampled_from(("2.", "0.5", "-1.", "0.", "3.", "2")), ("", ", axis=0", ", axis=-1, keepdims=True")
    return st.one_of(
        st.builds("tf.{}({})".format, st.sampled_from(UNARY), inner),
        st.builds("tf.{}({}, {})".format, st.sampled_from(BINARY), inner, inner),
        st.builds("tf.{}({}{})".format, st.sampled_from(REDUCTIONS), inner, st.sampled_from(axes)),
        st.builds("(({}) {} {})".format, inner, st.sampled_from(("+", "-", "*", "/", "**", "%")), numbers),
        st.builds(str.format, st.sampled_from(SHAPING), inner),
    )


expressions = st.recursive(st.sampled_from(("a", "b")), _grown, max_leaves=4)
ASKING = (
    """
with tf.GradientTape() as tape:
    tape.watch([a, b])
    y = {0}
result = [y, tape.gradient(y, [a, b], output_gradients=tf.ones_like(y) * 2)]""",
    """
with tf.GradientTape(persistent=True) as tape:
    tape.watch(b)
    y = {0}
result = [y, tape.gradient(y, [a, b], unconnected_gradients="zero"), tape.jacobian(y, [a, b])]""",
    """
with tf.GradientTape() as outer:
    outer.watch([a, b])
    with tf.GradientTape() as tape:
        tape.watch([a, b])
        y = {0}
    first = tape.gradient(y, [a, b])
result = [y, first, outer.gradient([one for one in first if one is not None], [a, b])]""",
)


@st.composite
def of_operations(draw: st.DrawFn) -> str:
    """An expression of two tensors whose shapes fit each other, asked for one kind of derivative."""
    shape = draw(st.lists(st.integers(1, 3), max_size=3))
    other = [1 if draw(st.booleans()) else length for length in shape]
    kind = draw(st.sampled_from(("float32", "float64")))
    lines = [f"a = {draw(_tensors(shape, kind))}", f"b = tf.Variable({draw(_tensors(other, kind))})"]
    return "\n".join(lines) + draw(st.sampled_from(ASKING)).format(draw(expressions))


def _tensors(shape: list[int], kind: str) -> st.SearchStrategy[str]:
    size = 1
    for length in shape:
        size *= length
    values = st.lists(st.sampled_from(VALUES), min_size=size, max_size=size)
    return values.map(lambda chosen: f"tf.reshape(tf.constant({chosen}, tf.{kind}), {shape})")


START = """v, w, n = tf.Variable(2.0), tf.Variable([1.0, 3.0]), tf.Variable(3.0, trainable=False)
c, d = tf.constant(4.0), tf.constant([0.5, -1.0])
x, y, z = c, d, c * d
told = []
def ask(question):
    try:
        told.append(question())
    except Exception:
        told.append("refused")
t = tf.GradientTape({0})
"""
NAMES = st.sampled_from(("v", "w", "n", "c", "d", "x", "y", "z"))
MADE = (
    "{} * {}", "{} + {}", "tf.sin({}) - {}", "{} ** 2 * {}", "tf.stop_gradient({}) * {}", "tf.reduce_sum({}) * {}",
    "tf.cast(tf.cast({}, tf.int32), tf.float32) * {}", "tf.constant({}.numpy()) * {}",
)  # fmt: skip
ASSIGNED = ("v.assign(1.5)", "v.assign_add(1.0)", "w.assign_sub([0.5, 0.5])", "v.assign(v * 2.0)", "n.assign(5.0)")
STRUCTURES = ("{0}", "[{0}, {1}]", "{{'p': {0}, 'q': [{1}]}}", "({0},)")
OPENED = ("with tf.GradientTape(persistent=True) as u:", "with t.stop_recording():", "if tf.reduce_sum(x) > 1:")


@st.composite
def _statements(draw: st.DrawFn, depth: int) -> list[str]:
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        match draw(st.sampled_from(("make", "make", "make", "watch", "assign", "open", "reset", "ask"))):
            case "make":
                made = draw(st.sampled_from(MADE)).format(draw(NAMES), draw(NAMES))
                lines.append(f"{draw(st.sampled_from('xyz'))} = {made}")
            case "watch" if depth == 2:
                lines.append(f"ask(lambda: t.watch({draw(NAMES)}))")
            case "assign":
                lines.append(draw(st.sampled_from(ASSIGNED)))
            case "open" if depth:
                lines.append(draw(st.sampled_from(OPENED)))
                lines += ["    " + line for line in draw(_statements(depth - 1))]
            case "reset":
                lines.append("t.reset()")
            case "ask":
                lines.append(draw(_questions("t")))
    return lines or ["x = x * v"]


def _questions(tape: str) -> st.SearchStrategy[str]:
    structures = st.builds(str.format, st.sampled_from(STRUCTURES), NAMES, NAMES)
    options = st.sampled_from(("", ", unconnected_gradients='zero'"))
    gradients = st.builds(f"ask(lambda: {tape}.gradient({{}}, {{}}{{}}))".format, structures, structures, options)
    return gradients | st.builds(f"ask(lambda: {tape}.jacobian({{}}, {{}}{{}}))".format, NAMES, structures, options)


@st.composite
def of_tapes(draw: st.DrawFn) -> str:
    """Values made, watched, assigned and asked for inside and outside of tapes that record, pause and begin anew."""
    settings = draw(st.sampled_from(("", "persistent=True", "persistent=True, watch_accessed_variables=False")))
    inside = "\n".join("        " + line for line in draw(_statements(2)))
    outside = "\n".join(draw(st.lists(_questions("t"), min_size=1, max_size=3)))
    block = f"try:\n    with t:\n{inside}\nexcept Exception:\n    told.append('refused')"
    return f"{START.format(settings)}{block}\n{outside}\nresult = [told, x, y, z]"

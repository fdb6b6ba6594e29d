"""What programs of each library are made of: statements with places to fill, and how a program begins and ends.

In a statement `{a}` and `{b}` are arrays that exist, `{v}` is a new name, `{i}` and `{j}` are small indices, `{c}` is a
number. A statement that the library refuses is mostly dropped, so a place may be filled with what does not fit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """The statements of one library, by kind; `head` is what stands above the body, `tail` what comes below it."""

    name: str
    makes: tuple[str, ...]  # a new array, computed from others
    views: tuple[str, ...]  # a new name that may look into another array
    changes: tuple[str, ...]  # an array changed in place, or a changed copy in the place of its name
    head: str
    tail: str
    refused: tuple[type[BaseException], ...] = (Exception,)


FUNCTIONS = """def double(p):
    p *= 2
def put(p, q):
    p[0] = q
    return p
def shifted(p):
    p = p + 1
    p *= 0.5
    return p
"""

NUMPY = Dialect(
    "numpy",
    makes=(
        "{v} = {a} * {c} - 1.0", "{v} = np.sin({a})", "{v} = {a} * {b}", "{v} = {a} + {b}", "{v} = np.tanh({a}) * {c}",
        "{v} = {a} @ {b}", "{v} = np.zeros(3)", "{v} = np.ones((2, 3))", "{v} = np.zeros_like({a})", "{v} = {a}.copy()",
        "{v} = np.array({a})", "{v} = {a}[[0, 1]]", "{v} = {a}.flatten()", "{v} = shifted({a})", "{v} = {a} / {c}",
        "{v} = np.concatenate([{a}.ravel(), {b}.ravel()])", "{v} = np.stack([{a}, {a}])", "{v} = -{a}",
        "{v} = np.where({a} > {c}, {a}, {b})", "{v} = {a}.sum(axis=0)", "{v} = {a}.mean()", "{v} = np.empty_like({a})"
        "; {v}[...] = {b}", "{v} = [{a}, {b}][{i} % 2] * {c}", "{v} = x * {c}", "{v} = w + {a}",
    ),
    views=(
        "{v} = {a}", "{v} = {a}[1:]", "{v} = {a}[{i}]", "{v} = {a}[:, {i}]", "{v} = {a}[::-1]", "{v} = {a}[::2]",
        "{v} = {a}.T", "{v} = {a}.ravel()", "{v} = {a}.reshape(-1)", "{v} = {a}.reshape(3, 2)", "{v} = {a}[None]",
        "{v} = np.squeeze({a})", "{v} = np.transpose({a})", "{v} = np.asarray({a})", "{v} = np.expand_dims({a}, 0)",
        "{v} = {a}[1:][0]", "{v} = {a}[..., {i}]", "{v} = {a}.swapaxes(0, -1)", "{v} = {a}.view()",
        "{v} = np.ravel({a})",
        "{v} = {a}[:, 1:]", "{v} = {a}[-1]", "{v} = put({a}, {c})", "{v} = {a}.T[{i}]", "{v} = np.reshape({a}, (-1,))",
        "{v} = np.atleast_2d({a})", "{v} = np.split({a}, 2)[0]", "{v} = [{a}, {b}][{i} % 2]", "{v} = {a}[:, ::-1]",
        "{v}, _ = {a}, {b}", "{v} = np.moveaxis({a}, 0, -1)", "{v} = {a}.squeeze()", "{v} = np.swapaxes({a}, 0, 1)",
        "{v} = np.diagonal({a})", "{v} = np.broadcast_to({a}, (2, *{a}.shape))", "{v} = {a}.diagonal()[1:]",
        "{v} = np.diag({a})", "{v} = +{a}", "{v} = np.array({a}.sum())", "{v} = {a}[..., {i}][None]",
    ),
    changes=(
        "{a} += {c}", "{a} *= {b}", "{a} -= {a}[0]", "{a}[{i}] = {c}", "{a}[{i}] = {b}[{j}]", "{a}[1:] = {a}[:-1]",
        "{a}[:, {i}] *= {c}", "{a}[{i}][{j}] = {c}", "{a}[[0, 1]] = {a}[[1, 0]]", "{a}[{a} > {c}] = 0.5",
        "{a}[...] = {c}",
        "{a}.fill({c})", "{a}[0], {a}[1] = {a}[1], {a}[0]", "{a} /= 2", "{a} **= 2", "{a}[{i}] += {b}[{j}]",
        "for row in {a}:\n    row *= {c}", "for k in range(len({a})):\n    {a}[k] += k", "double({a})", "put({a}, {b})",
        "double({a}[{i}])", "for e in [{a}, {b}]:\n    e *= 0.5", "box = [{a}, {b}]\nbox[{i} % 2] += {c}",
        "box = {{'p': {a}}}\nbox['p'] -= {c}", "put({a}[1:], {c})", "{a}[{i}:] -= {b}[{i}:]", "{a}[:] = {b}",
        "{a}.T[{i}] = {c}", "{a}.ravel()[{i}] = {c}", "{a}[::-1][0] = {c}", "{a}.reshape(-1)[{j}] += {c}",
        "if {a}.sum() > {c}:\n    {a}[0] = {c}\nelse:\n    {a} *= 2", "{a}[{i}, {j}] = {c}", "{a}[{a} < 0] *= {c}",
        "n = 0\nwhile n < 2:\n    {a}[n] *= {c}\n    n += 1", "{a} -= {a}.mean()", "{a}[1:] += {a}[:-1]",
    ),
    head=FUNCTIONS,
    tail="",
)  # fmt: skip

TORCH = Dialect(
    "torch",
    makes=(
        "{v} = {a} * {c} - 1.0", "{v} = torch.sin({a})", "{v} = {a} * {b}", "{v} = {a} + {b}", "{v} = {a}.tanh() * {c}",
        "{v} = {a} @ {b}", "{v} = torch.zeros(3)", "{v} = torch.ones(2, 3)", "{v} = torch.zeros_like({a})",
        "{v} = {a}.clone()", "{v} = {a}[[0, 1]]", "{v} = {a}.exp() * 0.1", "{v} = {a}.sum()", "{v} = {a}.mean(dim=0)",
        "{v} = torch.cat([{a}.reshape(-1), {b}.reshape(-1)])", "{v} = torch.stack([{a}, {a}])", "{v} = shifted({a})",
        "{v} = torch.where({a} > {c}, {a}, {b})", "{v} = {a}.detach().clone()", "{v} = {a}.sigmoid()", "{v} = x * {c}",
        "{v} = torch.relu({a})", "{v} = {a} / {c}", "{v} = {a} ** 2", "{v} = {a} - w",
    ),
    views=(
        "{v} = {a}", "{v} = {a}[1:]", "{v} = {a}[{i}]", "{v} = {a}[:, {i}]", "{v} = {a}.t()", "{v} = {a}.T",
        "{v} = {a}.view(-1)", "{v} = {a}.reshape(-1)", "{v} = {a}.view(3, 2)", "{v} = {a}.unsqueeze(0)",
        "{v} = {a}[-1]",
        "{v} = {a}.squeeze()", "{v} = {a}.detach()", "{v} = {a}[1:][0]", "{v} = {a}[..., {i}]", "{v} = put({a}, {c})",
        "{v} = {a}.transpose(0, 1)", "{v} = {a}[None]", "{v} = [{a}, {b}][{i} % 2]", "{v} = {a}.flatten()",
        "{v} = {a}.data", "{v} = {a}.permute(1, 0)", "{v} = {a}.diagonal()", "{v} = torch.diagonal({a}, 0)[1:]",
    ),
    changes=(
        "{a} += {c}", "{a} *= {b}", "{a} -= {a}[0]", "{a}[{i}] = {c}", "{a}[{i}] = {b}[{j}]", "{a}[:, {i}] *= {c}",
        "{a}[{i}][{j}] = {c}", "{a}.add_({c})", "{a}.mul_({b})", "{a}.zero_()", "{a}.fill_({c})", "{a}.copy_({b})",
        "with torch.no_grad():\n    {a} -= {c}", "with torch.no_grad():\n    {a}[{i}] = {c}", "double({a})", "{a} /= 2",
        "for row in {a}:\n    row *= {c}", "{a}.sub_({b})", "{a}.div_({c})", "put({a}, {b})", "{a}[{i}] += {b}[{j}]",
        "with torch.no_grad():\n    {a}.mul_({c})", "box = [{a}, {b}]\nbox[{i} % 2] += {c}", "{a}.t()[{i}] = {c}",
        "{a}.view(-1)[{j}] = {c}", "{a}[[0, 1]] = {a}[[1, 0]]", "{a}.detach()[{i}] = {c}", "{a}[1:] *= {c}",
        "{a}.data[{i}] = {c}", "if {a}.sum() > {c}:\n    {a} = {a} * 2", "{a}[{a} > {c}] = 0.5",
    ),
    head=FUNCTIONS,
    tail="out.backward()\nprint(out.item())\n",
)  # fmt: skip

JAX = Dialect(
    "jax",
    makes=(
        "{v} = {a} * {c} - 1.0", "{v} = jnp.sin({a})", "{v} = {a} * {b}", "{v} = {a} + {b}",
        "{v} = jnp.tanh({a}) * {c}",
        "{v} = {a} @ {b}", "{v} = jnp.zeros(3)", "{v} = jnp.ones((2, 3))", "{v} = jnp.where({a} > {c}, {a}, {b})",
        "{v} = {a}.sum(axis=0)", "{v} = {a}[jnp.array([0, 1])]", "{v} = jnp.concatenate([{a}.ravel(), {b}.ravel()])",
        "{v} = shifted({a})", "{v} = jax.lax.stop_gradient({a})", "{v} = jnp.maximum({a}, {b})", "{v} = {a} / {c}",
        "{v} = jnp.clip({a}, -0.5, 0.5)", "{v} = jnp.abs({a} - {b})", "{v} = jax.vmap(lambda r: r * {c})({a})",
        "{v}, _ = jax.vmap(lambda r: (r, 2 * r))({a})", "{v} = jax.jit(lambda p: p + {c})({a})",
        "{v} = jax.vmap(lambda r: {{'p': r * r}}, out_axes=-1)({a})['p']", "{v} = {a}.at[{i}].get() * {c}",
        "{v} = jax.grad(lambda p: jnp.sum(p ** 3))({a})", "{v} = jax.jvp(jnp.sin, ({a},), ({b},))[1]",
        "{v} = jax.vjp(jnp.tanh, {a})[1]({a})[0]", "{v} = jax.jacrev(lambda q: jnp.sin(q) * q)({a}[0])",
        "{v} = jax.vmap(lambda r, s: r * s, in_axes=(0, None))({a}, w)", "{v} = {a}[7] + {a}[-7]",
        "{v} = jax.linearize(jnp.exp, {a})[1]({a}) * 0.1", "{v} = {a}[jnp.array([0, 5])] * {c}",
    ),
    views=(
        "{v} = {a}", "{v} = {a}[1:]", "{v} = {a}[{i}]", "{v} = {a}.T", "{v} = {a}.ravel()", "{v} = {a}.reshape(3, 2)",
        "{v} = {a}[None]", "{v} = {a}[::-1]", "{v} = [{a}, {b}][{i} % 2]", "{v} = jnp.asarray({a})",
    ),
    changes=(
        "{a} += {c}", "{a} *= {b}", "{a} = {a}.at[{i}].set({c})", "{a} = {a}.at[{i}].add({b}[{j}])", "{a} -= {a}[0]",
        "{a} = {a}.at[jnp.array([0, 0, 1])].add({c})", "{a} = {a}.at[1:].multiply({c})", "double({a})",
        "{a} = {a}.at[{i}].min({c})", "{a} = {a}.at[{i}].max({b}[{j}])", "{a} = {a}.at[:, {i}].set({b}[0])",
        "{a} = {a}.at[jnp.array([0, 0, 1])].set({c})", "for row in {a}:\n    row *= {c}", "{a}[{i}] = {c}",
        "{a} = {a}.at[{i}].subtract({b}[{j}])", "{a} = {a}.at[{i}].power(2.0)", "{a} = {a}.at[7].set({c})",
        "{a} = {a}.at[-1].add({c})", "{a} = {a}.at[jnp.array([0, 9, 0])].add({b}[0])", "{a} = {a}.at[..., 0].set({c})",
        "{a} = {a}.at[{a} > {c}].set(0.5)", "{a} = {a}.at[jnp.array([0, 0])].multiply({c})",
        "{a} = {a}.at[jnp.array([1, 1])].max({b}[{j}])", "{a} = jax.lax.fori_loop(0, 2, lambda k, p: p * {c}, {a})",
        "for k in range(2):\n    {a} = {a}.at[k].divide(2.0)", "box = [{a}, {b}]\nbox[{i} % 2] += {c}", "{a} /= 2",
    ),
    head=FUNCTIONS,
    tail="",
)  # fmt: skip

TENSORFLOW = Dialect(
    "tensorflow",
    makes=(
        "{v} = {a} * {c} - 1.0", "{v} = tf.sin({a})", "{v} = {a} * {b}", "{v} = {a} + {b}", "{v} = tf.tanh({a}) * {c}",
        "{v} = tf.zeros(3, dtype=tf.float64)", "{v} = tf.where({a} > {c}, {a}, {b})", "{v} = tf.identity({a})",
        "{v} = tf.reduce_sum({a}, axis=0)", "{v} = tf.gather({a}, [0, 1])", "{v} = shifted({a})", "{v} = {a} / {c}",
        "{v} = tf.stop_gradient({a})", "{v} = tf.stack([{a}, {a}])", "{v} = tf.Variable({a})", "{v} = x * {c}",
        "{v} = tf.convert_to_tensor({a})", "{v} = tf.constant(np.tanh({a}))", "{v} = tf.abs({a} - {b})",
        "{v} = tf.constant(np.array({a}) * {c})", "{v} = {b} * float(tf.reduce_sum({a}))", "{v} = tf.maximum({a}, {b})",
        "{v} = {a} * math.sin(tf.reduce_mean({a}))", "{v} = tf.scatter_nd([[0], [2]], [{a}[0], {a}[1]], [3])",
    ),
    views=(
        "{v} = {a}", "{v} = {a}[1:]", "{v} = {a}[{i}]", "{v} = tf.transpose({a})", "{v} = tf.reshape({a}, [-1])",
        "{v} = {a}[tf.newaxis]", "{v} = {a}[::-1]", "{v} = [{a}, {b}][{i} % 2]", "{v} = tf.squeeze({a})",
    ),
    changes=(
        "{a} += {c}", "{a} *= {b}", "{a}.assign({b})", "{a}.assign_add({a})", "x.assign(x * {c})",
        "w.assign_sub(w * 0.1)",
        "double({a})", "for k in range(2):\n    {a} = {a} * {c}", "{a}[{i}] = {c}", "x[{i}].assign(x[{j}] * {c})",
        "{a} = tf.tensor_scatter_nd_update({a}, [[0]], [{b}[{j}]])", "box = [{a}, {b}]\nbox[{i} % 2] += {c}",
        "{a} /= 2",
        "x.assign_add(x)", "w.assign({c})", "x[1:].assign(x[:-1])", "x[-1].assign({b}[{j}])", "x[..., 0].assign({c})",
        "{a} = tf.tensor_scatter_nd_add({a}, [[0], [0]], [{b}[{j}], {b}[{i}]])", "x.scatter_nd_add([[0]], [{a}[{i}]])",
        "{a} = tf.tensor_scatter_nd_sub({a}, [[1]], [{b}[0]])", "{a} = tf.gather({a}, [-1])",
    ),
    head=FUNCTIONS,
    tail="",
)  # fmt: skip

DIALECTS = {one.name: one for one in (NUMPY, TORCH, JAX, TENSORFLOW)}

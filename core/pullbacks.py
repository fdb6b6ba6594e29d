"""Helpers of the reverse rules: what is too long for one formula of the op table.

Written in terms of `core.functions`, so that derivatives of derivatives follow automatically. Exported scripts copy
these texts for plain arrays; so names that kernels have too (`sum`, `max`) stand here only behind `f.` or `np.`.
"""

import math

import numpy as np

from core import functions as f
from core import op as rules
from core.basics.types import Axis, Cotangent, Counts, Key, Partial, Shape, Value
from core.tensor import Tensor, as_result


def unbroadcast(g: Cotangent, shape: Shape) -> Cotangent:
    """Sum a cotangent over the axes that broadcasting added or stretched, back to the operand's shape."""
    now = f.shape_of(g)
    if now == shape:
        return g
    added = len(now) - len(shape)
    stretched = (axis + added for axis, length in enumerate(shape) if length == 1 and now[axis + added] != 1)
    axes = (*range(added), *stretched)
    if g.__class__ is np.ndarray:  # what is plain needs no recording: half the time for small arrays
        return as_result(np.add.reduce(g, axes).reshape(shape))
    return f.reshape(f.sum(g, axes), shape)


def spread(g: Cotangent, x: Value, axis: Axis, keepdims: bool) -> Cotangent:
    """A reduced array back in the shape of the operand x, each value repeated over what it was reduced from."""
    shape = f.shape_of(x)
    if not shape:
        return g
    if not keepdims and axis is not None:
        g = f.reshape(g, kept(shape, axis)) if isinstance(g, Tensor) else np.reshape(g, kept(shape, axis))
    return f.broadcast_to(g, shape) if isinstance(g, Tensor) else np.broadcast_to(g, shape)


def kept(shape: Shape, axis: Axis) -> Shape:
    """The shape after a reduction that keeps its axes with length one."""
    if axis is None:
        return (1,) * len(shape)
    reduced = {one % len(shape) for one in (axis if isinstance(axis, tuple) else (axis,))}
    return tuple(1 if place in reduced else length for place, length in enumerate(shape))


def share_extreme(g: Cotangent, v: Value, x: Value, axis: Axis, keepdims: bool) -> Cotangent:
    """The cotangent of a max or min to the elements that reach it, in equal shares."""
    if not f.shape_of(x):
        return g
    value = np.asarray(f.plain(x))
    chosen = (value == f.plain(spread(v, x, axis, keepdims))).astype(value.dtype)
    return spread(g, x, axis, keepdims) * (chosen / np.sum(chosen, axis=axis, keepdims=True))


def product_of_others(x: Value, axis: Axis) -> Partial:
    """For each element the product of all others along the axes; exact also where elements are 0."""
    shape = f.shape_of(x)
    if 0 in shape:
        return x
    axes = tuple(range(len(shape))) if axis is None else tuple(one % len(shape) for one in np.atleast_1d(axis))
    rest = tuple(one for one in range(len(shape)) if one not in axes)
    order = (*rest, *axes)
    flat = f.reshape(f.transpose(x, order), (*(shape[one] for one in rest), math.prod(shape[one] for one in axes)))
    others = _exclusive_products(flat)
    back = f.reshape(others, tuple(shape[one] for one in order))
    return f.transpose(back, tuple(np.argsort(order).tolist()))


def _exclusive_products(x: Value) -> Cotangent:
    """Products of all elements but one along the last axis: those before times those after."""
    ones = np.ones((*f.shape_of(x)[:-1], 1), f.dtype_of(x))
    before = f.cumprod(f.concatenate([ones, x[..., :-1]], axis=-1), axis=-1)
    after = f.flip(f.cumprod(f.concatenate([ones, f.flip(x, -1)[..., :-1]], axis=-1), axis=-1), -1)
    return before * after


def reverse_cumsum(g: Cotangent, x: Value, axis: int) -> Cotangent:
    """The transpose of a running sum: a running sum from the end."""
    return f.flip(f.cumsum(f.flip(g, axis), axis), axis)


def cumprod_vjp(g: Cotangent, v: Value, x: Value, axis: int) -> Cotangent:
    """Along each row sums over j >= i of g_j v_j / x_i; rows that cannot be divided take the longer way."""
    moved = [f.moveaxis(one, axis, -1) for one in (g, v, x)]
    shape = f.shape_of(moved[2])
    rows = [f.reshape(one, (math.prod(shape[:-1]), shape[-1])) for one in moved]
    divisible = np.all(np.isfinite(f.plain(rows[1])) & (f.plain(rows[1]) != 0), axis=-1)
    if np.all(divisible):
        pulled = _cumprod_by_division(*rows)
    else:
        pulled = f.setitem(f.zeros_like(rows[2]), divisible, _cumprod_by_division(*(one[divisible] for one in rows)))
        pulled = f.setitem(pulled, ~divisible, _cumprod_by_products(*(one[~divisible] for one in rows)))
    return f.moveaxis(f.reshape(pulled, shape), -1, axis)


def _cumprod_by_division(g: Cotangent, v: Value, x: Value) -> Cotangent:
    return reverse_cumsum(g * v, x, -1) / x


def _cumprod_by_products(g: Cotangent, v: Value, x: Value) -> Cotangent:
    """Exact also where elements are 0: sums over j >= i of g_j times the product of x_0..x_j without x_i."""
    n = f.shape_of(x)[-1]
    rows = f.broadcast_to(f.expand_dims(x, -2), (*f.shape_of(x), n))
    without = f.where(np.eye(n, dtype=bool), 1.0, rows)
    return f.sum(f.triu(f.cumprod(without, axis=-1)) * f.expand_dims(g, -2), -1)


def inverse_permutation(axes: Shape | None) -> Shape | None:
    """The order of axes that undoes a transposition."""
    return None if axes is None else tuple(np.argsort([axis % len(axes) for axis in axes]).tolist())


def unpad(g: Cotangent, width: tuple[tuple[int, int], ...]) -> Cotangent:
    """The part that padding surrounded."""
    lengths = f.shape_of(g)
    return g[tuple(slice(before, n - after) for (before, after), n in zip(width, lengths, strict=True))]


def opposite(shift: Counts) -> Counts:
    """A roll in the other direction."""
    return tuple(-one for one in shift) if isinstance(shift, tuple | list) else -shift


def unrepeat(g: Cotangent, x: Value, repeats: int, axis: int) -> Cotangent:
    """Sum over the copies of each element."""
    shape = list(f.shape_of(x))
    axis %= len(shape)
    return f.sum(f.reshape(g, (*shape[: axis + 1], repeats, *shape[axis + 1 :])), axis + 1)


def untile(g: Cotangent, x: Value, reps: Shape) -> Cotangent:
    """Sum over the copies of the whole array."""
    shape = f.shape_of(x)
    length = int(np.maximum(len(shape), len(reps)))
    shape_long, reps_long = (1,) * (length - len(shape)) + shape, (1,) * (length - len(reps)) + reps
    paired = tuple(n for pair in zip(reps_long, shape_long, strict=True) for n in pair)
    return f.reshape(f.sum(f.reshape(g, paired), tuple(range(0, 2 * length, 2))), shape)


def undiag(g: Cotangent, x: Value, k: int) -> Cotangent:
    """The transpose of `diag`: the diagonal of g for a vector, else g on the diagonal of zeros."""
    shape = f.shape_of(x)
    if len(shape) == 1:
        return f.diag(g, k)
    n = f.shape_of(g)[0]
    places = np.arange(n)
    return f.scatter_add(g, (places + np.maximum(-k, 0), places + np.maximum(k, 0)), shape)


def part_that_stayed(g: Cotangent, x: Value, y: Value, key: Key) -> Cotangent:
    """The cotangent at key, for what was written there; where a place was written twice, only the last stayed."""
    received = f.getitem(g, key)
    if any(map(np.ndim, key if isinstance(key, tuple) else (key,))):
        turns = np.arange(math.prod(f.shape_of(received))).reshape(f.shape_of(received))
        last = np.zeros(f.shape_of(x), int)
        last[key] = turns
        received = f.where(last[key] == turns, received, 0.0)
    return unbroadcast(received, f.shape_of(y))


def part_of_concatenate(g: Cotangent, slot: int, xs: tuple[Value, ...], axis: int) -> Cotangent:
    """The slice of the cotangent that belongs to one of the joined arrays."""
    start = 0
    for x in xs[:slot]:
        start += f.shape_of(x)[axis]
    return f.take(g, slice(start, start + f.shape_of(xs[slot])[axis]), axis)


def swap_last(x: Value) -> Cotangent:
    """The transpose of each matrix in a stack."""
    return x.mT if x.__class__ is np.ndarray else f.swapaxes(x, -1, -2)


def columns(g: Cotangent) -> Cotangent:
    """A number per matrix, shaped to multiply the matrices."""
    return f.reshape(g, (*f.shape_of(g), 1, 1))


def matmul_vjp_x(g: Cotangent, x: Value, y: Value) -> Cotangent:
    """g @ yᵀ, with vectors as one-row or one-column matrices and stacks summed back."""
    if len(f.shape_of(x)) == len(f.shape_of(y)) == 2:
        return g @ swap_last(y)
    g, _, y = _as_matrices(g, x, y)
    return f.reshape(unbroadcast(f.matmul(g, swap_last(y)), _matrix_shape(x, True)), f.shape_of(x))


def matmul_vjp_y(g: Cotangent, x: Value, y: Value) -> Cotangent:
    """xᵀ @ g, with vectors as one-row or one-column matrices and stacks summed back."""
    if len(f.shape_of(x)) == len(f.shape_of(y)) == 2:
        return swap_last(x) @ g
    shape = _matrix_shape(y, False)
    g, x, _ = _as_matrices(g, x, y)
    return f.reshape(unbroadcast(f.matmul(swap_last(x), g), shape), f.shape_of(y))


def _matrix_shape(x: Value, is_left: bool) -> Shape:
    shape = f.shape_of(x)
    return shape if len(shape) > 1 else ((1, *shape) if is_left else (*shape, 1))


def _as_matrices(g: Cotangent, x: Value, y: Value) -> tuple[Value, Value, Value]:
    if len(f.shape_of(x)) == 1:
        g = f.expand_dims(g, -1 if len(f.shape_of(y)) == 1 else -2)
        x = f.reshape(x, (1, -1))
    elif len(f.shape_of(y)) == 1:
        g = f.expand_dims(g, -1)
    if len(f.shape_of(y)) == 1:
        if len(f.shape_of(g)) == 1:
            g = f.expand_dims(g, -1)
        y = f.reshape(y, (-1, 1))
    return g, x, y


def einsum_vjp(g: Cotangent, slot: int, xs: tuple[Value, ...], subscripts: str) -> Cotangent:
    """Exchange the operand's letters with the result's; letters that only the operand has are repeated."""
    terms, out = subscripts.split("->")
    names = terms.split(",")
    mine, others = names[slot], names[:slot] + names[slot + 1 :]
    present = "".join(letter for letter in mine if letter in out or any(letter in other for other in others))
    rest = [x for place, x in enumerate(xs) if place != slot]
    result = f.einsum(",".join((out, *others)) + "->" + present, g, *rest)
    lengths = iter(f.shape_of(result))
    aligned = f.reshape(result, tuple(next(lengths) if letter in present else 1 for letter in mine))
    return reshaped_by_broadcasting(aligned, f.shape_of(xs[slot]))


def reshaped_by_broadcasting(g: Cotangent, shape: Shape) -> Cotangent:
    """Sum over the axes where the shape has length one, repeat over those where g has it."""
    stretched = tuple(axis for axis, length in enumerate(shape) if length == 1 and f.shape_of(g)[axis] != 1)
    return f.broadcast_to(f.sum(g, stretched, keepdims=True) if stretched else g, shape)


def solved(x: Value, y: Value) -> Cotangent:
    """x⁻¹ y for matrices y; not a number where x is singular, which rounding can make of a transpose alone."""
    try:
        return f.solve(x, y)
    except np.linalg.LinAlgError:
        singular = np.expand_dims(np.linalg.slogdet(f.plain(x))[0] == 0, (-2, -1))
        return f.where(singular, np.nan, f.solve(f.where(singular, np.eye(f.shape_of(x)[-1]), x), y))


def solve_vjp_x(g: Cotangent, v: Value, x: Value, y: Value) -> Cotangent:
    """-(x⁻ᵀ g) vᵀ."""
    if len(f.shape_of(y)) == 1:
        g, v = f.expand_dims(g, -1), f.expand_dims(v, -1)
    return unbroadcast(-f.matmul(solved(swap_last(x), g), swap_last(v)), f.shape_of(x))


def solve_vjp_y(g: Cotangent, x: Value, y: Value) -> Cotangent:
    """x⁻ᵀ g, summed over the stack where one right-hand side served many matrices."""
    if len(f.shape_of(y)) == 1:
        return unbroadcast(solved(swap_last(x), f.expand_dims(g, -1))[..., 0], f.shape_of(y))
    return unbroadcast(solved(swap_last(x), g), f.shape_of(y))


def det_vjp(g: Cotangent, v: Value, x: Value) -> Cotangent:
    """g v x⁻ᵀ, and where a matrix is singular by its cofactors, which need no inverse."""
    if 0 in f.shape_of(x):
        return x
    if not np.all(np.isfinite(f.plain(x))):
        return columns(g * v) * (np.nan * x)
    if np.all(f.plain(v) != 0) and np.all(np.linalg.cond(f.plain(x)) < WELL_CONDITIONED):
        return columns(g * v) * swap_last(f.inv(x))
    return columns(g) * f.cofactors(x)


WELL_CONDITIONED = 1e12


def logabsdet_vjp(g: Cotangent, v: Value, x: Value) -> Cotangent:
    """g x⁻ᵀ; not a number where a matrix is singular, whose logarithm is -inf."""
    return columns(g) * swap_last(solved(x, np.eye(f.shape_of(x)[-1])))


def off_diagonal_inverse(differences: Value) -> Cotangent:
    """1 / differences, and 0 where they are 0: on the diagonal and for equal eigenvalues."""
    equal = f.plain(differences) == 0
    return f.where(equal, 0.0, 1.0 / f.where(equal, 1.0, differences))


def eigh_vjp(g: Cotangent, v: Value) -> Cotangent:
    """V (diag(ḡ of the values) + F ∘ Vᵀ ḡ of the vectors) Vᵀ with F = 1 / (w_j - w_i), made symmetric."""
    values, vectors = v[..., :1, :], v[..., 1:, :]
    n = f.shape_of(vectors)[-1]
    gaps = off_diagonal_inverse(values - swap_last(values))
    middle = np.eye(n) * g[..., :1, :] + gaps * f.matmul(swap_last(vectors), g[..., 1:, :])
    full = f.matmul(f.matmul(vectors, middle), swap_last(vectors))
    return 0.5 * (full + swap_last(full))


def svd_vjp(g: Cotangent, v: Value, x: Value) -> Cotangent:
    """Townsend (2016), "Differentiating the singular value decomposition", for the thin factors."""
    m, _ = f.shape_of(x)[-2:]
    left, values, right = v[..., :m, :], v[..., m : m + 1, :], v[..., m + 1 :, :]
    g_left, g_values, g_right = g[..., :m, :], g[..., m : m + 1, :], g[..., m + 1 :, :]
    gaps = off_diagonal_inverse(f.square(values) - f.square(swap_last(values)))
    inverse = off_diagonal_inverse(values)
    turn_left, turn_right = f.matmul(swap_last(left), g_left), f.matmul(swap_last(right), g_right)
    middle = (
        gaps * (turn_left - swap_last(turn_left)) * values
        + np.eye(f.shape_of(values)[-1]) * g_values
        + swap_last(values) * gaps * (turn_right - swap_last(turn_right))
    )
    inside = f.matmul(f.matmul(left, middle), swap_last(right))
    beyond_left = f.matmul((g_left - f.matmul(left, turn_left)) * inverse, swap_last(right))
    beyond_right = f.matmul(left * inverse, swap_last(g_right - f.matmul(right, turn_right)))
    return inside + beyond_left + beyond_right


def pinv_vjp(g: Cotangent, v: Value, x: Value) -> Cotangent:
    """Golub and Pereyra (1973), at constant rank: with P = x⁺, -Pᵀ g Pᵀ + (1 - xP) gᵀ P Pᵀ + Pᵀ P gᵀ (1 - Px)."""
    across, g_across = swap_last(v), swap_last(g)
    rows, columns = f.shape_of(x)[-2:]
    beyond_left = np.eye(rows) - f.matmul(x, v)
    beyond_right = np.eye(columns) - f.matmul(v, x)
    inside = f.matmul(f.matmul(across, g), across)
    left = f.matmul(f.matmul(beyond_left, g_across), f.matmul(v, across))
    right = f.matmul(f.matmul(across, v), f.matmul(g_across, beyond_right))
    return left + right - inside


def cholesky_vjp(g: Cotangent, v: Value) -> Cotangent:
    """Murray (2016): ½ L⁻ᵀ (P + Pᵀ) L⁻¹ with P the lower half of Lᵀ g, its diagonal halved."""
    n = f.shape_of(v)[-1]
    p = f.matmul(swap_last(v), g) * (np.tril(np.ones((n, n))) - 0.5 * np.eye(n))
    return 0.5 * solved(swap_last(v), swap_last(solved(swap_last(v), p + swap_last(p))))


rules.GENERAL.update(
    (name, value) for name, value in globals().items() if callable(value) and not name.startswith("_")
)

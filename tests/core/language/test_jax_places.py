"""`x.at[...]` and what lies outside of an array: values and gradients as measured of JAX 0.10."""

import numpy as np
import pytest

from core.language import parse
from core.run import record

nan = float("nan")
# What is computed of x = [1, 2, 3, 4] and y = 5, its value, and the gradients of its sum with the weights 1 to 1000.
MEASURED = (
    ("x.at[jnp.array([0,0,1])].set(jnp.array([y,2*y,3*y]))", [10, 15, 3, 4], [0, 0, 100, 1000], 32),
    ("x.at[jnp.array([0,0,1])].set(y)", [5, 5, 3, 4], [0, 0, 100, 1000], 11),
    ("x.at[jnp.array([0,0,1])].add(jnp.array([y,2*y,3*y]))", [16, 17, 3, 4], [1, 10, 100, 1000], 33),
    ("x.at[jnp.array([0,0,1])].add(y)", [11, 7, 3, 4], [1, 10, 100, 1000], 12),
    ("x.at[jnp.array([0,0,1])].subtract(y)", [-9, -3, 3, 4], [1, 10, 100, 1000], -12),
    ("x.at[jnp.array([0,1])].multiply(0.0)", [0, 0, 3, 4], [0, 0, 100, 1000], 0),
    ("x.at[jnp.array([1,1])].power(2.0)", [1, 16, 3, 4], [1, 320, 100, 1000], 0),
    ("x.at[jnp.array([0,0,1])].min(jnp.array([0.5,0.5,y]))", [0.5, 2, 3, 4], [0, 10, 100, 1000], 0),
    ("x.at[jnp.array([0,0,1])].max(jnp.array([y,y,0.5]))", [5, 2, 3, 4], [0, 10, 100, 1000], 1),
    ("x.at[jnp.array([0,0,1])].max(jnp.array([y,2*y,0.5]))", [10, 2, 3, 4], [0, 10, 100, 1000], 2),
    ("x.at[1].max(2.0*y/5)", [1, 2, 3, 4], [1, 5, 100, 1000], 2),
    ("x.at[0].max(y)", [5, 2, 3, 4], [0, 10, 100, 1000], 1),
    ("x.at[jnp.array([3,2])].min(jnp.array([2.,y]))", [1, 2, 3, 2], [1, 10, 100, 0], 0),
    ("x.at[3].min(y)", [1, 2, 3, 4], [1, 10, 100, 1000], 0),
    ("x.at[7].set(y)", [1, 2, 3, 4], [1, 10, 100, 1000], 0),
    ("x.at[-7].set(y)", [1, 2, 3, 4], [1, 10, 100, 1000], 0),
    ("x.at[-1].set(y)", [1, 2, 3, 5], [1, 10, 100, 0], 1000),
    ("x.at[jnp.array([0,9,-9])].add(y)", [6, 2, 3, 4], [1, 10, 100, 1000], 1),
    ("x.at[9].get()*jnp.ones(4)", [4, 4, 4, 4], [0, 0, 0, 1111], 0),
    ("x.at[-9].get()*jnp.ones(4)", [1, 1, 1, 1], [1111, 0, 0, 0], 0),
    ("x.at[jnp.array([0,9,-9,-1])].get()", [1, 4, 1, 4], [1, 0, 0, 1000], 0),
    ("x[9]*jnp.ones(4)", [4, 4, 4, 4], [0, 0, 0, 1111], 0),
    ("x[-9]*jnp.ones(4)", [1, 1, 1, 1], [1111, 0, 0, 0], 0),
    ("x[jnp.array([0,9,-9,-1])]", [1, 4, 1, 4], [1, 0, 0, 1000], 0),
    ("x.at[jnp.array([0,9,-9,-1])].get(mode='fill',fill_value=7.)", [1, 7, 7, 4], [1, 0, 0, 1000], 0),
    ("x.at[jnp.array([0,9,-9,-1])].get(mode='fill')", [1, nan, nan, 4], [1, 0, 0, 1000], 0),
    ("x.at[jnp.array([0,9,-9,-1])].get(mode='clip')", [1, 4, 1, 4], [101, 0, 0, 1010], 0),
    ("x.at[9].set(y,mode='clip')", [1, 2, 3, 5], [1, 10, 100, 0], 1000),
    ("x.at[9].set(y,mode='drop')", [1, 2, 3, 4], [1, 10, 100, 1000], 0),
    ("x.at[1].set(y,mode='promise_in_bounds')", [1, 5, 3, 4], [1, 0, 100, 1000], 10),
    ("x.at[1:3].set(y)", [1, 5, 5, 4], [1, 0, 0, 1000], 110),
    ("x.at[2:9].add(y)", [1, 2, 8, 9], [1, 10, 100, 1000], 1100),
    ("x.at[jnp.array([True,False,True,False])].set(y)", [5, 2, 5, 4], [0, 10, 0, 1000], 101),
    ("x.at[x>2].add(y)", [1, 2, 8, 9], [1, 10, 100, 1000], 1100),
    ("x.at[jnp.array([True,False,True,False])].set(jnp.array([y,y]))", [5, 2, 5, 4], [0, 10, 0, 1000], 101),
    ("x.at[...].add(y)", [6, 7, 8, 9], [1, 10, 100, 1000], 1111),
    ("x.at[None].add(y)", [6, 7, 8, 9], [1, 10, 100, 1000], 1111),
    ("x.at[:2].set([1.,2.])", [1, 2, 3, 4], [0, 0, 100, 1000], 0),
    ("y.at[()].set(x[0])*jnp.ones(4)", [1, 1, 1, 1], [1111, 0, 0, 0], 0),
    ("x.at[0].set(values=y)", [5, 2, 3, 4], [0, 10, 100, 1000], 1),
    ("x.at[jnp.array([0,1])].add(y,unique_indices=True,indices_are_sorted=True)", [6, 7, 3, 4], [1, 10, 100, 1000], 11),
    ("x.reshape(2,2).at[jnp.array([0,1]),jnp.array([1,0])].set(y).ravel()", [1, 5, 5, 4], [1, 0, 0, 1000], 110),
    ("x.reshape(2,2).at[jnp.array([0,0]),jnp.array([1,1])].add(y).ravel()", [1, 12, 3, 4], [1, 10, 100, 1000], 20),
    ("x.reshape(2,2).at[jnp.array([0,5]),jnp.array([1,1])].set(y).ravel()", [1, 5, 3, 4], [1, 0, 100, 1000], 10),
    ("x.reshape(2,2).at[0,5].set(y).ravel()", [1, 2, 3, 4], [1, 10, 100, 1000], 0),
    ("x.reshape(2,2).at[5].set(y).ravel()", [1, 2, 3, 4], [1, 10, 100, 1000], 0),
    ("x.reshape(2,2).at[:,1].multiply(y).ravel()", [1, 10, 3, 20], [1, 50, 100, 5000], 4020),
    ("jnp.array([1,2,3,4]).at[0].set(y)*x", [5, 4, 9, 16], [5, 20, 300, 4000], 0),
    ("jnp.array([1,2,3,4]).at[0].add(0.5)*x", [1, 4, 9, 16], [1, 20, 300, 4000], 0),
)
REFUSED = (
    "x.at[jnp.array([0,0,1])].multiply(y)",
    "x.at[jnp.array([0,0,1])].multiply(jnp.array([y,2*y,3*y]))",
    "x.at[jnp.array([0,0,1])].divide(y)",
    "x.at[jnp.array([0,1])].power(y)",
    "x.at[jnp.array([0,1])].apply(jnp.sin)",
    "x.at[jnp.array([0,0])].apply(lambda v:v*2)",
    "x.at[x>2].multiply(y)",
    "x.at[[0,1]].set(y)",
    "x.at[:2].set(jnp.array([[y,y]]))",
    "x.at[:2].set(jnp.array([y,y,y]))",
    "x.at[1.0].set(y)",
    "x.at[0,1].set(y)",
)
TEXT = """def f(x, y):
    return {}
def total(x, y):
    return jnp.sum(jnp.array([1.0, 10.0, 100.0, 1000.0]) * f(x, y))
value = f(jnp.array([1.0, 2.0, 3.0, 4.0]), 5.0)
dx, dy = jax.grad(total, argnums=(0, 1))(jnp.array([1.0, 2.0, 3.0, 4.0]), 5.0)
print(value.tolist())
print(dx.tolist())
print(float(dy))
"""


def numbers(text: str) -> list[list[float]]:
    return [[float(one) for one in line.strip("[]").split(", ")] for line in text.splitlines()]


@pytest.mark.parametrize(("text", "value", "dx", "dy"), MEASURED, ids=[row[0] for row in MEASURED])
def test_places_are_changed_and_read_as_jax_does(text, value, dx, dy):
    run = record(parse(TEXT.format(text)))
    assert run.failure is None, str(run.failure)
    found = numbers(run.printed)
    np.testing.assert_allclose(found[0], value)
    np.testing.assert_allclose(found[1], dx)
    np.testing.assert_allclose(found[2], [dy])


@pytest.mark.parametrize("text", REFUSED)
def test_what_jax_refuses_is_refused(text):
    assert record(parse(TEXT.format(text))).failure is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [("x.at[jnp.array([0, 0, 1])].multiply(y)", [25.0, 10.0, 3.0]), ("x.at[0].apply(jnp.negative)", [-1.0, 2.0, 3.0])],
)
def test_products_and_functions_at_places_have_values(text, value):
    run = record(parse(f"def g(x, y):\n    return {text}\nprint(g(jnp.array([1.0, 2.0, 3.0]), 5.0).tolist())"))
    np.testing.assert_allclose(numbers(run.printed)[0], value)


def test_a_numpy_array_in_a_jax_text_is_not_read_beyond_its_end():
    run = record(parse("a = np.ones(3) * 2\nprint(jnp.sin(1.0), a[5])"))
    assert run.failure is not None and "outside" in run.failure.message


# Of x = [[1, 2, 3], [4, 5, 6]]: what is read, and the gradient of its sum with the weights 1, 2, 3.
BEYOND = (
    ("x[7]", [4, 5, 6], [0, 0, 0, 1, 2, 3]), ("x[-7]", [1, 2, 3], [1, 2, 3, 0, 0, 0]),
    ("x[7, 0]", [4], [0, 0, 0, 1, 0, 0]),
    ("x[0, -7]", [1], [1, 0, 0, 0, 0, 0]), ("x[7, 7]", [6], [0, 0, 0, 0, 0, 1]),
    ("x[7, 1:]", [5, 6], [0, 0, 0, 0, 1, 2]),
    ("x[:, 7]", [3, 6], [0, 0, 1, 0, 0, 2]), ("x[..., 7]", [3, 6], [0, 0, 1, 0, 0, 2]),
    ("x[jnp.array(7)]", [4, 5, 6], [0, 0, 0, 1, 2, 3]), ("x[jnp.array([7])]", [4, 5, 6], [0, 0, 0, 0, 0, 0]),
    ("x[7, jnp.array([0])]", [4], [0, 0, 0, 0, 0, 0]), ("x[7, ::2]", [4, 6], [0, 0, 0, 0, 0, 0]),
    ("x[7, ::-1]", [6, 5, 4], [0, 0, 0, 3, 2, 1]), ("x.at[7].get()", [4, 5, 6], [0, 0, 0, 1, 2, 3]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "value", "slopes"), BEYOND, ids=[row[0] for row in BEYOND])
def test_what_is_read_beyond_the_end_of_a_matrix(text, value, slopes):
    total = f"jnp.sum(jnp.arange(1., {len(value) + 1}) * {text})"
    run = record(
        parse(
            f"f = lambda x: {text}\nX = jnp.array([[1., 2., 3.], [4., 5., 6.]])\nprint(f(X).ravel().tolist())\n"
            f"print(jax.grad(lambda x: {total})(X).ravel().tolist())"
        )
    )
    assert run.failure is None, str(run.failure)
    assert numbers(run.printed) == [value, slopes]


def test_a_single_number_is_changed_by_a_condition():
    text = "f = lambda w: w.at[w > 1].set(5.0)\n"
    text += "w = jnp.sum(jnp.array([1.0, 2.0]))\nprint(f(w), f(w - 3), jax.grad(f)(w))"
    assert record(parse(text)).printed == "5.0 0.0 0.0\n"

"""Where NumPy, TensorFlow and PyTorch differ, a program gets what its own library would give."""

import pytest

from core.language import parse
from core.run import record

PRINTS = {
    "torch swaps two axes": ("print(torch.tensor([[1., 2.], [3., 4.]]).transpose(0, 1)[0, 1])", "3.0\n"),
    "torch swaps two of three axes": ("print(torch.ones(2, 3, 4).transpose(0, 1).shape)", "(3, 2, 4)\n"),
    "numpy takes all axes": ("print(np.array([[1., 2.], [3., 4.]]).transpose(0, 1)[0, 1])", "2.0\n"),
    "a whole number is not watched": (
        "x = tf.Variable(3)\nwith tf.GradientTape() as t:\n    y = x*x\nprint(t.gradient(y, x))",
        "None\n",
    ),
    "a whole number made a float is watched": (
        "x = tf.Variable(3, dtype=tf.float32)\nwith tf.GradientTape() as t:\n    y = x*x\nprint(t.gradient(y, x))",
        "6.0\n",
    ),
    "a plain number is a target": (
        "x = tf.Variable(3.0)\nwith tf.GradientTape() as t:\n    y = tf.reduce_sum(np.square(x.numpy()))\n"
        "print(t.gradient(y, x))",
        "None\n",
    ),
    "tensorflow's argmax goes along the first axis": ("print(tf.argmax([[4., 5.], [10., 1.]]))", "[1 0]\n"),
    "products and distances of Python's lists": (
        "print(math.prod([2.0, 3.0]), math.fsum([1.0, 2.0]), math.dist([0, 3], [4, 0]), tf.nn.l2_loss([2., 4.]))",
        "6.0 3.0 5.0 10.0\n",
    ),
    "torch gives the maximum with its place": (
        "v, i = torch.max(torch.tensor([[1., 5.], [7., 2.]]), dim=1)\nprint(v, i)",
        "[5. 7.] [1 0]\n",
    ),
    "as a method too, with names": (
        "t = torch.tensor([[1., 5.], [7., 2.]])\nprint(t.max(0).values, t.min(dim=1).indices, t.max())",
        "[7. 5.] [0 1] 7.0\n",
    ),
    "torch's maximum of two": ("print(torch.max(torch.tensor([1., 5.]), torch.tensor([3., 2.])))", "[3. 5.]\n"),
    "torch's maximum with a number": (
        "x = torch.tensor([-1., 2.], requires_grad=True)\ntorch.max(x, torch.tensor(0.)).sum().backward()\n"
        "print(x.grad, x.detach().min(torch.tensor(1)))",
        "[0. 1.] [-1.  1.]\n",
    ),
    "torch draws whole numbers, with names or without": (
        "a, b = torch.randint(2, 5, (40,)), torch.randint(high=5, size=(2, 3))\n"
        "print(a.min(), a.max(), b.shape, torch.randint(9, size=(2,)).shape)",
        "2 4 (2, 3) (2,)\n",
    ),
    "torch divides by one less": (
        "t = torch.tensor([1., 2., 4.])\nprint(f'{t.var():.4f} {t.var(unbiased=False):.4f} {torch.std(t):.4f} '\n"
        "f'{torch.var(t, False):.4f}')",
        "2.3333 1.5556 1.5275 1.5556\n",
    ),
    "numpy does not": ("print(np.array([1., 3.]).var())", "1.0\n"),
    "paddings of tensorflow": ("print(tf.pad([1., 2.], tf.constant([[1, 2]]), 'CONSTANT'))", "[0. 1. 2. 0. 0.]\n"),
    "torch repeats the whole": ("print(torch.tensor([1., 2.]).repeat(2))", "[1. 2. 1. 2.]\n"),
    "numpy repeats each": (
        "a = np.array([1., 2.])\nprint(a.repeat(2), a.repeat(repeats=2, axis=0))",
        "[1. 1. 2. 2.] [1. 1. 2. 2.]\n",
    ),
    "numpy's residuals are an array": (
        "A = np.array([[1., 0.], [0., 1.], [0., 0.]])\nprint(np.linalg.lstsq(A, np.array([1., 2., 3.]))[1])",
        "[9.]\n",
    ),
    "what is computed from a leaf requires a gradient": (
        "x = torch.rand(2, requires_grad=True)\ny = x*2\nprint(y.requires_grad, y.is_leaf, y.detach().requires_grad)\n"
        "y.sum().backward()\nprint(y.requires_grad, x.is_leaf, (torch.ones(2)*2).requires_grad)\n"
        "with torch.no_grad():\n    z = x*2\nprint(z.requires_grad)",
        "True False False\nTrue True False\nFalse\n",
    ),
    "the data of a gradient is the gradient": (
        "w = torch.tensor(3.0, requires_grad=True)\n(w*w).backward()\nw.grad.data.zero_()\n(w*w).backward()\n"
        "print(w.grad)",
        "6.0\n",
    ),
    "the data of a leaf is the leaf's": (
        "w = torch.tensor([3.0, 1.0], requires_grad=True)\n(w*w).sum().backward()\nw.data.sub_(0.5*w.grad)\n"
        "w.data.add_(torch.tensor([1.0, 2.0]), alpha=2)\nprint(w)",
        "[2. 4.]\n",
    ),
    "the elements of a leaf's data are the leaf's": (
        "w = torch.tensor([3.0, 1.0], requires_grad=True)\nw.data[0] = 5.0\nd = w.data\nd[1:] += 1.0\n"
        "(w*w).sum().backward()\nprint(w, d, w.grad)",
        "[5. 2.] [5. 2.] [10.  4.]\n",
    ),
    "a sum that begins at 0 carries the gradient": (
        "w = torch.tensor(3.0, requires_grad=True)\ntotal = torch.tensor(0.0)\nfor i in range(2):\n    total += w*w\n"
        "total.backward()\nprint(w.grad)",
        "12.0\n",
    ),
    "a leaf takes numbers and tensors in its own shape": (
        "a = torch.zeros(2)\na.fill_(3.0)\nb = torch.tensor(1.0)\nb.copy_(torch.tensor(4.0))\nprint(a, b)",
        "[3. 3.] 4.0\n",
    ),
    "a computed tensor is made a leaf": (
        "w = torch.ones(2)*0.5\nw.requires_grad_()\n(w*w).sum().backward()\nprint(w.grad, w.is_leaf)\n"
        "with torch.no_grad():\n    w -= w.grad\nprint(w, w.requires_grad)",
        "[1. 1.] True\n[-0.5 -0.5] True\n",
    ),
    "floats of truth values, powers": (
        "a = torch.tensor([1., 2., 3.])\nprint((a > 1).float().sum(), a.pow(2), a.nelement())",
        "2.0 [1. 4. 9.] 3\n",
    ),
    "a generator of torch's own": (
        "g = torch.Generator().manual_seed(3)\na = torch.rand(2, generator=g)\ng.manual_seed(3)\n"
        "print(a.shape, a == torch.rand((2,), generator=g))",
        "(2,) [ True  True]\n",
    ),
    "a jax key gives the same numbers again": (
        "key = jax.random.key(1)\na, b = jax.random.split(key)\n"
        "print(jax.random.normal(key) == jax.random.normal(key), jax.random.normal(a) == jax.random.normal(b))",
        "True False\n",
    ),
    "jax changes a copy at a place": (
        "x = jnp.zeros(3)\ny = x.at[1].set(5.0).at[0].add(2.0)\nprint(x, y, y.at[1:].multiply(2.0))",
        "[0. 0. 0.] [2. 5. 0.] [ 2. 10.  0.]\n",
    ),
    "jax loops and trees": (
        "print(jax.lax.fori_loop(0, 5, lambda i, v: v*2, 1.0), jax.lax.scan(lambda c, v: (c + v, c*v), 0.0, "
        "jnp.arange(4.)), jax.lax.while_loop(lambda v: v < 9, lambda v: v*3, 1.0), "
        "jax.lax.cond(True, lambda a: a, lambda a: -a, 2))\n"
        "print(jax.tree.map(lambda p, g: p - g, {'w': [3.0, 2.0], 'b': 1.0}, {'w': [1.0, 1.0], 'b': 1.0}))",
        "32.0 (6.0, array([0., 0., 2., 9.])) 9.0 2\n{'w': [2.0, 1.0], 'b': 0.0}\n",
    ),
    "jax goes through several arrays at once": (
        "x, y = jnp.array([1., 2.]), jnp.array([3., 5.])\n"
        "print(jax.lax.scan(lambda c, p: (c + p[0]*p[1], c), 0.0, (x, y)))\n"
        "print(jax.lax.scan(lambda c, p: (c + p['a']*p['b'][1], None), 0.0, {'a': x, 'b': [y, x]}))",
        "(13.0, array([0., 3.]))\n(5.0, None)\n",
    ),
    "a script starts its main function": (
        "def main():\n    print('hi')\nif __name__ == '__main__':\n    main()",
        "hi\n",
    ),
    "a position is a target": (
        "x = tf.Variable([1.0, 2.0])\nwith tf.GradientTape() as t:\n    y = tf.argmax(x)\nprint(t.gradient(y, x))",
        "None\n",
    ),
    "a computed tensor keeps no grad": (
        "x = torch.tensor(2.0, requires_grad=True)\nh = x*x\nh.backward()\nprint(h.grad)",
        "`.grad` of a computed tensor is None: call h.retain_grad() before `backward()`.\nNone\n",
    ),
    "unless it is asked to": (
        "x = torch.tensor(2.0, requires_grad=True)\nh = x*x\nh.retain_grad()\n(3*h).backward()\nprint(h.grad, x.grad)",
        "3.0 12.0\n",
    ),
}


@pytest.mark.parametrize(("text", "printed"), PRINTS.values(), ids=PRINTS.keys())
def test_a_program_prints_what_its_library_would(text, printed):
    run = record(parse(text))
    assert run.failure is None, str(run.failure)
    assert run.printed == printed


def test_a_swap_that_could_mean_either_is_refused():
    """A computed array does not say whether NumPy or PyTorch made it."""
    failure = record(parse("A = np.ones((2, 2)) * x\nA.transpose(0, 1)"), {"x": 2.0}).failure
    assert failure is not None and "swaps the axes in PyTorch and leaves them in NumPy" in failure.message


@pytest.mark.parametrize(
    ("text", "value", "slope"),
    [
        ("x.add_(1.0)\ny = x*x", 9.0, 6.0), ("a = x*2\na.add_(1.0)\ny = a*x", 10.0, 9.0),
        ("a = torch.zeros(())\na.copy_(x)\ny = a*x", 4.0, 4.0),
    ],
)  # fmt: skip
def test_what_is_recorded_is_changed_in_place(text, value, slope):
    """Its derivative is that of the value it has then."""
    run = record(parse(text), {"x": 2.0})
    assert run.failure is None and (run.value, run.gradients()) == (value, {"x": slope})


def test_a_tensor_that_is_watched_here_may_be_multiplied_in_place():
    assert record(parse("a = torch.tensor(2.0)\na *= 3.0\ny = a*a"), watch=["a"]).gradients() == {"a": 36.0}

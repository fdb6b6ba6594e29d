"""Random numbers without chance: a run always starts from the same state, seeded as the program says.

`np.random.seed(0)` and `default_rng(0)` give NumPy's own numbers.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from core.functions import shape_of
from core.language.dialects.torch import leaf
from core.language.machine.keys import whole
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, kind_of
from core.language.names.creation import checked_shape
from core.language.names.library import as_array
from core.tensor import Tensor


class RandomSource:
    """A generator of random numbers that programs can hold; its methods stand in `METHODS`."""

    kind = "a random number generator"

    def __init__(self, generator: Any) -> None:
        self.generator = generator


def _state(frame: Any, name: str, make: Any) -> Any:
    return frame.run.memory.setdefault(name, make())


def _legacy(frame: Any) -> np.random.RandomState:
    return _state(frame, "numpy", lambda: np.random.RandomState(0))


def _python(frame: Any) -> random.Random:
    return _state(frame, "python", lambda: random.Random(0))


def _seed_value(seed: Any) -> int:
    number = whole(seed)
    if not isinstance(number, int) or not 0 <= number < 2**32:
        raise Refusal("A seed is a whole number from 0 on.", "Write np.random.seed(0).")
    return number


def seed(frame: Any, span: Any, value: Any = 0) -> None:
    frame.run.memory["numpy"] = np.random.RandomState(_seed_value(value))


def python_seed(frame: Any, span: Any, value: Any = 0) -> None:
    frame.run.memory["python"] = random.Random(_seed_value(value))


def default_rng(frame: Any, span: Any, value: Any = 0) -> RandomSource:
    return RandomSource(np.random.default_rng(_seed_value(value)))


def _drawn(values: Any) -> Any:
    return (
        values
        if isinstance(values, np.ndarray)
        else float(values)
        if isinstance(values, float | np.floating)
        else int(values)
    )


def _shape(frame: Any, span: Any, size: Any) -> tuple[int, ...] | None:
    return None if size is None else checked_shape(frame, span, size)


def randn(frame: Any, span: Any, *shape: Any) -> Any:
    lengths = checked_shape(frame, span, shape[0] if len(shape) == 1 and isinstance(shape[0], list | tuple) else shape)
    return _drawn(_legacy(frame).randn(*lengths))


def rand(frame: Any, span: Any, *shape: Any) -> Any:
    lengths = checked_shape(frame, span, shape[0] if len(shape) == 1 and isinstance(shape[0], list | tuple) else shape)
    return _drawn(_legacy(frame).rand(*lengths))


def normal(frame: Any, span: Any, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
    noise = _drawn(_legacy(frame).standard_normal(_shape(frame, span, size)))
    return loc + scale * noise


def uniform(frame: Any, span: Any, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
    noise = _drawn(_legacy(frame).random_sample(_shape(frame, span, size)))
    return low + (high - low) * noise


def randint(frame: Any, span: Any, low: Any, high: Any = None, size: Any = None) -> Any:
    first, last = (0, whole(low)) if high is None else (whole(low), whole(high))
    return _drawn(_legacy(frame).randint(first, last, _shape(frame, span, size)))


def permutation(frame: Any, span: Any, x: Any) -> Any:
    count = whole(x)
    if isinstance(count, int):
        checked_shape(frame, span, (count,))
        return _legacy(frame).permutation(count)
    return x[_legacy(frame).permutation(len(x))]


def random_sample(frame: Any, span: Any, size: Any = None) -> Any:
    return _drawn(_legacy(frame).random_sample(_shape(frame, span, size)))


def standard_normal(frame: Any, span: Any, size: Any = None) -> Any:
    return _drawn(_legacy(frame).standard_normal(_shape(frame, span, size)))


def choice(frame: Any, span: Any, a: Any, size: Any = None, replace: Any = True) -> Any:
    """Items picked at random, as NumPy picks them."""
    count = whole(a)
    length = count if isinstance(count, int) else len(as_array(a))
    if not replace:
        frame.run.reserve(length, span, frame)
    picked = _drawn(_legacy(frame).choice(length, _shape(frame, span, size), bool(replace)))
    return picked if isinstance(count, int) else as_array(a)[picked]


def torch_like(draw: Any) -> Any:
    """Random numbers in the shape of another tensor."""

    def call(frame: Any, span: Any, x: Any, requires_grad: bool = False) -> Any:
        return draw(frame, span, *shape_of(x), requires_grad=requires_grad)

    return call


def torch_randint(frame: Any, span: Any, *limits: Any, low: Any = None, high: Any = None, size: Any = None) -> Any:
    """Whole numbers from low up to high, as torch.randint(low, high, size) with low left out or with names."""
    given = [*limits, *(one for one in (low, high, size) if one is not None)]
    if not 2 <= len(given) <= 3:
        raise Refusal("`torch.randint` takes limits and a shape.", "Write torch.randint(0, 10, (3,)).")
    first, last = (0, *given[:-1])[-2:]
    return Tensor(randint(frame, span, first, last, given[-1]))


def torch_randperm(frame: Any, span: Any, n: Any) -> Any:
    return Tensor(permutation(frame, span, whole(n)))


def tf_normal(frame: Any, span: Any, shape: Any, mean: Any = 0.0, stddev: Any = 1.0) -> Any:
    return Tensor(normal(frame, span, mean, stddev, shape))


def tf_uniform(frame: Any, span: Any, shape: Any, minval: Any = 0.0, maxval: Any = 1.0) -> Any:
    return Tensor(uniform(frame, span, minval, maxval, shape))


def torch_drawer(draw: Any, method: str) -> Any:
    """torch.randn or torch.rand: a leaf with random values, from a generator of its own if one is given."""

    def call(frame: Any, span: Any, *shape: Any, requires_grad: bool = False, generator: Any = None) -> Any:
        if not isinstance(generator, RandomSource):
            return leaf(draw(frame, span, *shape), bool(requires_grad))
        lengths = shape[0] if len(shape) == 1 and isinstance(shape[0], list | tuple) else shape
        numbers: dict[str, Any] = {"randn": generator.generator.standard_normal, "rand": generator.generator.random}
        return leaf(_drawn(numbers[method](checked_shape(frame, span, lengths))), bool(requires_grad))

    return call


torch_randn, torch_rand = torch_drawer(randn, "randn"), torch_drawer(rand, "rand")
torch_randn_like, torch_rand_like = torch_like(torch_randn), torch_like(torch_rand)


def torch_generator(frame: Any, span: Any) -> RandomSource:
    return RandomSource(np.random.default_rng(0))


def _manual_seed(frame: Any, span: Any, owner: RandomSource, value: Any) -> RandomSource:
    owner.generator = np.random.default_rng(_seed_value(value))
    return owner


class Key:
    """JAX's key: it has no state, so whoever draws twice with it gets the same numbers."""

    kind = "a random key"

    def __init__(self, seed: int) -> None:
        self.seed = seed


def _generator(key: Any) -> np.random.Generator:
    if not isinstance(key, Key):
        raise Refusal(f"{kind_of(key).capitalize()} is no random key.", "Write key = jax.random.key(0).")
    return np.random.default_rng(key.seed)


def jax_key(frame: Any, span: Any, value: Any = 0) -> Key:
    return Key(_seed_value(value))


def jax_split(frame: Any, span: Any, key: Any, num: Any = 2) -> list:
    return [Key(int(seed)) for seed in _generator(key).integers(2**31, size=min(whole(num), 1000))]


def jax_normal(frame: Any, span: Any, key: Any, shape: Any = ()) -> Any:
    return _drawn(_generator(key).standard_normal(_shape(frame, span, shape)))


def jax_uniform(frame: Any, span: Any, key: Any, shape: Any = (), minval: Any = 0.0, maxval: Any = 1.0) -> Any:
    return minval + (maxval - minval) * _drawn(_generator(key).random(_shape(frame, span, shape)))


def python_random(frame: Any, span: Any) -> float:
    return _python(frame).random()


def python_uniform(frame: Any, span: Any, a: Any, b: Any) -> Any:
    return a + (b - a) * _python(frame).random()


def python_gauss(frame: Any, span: Any, mu: Any = 0.0, sigma: Any = 1.0) -> Any:
    return mu + _python(frame).gauss(0.0, 1.0) * sigma


def python_randint(frame: Any, span: Any, a: Any, b: Any) -> int:
    return _python(frame).randint(whole(a), whole(b))


def python_choice(frame: Any, span: Any, seq: Any) -> Any:
    if not isinstance(seq, list | tuple | str | range) or not len(seq):
        raise Refusal("`random.choice` picks from a list that has items.", "Write random.choice([1, 2, 3]).")
    return _python(frame).choice(seq)


def python_shuffle(frame: Any, span: Any, x: Any) -> None:
    if not isinstance(x, list):
        raise Refusal(f"`random.shuffle` changes a list, not {kind_of(x)}.", "Write x = list(x) first.")
    frame.run.spend(len(x) // 64, span, frame)
    _python(frame).shuffle(x)


def generator_method(name: str) -> Any:
    """A method of a random number generator."""

    def call(frame: Any, span: Any, owner: RandomSource, *values: Any, **named: Any) -> Any:
        saved = frame.run.memory.get("numpy")
        frame.run.memory["numpy"] = _AsLegacy(owner.generator)
        try:
            methods: dict[str, Any] = {"normal": normal, "uniform": uniform, "integers": randint}
            return methods[name](frame, span, *values, **named)
        finally:
            frame.run.memory["numpy"] = saved

    return call


class _AsLegacy:
    """The new kind of generator under the old kind's method names."""

    def __init__(self, generator: np.random.Generator) -> None:
        self.standard_normal = generator.standard_normal
        self.random_sample = generator.random
        self.randint = generator.integers


def _standard_normal(frame: Any, span: Any, owner: RandomSource, size: Any = None) -> Any:
    return _drawn(owner.generator.standard_normal(_shape(frame, span, size)))


def _random(frame: Any, span: Any, owner: RandomSource, size: Any = None) -> Any:
    return _drawn(owner.generator.random(_shape(frame, span, size)))


GENERATOR_METHODS = {
    "normal": Builtin("normal", generator_method("normal"), ("self", "loc", "scale", "size"), wants_frame=True),
    "uniform": Builtin("uniform", generator_method("uniform"), ("self", "low", "high", "size"), wants_frame=True),
    "integers": Builtin("integers", generator_method("integers"), ("self", "low", "high", "size"), wants_frame=True),
    "standard_normal": Builtin("standard_normal", _standard_normal, ("self", "size"), wants_frame=True),
    "manual_seed": Builtin("manual_seed", _manual_seed, ("self", "seed:value"), wants_frame=True),
    "random": Builtin("random", _random, ("self", "size"), wants_frame=True),
}

"""Random numbers without chance: a run always starts from the same state, seeded as the program says.

`np.random.seed(0)` and `default_rng(0)` give NumPy's own numbers.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from core.basics.words import say
from core.language.machine.keys import whole
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, kind_of
from core.language.names.creation import checked_shape
from core.language.names.library import as_array, values_of
from core.tensor import Tensor


class RandomSource:
    """A generator of random numbers that programs can hold; its methods stand in `METHODS`."""

    kind = say("language.random-number-generator", "a random number generator")

    def __init__(self, generator: Any) -> None:
        self.generator = generator


def _state(here: Any, name: str, make: Any) -> Any:
    return here.run.memory.setdefault(name, make())


def _legacy(here: Any) -> np.random.RandomState:
    return _state(here, "numpy", lambda: np.random.RandomState(0))


def _python(here: Any) -> random.Random:
    return _state(here, "python", lambda: random.Random(0))


def _seed_value(seed: Any) -> int:
    number = whole(seed)
    if not isinstance(number, int) or not 0 <= number < 2**32:
        raise Refusal(
            say("language.seed-whole-number-0", "A seed is a whole number from 0 on."),
            say("language.write-np-random-seed", "Write np.random.seed(0)."),
        )
    return number


def seed(here: Any, span: Any, value: Any = 0) -> None:
    here.run.memory["numpy"] = np.random.RandomState(_seed_value(value))


def python_seed(here: Any, span: Any, value: Any = 0) -> None:
    here.run.memory["python"] = random.Random(_seed_value(value))


def default_rng(here: Any, span: Any, value: Any = 0) -> RandomSource:
    return RandomSource(np.random.default_rng(_seed_value(value)))


def _drawn(values: Any) -> Any:
    return (
        values
        if isinstance(values, np.ndarray)
        else float(values)
        if isinstance(values, float | np.floating)
        else int(values)
    )


def _shape(here: Any, span: Any, size: Any) -> tuple[int, ...] | None:
    return None if size is None else checked_shape(here, span, size)


def randn(here: Any, span: Any, *shape: Any) -> Any:
    lengths = checked_shape(here, span, shape[0] if len(shape) == 1 and isinstance(shape[0], list | tuple) else shape)
    return _drawn(_legacy(here).randn(*lengths))


def rand(here: Any, span: Any, *shape: Any) -> Any:
    lengths = checked_shape(here, span, shape[0] if len(shape) == 1 and isinstance(shape[0], list | tuple) else shape)
    return _drawn(_legacy(here).rand(*lengths))


def normal(here: Any, span: Any, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
    noise = _drawn(_legacy(here).standard_normal(_shape(here, span, size)))
    return loc + scale * noise


def uniform(here: Any, span: Any, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
    noise = _drawn(_legacy(here).random_sample(_shape(here, span, size)))
    return low + (high - low) * noise


def randint(here: Any, span: Any, low: Any, high: Any = None, size: Any = None) -> Any:
    first, last = (0, whole(low)) if high is None else (whole(low), whole(high))
    return _drawn(_legacy(here).randint(first, last, _shape(here, span, size)))


def permutation(here: Any, span: Any, x: Any) -> Any:
    """Numbers, or the items of a list or an array, in another order."""
    count = whole(x)
    if isinstance(count, int):
        checked_shape(here, span, (count,))
        return _legacy(here).permutation(count)
    return as_array(x)[_legacy(here).permutation(len(x))]


def random_sample(here: Any, span: Any, size: Any = None) -> Any:
    return _drawn(_legacy(here).random_sample(_shape(here, span, size)))


def standard_normal(here: Any, span: Any, size: Any = None) -> Any:
    return _drawn(_legacy(here).standard_normal(_shape(here, span, size)))


def choice(here: Any, span: Any, a: Any, size: Any = None, replace: Any = True) -> Any:
    """Items picked at random, as NumPy picks them."""
    count = whole(a)
    length = count if isinstance(count, int) else len(as_array(a))
    if not replace:
        here.run.reserve(length, span, here)
    picked = _drawn(_legacy(here).choice(length, _shape(here, span, size), bool(replace)))
    return picked if isinstance(count, int) else as_array(a)[picked]


def multivariate_normal(here: Any, span: Any, mean: Any, cov: Any, size: Any = None) -> Any:
    """Vectors from a normal distribution, as NumPy draws them."""
    return _drawn(_legacy(here).multivariate_normal(values_of(mean), values_of(cov), _shape(here, span, size)))


def exponential(here: Any, span: Any, scale: Any = 1.0, size: Any = None) -> Any:
    return _drawn(_legacy(here).exponential(float(values_of(scale)), _shape(here, span, size)))


def binomial(here: Any, span: Any, n: Any, p: Any, size: Any = None) -> Any:
    return _drawn(_legacy(here).binomial(whole(n), values_of(p), _shape(here, span, size)))


def poisson(here: Any, span: Any, lam: Any = 1.0, size: Any = None) -> Any:
    return _drawn(_legacy(here).poisson(values_of(lam), _shape(here, span, size)))


def shuffle(here: Any, span: Any, x: Any) -> None:
    """The items of a list or the rows of an array, put in another order in place."""
    order = _legacy(here).permutation(len(x))
    if isinstance(x, list):
        x[:] = [x[place] for place in order]
    elif isinstance(x, Tensor) and here.run.changing is not None:
        here.run.changing.overwrite(x, x[order])
    elif isinstance(x, np.ndarray):
        x[...] = x[order]
    else:
        raise Refusal(
            say("language.shuffle-changes-list", "`shuffle` changes a list or an array, not {kind}.", kind=kind_of(x)),
            say("language.write-permutation", "Write x = np.random.permutation(x)."),
        )


def tf_normal(here: Any, span: Any, shape: Any, mean: Any = 0.0, stddev: Any = 1.0) -> Any:
    return Tensor(normal(here, span, mean, stddev, shape))


def tf_uniform(here: Any, span: Any, shape: Any, minval: Any = 0.0, maxval: Any = 1.0) -> Any:
    return Tensor(uniform(here, span, minval, maxval, shape))


def torch_generator(here: Any, span: Any) -> RandomSource:
    return RandomSource(np.random.default_rng(0))


def _manual_seed(here: Any, span: Any, owner: RandomSource, value: Any) -> RandomSource:
    owner.generator = np.random.default_rng(_seed_value(value))
    return owner


class Key:
    """JAX's key: it has no state, so whoever draws twice with it gets the same numbers."""

    kind = say("language.random-key", "a random key")

    def __init__(self, seed: int) -> None:
        self.seed = seed


def _generator(key: Any) -> np.random.Generator:
    return np.random.default_rng(_checked(key).seed)


def _checked(key: Any) -> Key:
    if not isinstance(key, Key):
        raise Refusal(
            say("language.not-random-key", "{kind} is not a random key.", kind=kind_of(key).capitalize()),
            say("language.write-key-jax-random", "Write key = jax.random.key(0)."),
        )
    return key


def jax_key(here: Any, span: Any, value: Any = 0) -> Key:
    return Key(_seed_value(value))


def jax_split(here: Any, span: Any, key: Any, num: Any = 2) -> list:
    return [Key(int(seed)) for seed in _generator(key).integers(2**31, size=min(whole(num), 1000))]


def jax_normal(here: Any, span: Any, key: Any, shape: Any = ()) -> Any:
    return _drawn(_generator(key).standard_normal(_shape(here, span, shape)))


def jax_randint(here: Any, span: Any, key: Any, shape: Any, minval: Any, maxval: Any) -> Any:
    return _drawn(_generator(key).integers(whole(minval), whole(maxval), _shape(here, span, shape)))


def jax_permutation(here: Any, span: Any, key: Any, x: Any) -> Any:
    count = whole(x)
    if isinstance(count, int):
        return _generator(key).permutation(checked_shape(here, span, (count,))[0])
    return as_array(x)[_generator(key).permutation(len(x))]


def jax_choice(here: Any, span: Any, key: Any, a: Any, shape: Any = (), replace: Any = True) -> Any:
    count = whole(a)
    length = count if isinstance(count, int) else len(as_array(a))
    picked = _drawn(_generator(key).choice(length, _shape(here, span, shape), bool(replace)))
    return picked if isinstance(count, int) else as_array(a)[picked]


def jax_bernoulli(here: Any, span: Any, key: Any, p: Any = 0.5, shape: Any = None) -> Any:
    lengths = np.shape(values_of(p)) if shape is None else _shape(here, span, shape)
    return _generator(key).random(lengths) < values_of(p)


def jax_fold_in(key: Any, data: Any) -> Key:
    return Key(int(np.random.default_rng([_checked(key).seed, int(whole(data)) % 2**32]).integers(2**31)))


def jax_uniform(here: Any, span: Any, key: Any, shape: Any = (), minval: Any = 0.0, maxval: Any = 1.0) -> Any:
    return minval + (maxval - minval) * _drawn(_generator(key).random(_shape(here, span, shape)))


def python_random(here: Any, span: Any) -> float:
    return _python(here).random()


def python_uniform(here: Any, span: Any, a: Any, b: Any) -> Any:
    return a + (b - a) * _python(here).random()


def python_gauss(here: Any, span: Any, mu: Any = 0.0, sigma: Any = 1.0) -> Any:
    return mu + _python(here).gauss(0.0, 1.0) * sigma


def python_randint(here: Any, span: Any, a: Any, b: Any) -> int:
    return _python(here).randint(whole(a), whole(b))


def python_choice(here: Any, span: Any, seq: Any) -> Any:
    if not isinstance(seq, list | tuple | str | range) or not len(seq):
        raise Refusal(
            say("language.random-choice-picks-list", "`random.choice` picks from a list that has items."),
            say("language.write-random-choice-1", "Write random.choice([1, 2, 3])."),
        )
    return _python(here).choice(seq)


def python_shuffle(here: Any, span: Any, x: Any) -> None:
    if not isinstance(x, list):
        raise Refusal(
            say(
                "language.random-shuffle-changes-list", "`random.shuffle` changes a list, not {kind}.", kind=kind_of(x)
            ),
            say("language.write-x-list-x", "Write x = list(x) first."),
        )
    here.run.spend(len(x) // 64, span, here)
    _python(here).shuffle(x)


# -- generators that programs hold -------------------------------------------------------------------------------------


def random_state(here: Any, span: Any, value: Any = 0) -> RandomSource:
    """`np.random.RandomState(0)`, which gives NumPy's own numbers."""
    return RandomSource(np.random.RandomState(_seed_value(0 if value is None else value)))


class _AsLegacy:
    """The new kind of generator under the old kind's method names."""

    def __init__(self, generator: np.random.Generator) -> None:
        self.standard_normal = generator.standard_normal
        self.random_sample = generator.random
        self.randint = generator.integers
        self.permutation = generator.permutation
        self.choice = generator.choice
        self.multivariate_normal = generator.multivariate_normal
        self.exponential = generator.exponential
        self.binomial = generator.binomial
        self.poisson = generator.poisson

    def randn(self, *shape: int) -> Any:
        """Normal numbers in a shape."""
        return self.standard_normal(shape)

    def rand(self, *shape: int) -> Any:
        """Numbers from 0 to 1 in a shape."""
        return self.random_sample(shape)


def generator_method(function: Any) -> Any:
    """A method of a random number generator: a function of ours, with the generator in the place of the shared one."""

    def call(here: Any, span: Any, owner: RandomSource, *values: Any, **named: Any) -> Any:
        saved = here.run.memory.get("numpy")
        legacy = isinstance(owner.generator, np.random.RandomState)
        here.run.memory["numpy"] = owner.generator if legacy else _AsLegacy(owner.generator)
        try:
            return function(here, span, *values, **named)
        finally:
            here.run.memory["numpy"] = saved

    return call


def _reseed(here: Any, span: Any, owner: RandomSource, value: Any = 0) -> None:
    owner.generator = np.random.RandomState(_seed_value(value))


METHODS = (
    ("normal", normal, "loc scale size"), ("uniform", uniform, "low high size"), ("integers", randint, "low high size"),
    ("randint", randint, "low high size"), ("standard_normal", standard_normal, "size"),
    ("random", random_sample, "size"), ("random_sample", random_sample, "size"), ("randn", randn, "*shape"),
    ("rand", rand, "*shape"), ("permutation", permutation, "x"), ("shuffle", shuffle, "x"),
    ("choice", choice, "a size replace"), ("multivariate_normal", multivariate_normal, "mean cov size"),
    ("exponential", exponential, "scale size"), ("binomial", binomial, "n p size"), ("poisson", poisson, "lam size"),
)  # fmt: skip
GENERATOR_METHODS = {
    name: Builtin(name, generator_method(function), ("self", *signature.split()), wants_locals=True)
    for name, function, signature in METHODS
} | {
    "manual_seed": Builtin("manual_seed", _manual_seed, ("self", "seed:value"), wants_locals=True),
    "seed": Builtin("seed", _reseed, ("self", "seed:value"), wants_locals=True),
}

"""The normal distribution and SciPy's special functions, made of the engine's functions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core.functions.calling import FUNCTIONS, plain, shape_of
from core.functions.elementwise import log_softmax, softmax
from core.functions.products import inv, matmul, slogdet, solve
from core.functions.reductions import logsumexp, sum

erf, exp, log, neg, softplus, square = (FUNCTIONS[name] for name in ("erf", "exp", "log", "neg", "softplus", "square"))
HALF_LOG_TAU = 0.5 * math.log(2 * math.pi)
FAR = -10.0  # where a cumulative share is so small that its logarithm is taken from a series


def norm_logpdf(x: Any, loc: Any = 0.0, scale: Any = 1.0) -> Any:
    """The logarithm of the density of the normal distribution."""
    return neg(square((x - loc) / scale) / 2.0) - HALF_LOG_TAU - log(_double(scale))


def norm_pdf(x: Any, loc: Any = 0.0, scale: Any = 1.0) -> Any:
    """The density of the normal distribution."""
    return exp(neg(square((x - loc) / scale) / 2.0)) / (_double(scale) * math.sqrt(2 * math.pi))


def norm_cdf(x: Any, loc: Any = 0.0, scale: Any = 1.0) -> Any:
    """The share of the normal distribution below x."""
    return 0.5 + 0.5 * erf((x - loc) / (_double(scale) * math.sqrt(2.0)))


def norm_sf(x: Any, loc: Any = 0.0, scale: Any = 1.0) -> Any:
    """The share of the normal distribution above x."""
    return norm_cdf(neg(x - loc), 0.0, scale)


def norm_logcdf(x: Any, loc: Any = 0.0, scale: Any = 1.0) -> Any:
    """The logarithm of the share below x; far out by the asymptotic series (Abramowitz and Stegun, 26.2.12)."""
    z = (x - loc) / scale
    inside = FUNCTIONS["where"](np.asarray(plain(z)) > FAR, z, 0.0)
    outside = FUNCTIONS["where"](np.asarray(plain(z)) > FAR, FAR, z)
    squares = 1.0 / square(outside)
    series = 1.0 - squares * (1.0 - 3.0 * squares * (1.0 - 5.0 * squares * (1.0 - 7.0 * squares)))
    tail = norm_logpdf(outside) - log(neg(outside)) + log(series)
    return FUNCTIONS["where"](np.asarray(plain(z)) > FAR, log(norm_cdf(inside)), tail)


def multivariate_normal_logpdf(x: Any, mean: Any = None, cov: Any = 1.0) -> Any:
    """The logarithm of the density of the normal distribution of vectors, along the last axis."""
    length = shape_of(x)[-1] if shape_of(x) else 1
    centred = x - (0.0 if mean is None else mean)
    spread = cov * np.eye(length) if not shape_of(cov) else cov
    solved = matmul(centred, inv(spread)) if len(shape_of(centred)) > 1 else solve(spread, centred)
    return neg(sum(centred * solved, -1) + length * 2 * HALF_LOG_TAU + slogdet(spread).logabsdet) / 2.0


def multivariate_normal_pdf(x: Any, mean: Any = None, cov: Any = 1.0) -> Any:
    """The density of the normal distribution of vectors."""
    return exp(multivariate_normal_logpdf(x, mean, cov))


def erfc(x: Any) -> Any:
    """1 - erf(x)."""
    return 1.0 - erf(x)


def logit(x: Any) -> Any:
    """log(x / (1 - x))."""
    return log(x) - log(1.0 - x)


def log_expit(x: Any) -> Any:
    """log(sigmoid(x))."""
    return neg(softplus(neg(x)))


def softmax_of_all(x: Any, axis: Any = None) -> Any:
    """SciPy's softmax: over all elements unless an axis is named."""
    if axis is not None or len(shape_of(x)) < 2:
        return softmax(x, -1 if axis is None else axis)
    return exp(x - logsumexp(x))


def log_softmax_of_all(x: Any, axis: Any = None) -> Any:
    """SciPy's log_softmax: over all elements unless an axis is named."""
    if axis is not None or len(shape_of(x)) < 2:
        return log_softmax(x, -1 if axis is None else axis)
    return x - logsumexp(x)


def _double(scale: Any) -> Any:
    return float(scale) if scale.__class__ is int else scale


__all__ = [
    "erfc", "log_expit", "log_softmax_of_all", "logit", "multivariate_normal_logpdf", "multivariate_normal_pdf",
    "norm_cdf", "norm_logcdf", "norm_logpdf", "norm_pdf", "norm_sf", "softmax_of_all",
]  # fmt: skip

"""Which library's rules about changes in place a program follows."""

from core.language.dialects.changing import JAX, NUMPY, TENSORFLOW
from core.language.dialects.torch.changes import Torch

POLICIES = {"numpy": NUMPY, "torch": Torch(), "jax": JAX, "tensorflow": TENSORFLOW}

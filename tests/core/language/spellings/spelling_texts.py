"""Programs in the usual spellings; what they print is compared with what Python and the libraries print."""

# ruff: noqa: E501
TEXTS = {
    "optimizers of autograd": """import autograd.numpy as np
from autograd import grad
from autograd.misc import flatten
from autograd.misc.optimizers import adam, sgd, rmsprop
def objective(params, i):
    return np.sum((params[0] - 1.0) ** 2) + np.sin(params[1])
start = [np.array([0.5, 2.0]), 0.3]
for descend in [adam, sgd, rmsprop]:
    found = descend(grad(objective), start, num_iters=5, step_size=0.1)
    print(found[0].tolist(), float(found[1]))
vector, back = flatten(start)
print(vector.tolist(), back(vector * 2)[0].tolist())
seen = []
adam(grad(objective), start, callback=lambda params, i, g: seen.append(float(g[1])), num_iters=3)
print(seen)
""",
    "whole numbers of another base": """print(int("ff", 16), int("101", base=2), int("7"))
""",
    "old tensors": """import torch
torch.set_default_dtype(torch.float64)
from torch.autograd import Variable
x = Variable(torch.Tensor([1.0, 2.0]), requires_grad=True)
y = (x * x).mean()
y.backward()
print(x.grad.tolist(), torch.LongTensor([1, 2]).tolist(), torch.normal(torch.zeros(3, 2), 1).shape[1])
print(torch.ones(2).type(torch.LongTensor).tolist(), isinstance(x, torch.Tensor))
""",
    "no gradient registered": """import tensorflow as tf
image = tf.Variable([[[0.5, 0.0, 0.0]]])
delta = tf.Variable(0.1)
with tf.GradientTape() as tape:
    new_image = tf.image.adjust_contrast(image, delta)
print(new_image.numpy().tolist())
try:
    print(tape.gradient(new_image, [image, delta]))
except LookupError as error:
    print(f"{type(error).__name__}: {error}")
""",
    "randomstate": """import numpy as np
rng = np.random.RandomState(42)
x = rng.randn(3)
print(x.tolist(), rng.rand(2).tolist(), rng.uniform(-1, 1, size=(2,)).tolist(), rng.normal(0.0, 2.0, 2).tolist(), rng.randint(0, 10, 3).tolist(), rng.permutation(4).tolist())
""",
    "randomstate choice": """import numpy as np
rng = np.random.RandomState(0)
print(rng.choice(5, 3).tolist(), rng.random_sample(2).tolist(), rng.standard_normal(2).tolist())
""",
    "default_rng": """import numpy as np
rng = np.random.default_rng(1)
print(rng.normal(size=2).tolist(), rng.random(2).tolist(), rng.integers(0, 9, 3).tolist(), rng.uniform(0, 2, 2).tolist(), rng.standard_normal(2).tolist(), rng.permutation(4).tolist(), rng.choice(4, 2).tolist())
""",
    "legacy multivariate": """import numpy as np
np.random.seed(0)
print(np.random.multivariate_normal([0.0, 1.0], [[1.0, 0.3], [0.3, 2.0]], 2).tolist())
""",
    "shuffle": """import numpy as np
np.random.seed(3)
x = np.arange(5)
np.random.shuffle(x)
print(x.tolist(), np.random.exponential(2.0, 2).tolist(), np.random.binomial(5, 0.3, 3).tolist(), np.random.poisson(3.0, 2).tolist())
""",
    "c_": """import numpy as np
a = np.array([1.0, 2.0])
b = np.array([3.0, 4.0])
print(np.c_[a, b].tolist(), np.r_[a, b].tolist(), np.c_[np.ones(2), a].tolist(), np.r_[1.0, a].tolist(), np.r_[0:4].tolist())
""",
    "partial": """from functools import partial
def f(a, b, c=3):
    return a + b * c
g = partial(f, 2, c=5)
print(g(4), g.keywords if False else 0)
""",
    "itertools": """import itertools
print(list(itertools.product([1, 2], repeat=2)), list(itertools.accumulate([1, 2, 3])), list(itertools.islice(itertools.count(), 3)), list(itertools.combinations([1, 2, 3], 2)))
""",
    "jax stats": """import jax
import jax.numpy as jnp
jax.config.update('jax_enable_x64', True)
from jax.scipy.stats import norm
import jax.scipy.stats as stats
from jax.scipy.special import expit, logsumexp, erf
print(norm.pdf(0.3), norm.cdf(0.3), norm.logpdf(0.3), norm.logpdf(0.3, 1.0, 2.0), stats.norm.pdf(1.0, loc=0.5, scale=2.0), expit(0.2), logsumexp(jnp.array([1.0, 2.0])), erf(0.4))
print(jax.grad(norm.logpdf)(0.3), jax.grad(norm.cdf)(0.5), jax.grad(norm.pdf)(0.5))
""",
    "scipy": """import numpy as np
from scipy.special import expit, logsumexp, erf, softmax, log_softmax, xlogy
from scipy.stats import norm
import scipy.stats as st
print(expit(0.2), logsumexp([1.0, 2.0]), erf(0.4), softmax([1.0, 2.0]).tolist(), norm.cdf(0.3), norm.pdf(0.3), norm.logpdf(0.3), st.norm.pdf(1.0, loc=0.5, scale=2.0), xlogy(2.0, 3.0), norm.logcdf(-0.5))
""",
    "default device": """import torch
torch.set_default_dtype(torch.float64)
torch.set_default_device('cpu')
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
x = torch.ones(2, device=device).to(device)
print(x.tolist(), device)
""",
    "torch.Tensor": """import torch
torch.set_default_dtype(torch.float64)
x = torch.Tensor([1.0, 2.0])
print(x.tolist(), torch.FloatTensor([1.0]).tolist(), torch.Tensor(2, 3).shape[0], x.double().tolist(), torch.randn(size=(2, 3)).shape[1])
""",
    "grad_fn": """import torch
torch.set_default_dtype(torch.float64)
x = torch.tensor(2.0, requires_grad=True)
y = x * 3
z = y + 1
w = z.sum()
print(x.grad_fn, x.is_leaf, y.is_leaf, y.requires_grad)
print(type(y.grad_fn).__name__, y.grad_fn is None)
""",
    "types": """class A:
    b = 2
    def __init__(self):
        self.c = 3
a = A()
print(type(a).__name__, type(a) == A, isinstance(a, A), hasattr(a, 'c'), hasattr(a, 'd'), getattr(a, 'c'), getattr(a, 'd', 7), getattr(a, 'b'))
setattr(a, 'e', 5)
print(a.e, type(3) == int, type(3.0) is float, type('x').__name__, type([1]) == list)
""",
    "isinstance torch": """import torch
torch.set_default_dtype(torch.float64)
x = torch.tensor([1.0])
print(isinstance(x, torch.Tensor), isinstance(3, torch.Tensor), isinstance(x, (int, float)))
""",
    "isinstance np": """import numpy as np
x = np.array([1.0])
print(isinstance(x, np.ndarray), isinstance(3.0, np.ndarray), isinstance(3, (int, np.integer)), isinstance(2.0, (int, float)))
""",
    "isinstance tf": """import tensorflow as tf
print(isinstance(tf.constant(1.0), tf.Tensor), isinstance(tf.Variable(1.0), tf.Variable), isinstance(3, tf.Tensor))
""",
    "f formats": """x = 3.14159
n = 42
s = 'ab'
print(f'{x:.2f} {x:8.3f}| {n:05d} {n:>6} {n:<6}| {s:^6}| {x:e} {x:.3g} {n:,} {x!r} {n=} {0.25:.0%} {n:b} {n:x} {x:+.1f}')
print('{:.2f} {}'.format(x, n), '%d %.3f %s' % (n, x, s), 'a' + str(n))
""",
    "ints": """def add(a, b=3):
    return a + b
print(add(2, b=3), add(2))
x = 5
print(x, x * 2, x / 2)
for i in range(2):
    print(i * x)
""",
    "ints call": """def add(a, b=3):
    return a + b
print(add(2, b=3))
""",
    "ints f": """def f(x):
    return x ** 2 + 3 * x
print(f(2))
""",
    "torch misc": """import torch
torch.set_default_dtype(torch.float64)
x = torch.tensor([3.0, 1.0, 2.0])
print(torch.sort(x).values.tolist(), torch.argmax(x).item(), x.max().item(), torch.topk(x, 2).values.tolist(), torch.where(x > 1.5, x, torch.zeros(3)).tolist(), torch.cumsum(x, 0).tolist(), torch.clamp(x, 1.5, 2.5).tolist(), torch.outer(x, x)[0].tolist(), (x @ x).item(), torch.dot(x, x).item(), torch.norm(x).item())
""",
    "torch.func": """import torch
torch.set_default_dtype(torch.float64)
from torch.func import grad, vmap, jacrev, hessian
print(grad(lambda x: x ** 3)(torch.tensor(2.0)).item(), vmap(grad(torch.sin))(torch.tensor([0.1, 0.2])).tolist(), jacrev(lambda x: x ** 2)(torch.tensor([1.0, 2.0])).tolist())
""",
    "autograd.functional": """import torch
torch.set_default_dtype(torch.float64)
from torch.autograd.functional import jacobian, hessian
print(jacobian(lambda x: x ** 2, torch.tensor([1.0, 2.0])).tolist(), hessian(lambda x: (x ** 3).sum(), torch.tensor([1.0, 2.0])).tolist())
""",
    "grad enabled": """import torch
torch.set_default_dtype(torch.float64)
x = torch.tensor(2.0, requires_grad=True)
with torch.set_grad_enabled(False):
    y = x * 2
print(y.requires_grad)
with torch.enable_grad():
    z = x * 2
print(z.requires_grad, torch.is_grad_enabled())
with torch.inference_mode():
    w = x * 3
print(w.requires_grad)
@torch.no_grad()
def f(x):
    return x * 2
print(f(x).requires_grad)
""",
    "np misc": """import numpy as np
a = np.array([[1.0, 2.0], [3.0, 4.0]])
print(a.sum(axis=0).tolist(), np.linalg.norm(a), np.outer(a[0], a[1]).tolist(), a.flatten().tolist(), np.argmax(a, axis=1).tolist(), np.exp(a).sum(axis=1, keepdims=True).tolist(), np.eye(2)[[0, 1]].tolist(), np.hstack([a, a])[0].tolist(), np.clip(a, 1.5, 3.5).tolist(), a.mean(), a.std(), np.random.seed(0), np.unique([1, 1, 2]).tolist(), np.isclose(1.0, 1.0 + 1e-12), np.allclose(a, a), a.dtype, a.ndim, np.linspace(0, 1, 3).tolist(), np.meshgrid([1, 2], [3, 4])[0].tolist(), np.power(a, 2).tolist(), np.maximum(a, 2.0).tolist(), np.log1p(0.5), np.full((2,), 3.0).tolist(), np.cumsum(a).tolist(), np.prod(a), np.squeeze(a[None]).shape, np.tile(a[0], 2).tolist())
""",
    "dataclass": """from dataclasses import dataclass, field
from typing import List, Optional
@dataclass
class A:
    x: float
    ys: List[float] = field(default_factory=list)
    z: Optional[int] = None
a = A(1.5)
a.ys.append(2)
print(a, a == A(1.5, [2]))
""",
    "abc": """from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def f(self):
        pass
class D(Base):
    def f(self):
        return 3
print(D().f())
""",
    "copy": """import copy
a = {'x': [1, 2]}
b = copy.deepcopy(a)
b['x'].append(3)
print(a, b, copy.copy([1, 2]))
""",
    "operator": """import operator
from functools import reduce
print(reduce(operator.mul, [1, 2, 3]), operator.add(2, 3), sorted([(1, 'b'), (0, 'a')], key=operator.itemgetter(0)))
""",
    "math": """import math
from math import *
print(math.hypot(3, 4), math.comb(5, 2), math.isclose(1.0, 1.0), sqrt(16), pi, math.inf, math.floor(2.5), math.log(8, 2), math.exp(1), math.fabs(-2), math.prod([1, 2, 3]))
""",
    "string methods": """s = 'Hello, World'
print(s.lower(), s.split(', '), s.replace('l', 'L'), s[::-1], s.find('W'), 'abc'.join(['x', 'y']), s.startswith('He'), s.count('l'), ' x '.strip(), 'a'.upper(), 'x'.rjust(3), 'x'.ljust(3) + '|', 'x'.center(5), '5'.zfill(3), 'a,b'.partition(','), ord('a'), chr(98), '1'.isdigit())
""",
    "print formats": """import numpy as np
print('value', 1.0, 1e-10, 123456789.123, 1/3, True, None, [1.0, 2], (1,), {'a': 1.5}, {1, 2})
print('a', 'b', sep='-', end='!\\n')
print('=' * 10)
print()
""",
    "lambda default": """fs = [lambda x, i=i: x * i for i in range(3)]
print([f(2) for f in fs], (lambda *a, **k: (a, k))(1, b=2), max([3, 1], key=lambda x: -x), dict(zip('ab', [1, 2])), {k: v for k, v in [('a', 1)]}, [*range(3)], {**{'a': 1}, 'b': 2}, sum(x for x in range(4)), any([0, 1]), all([]), list(map(int, ['1', '2'])), list(filter(None, [0, 1])), sorted('bca'), list(reversed([1, 2])), divmod(7, 3), abs(-3), round(2.567, 2), pow(2, 3), bin(5), hex(255), isinstance(True, int))
""",
    "numbers typed whole": """a = 5
b = 3
c = a * b - a // 2
print(a, c, a / b, -a, [a, c], f'{c:04d} {a}', str(c), '{}'.format(a), a ** 2, a % b)
a += 2
print(a)
""",
    "collections": """from collections import defaultdict, OrderedDict, Counter
d = defaultdict(list)
d['x'].append(1)
d['y'].append(2)
print(dict(d), OrderedDict([('a', 1)])['a'], Counter('aab')['a'], Counter('aab').most_common(1))
""",
    "types of tensors": """import torch
torch.set_default_dtype(torch.float64)
x = torch.ones(2)
print(type(x).__name__, type(x) == torch.Tensor, type(torch.nn.Parameter(x)).__name__, isinstance(torch.nn.Parameter(x), torch.nn.Parameter))
""",
    "torch data": """import torch
from torch.utils.data import TensorDataset, DataLoader, Dataset
torch.set_default_dtype(torch.float64)
x = torch.arange(10.0).reshape(5, 2)
y = torch.arange(5)
loader = DataLoader(TensorDataset(x, y), batch_size=2)
print(len(loader), len(loader.dataset))
for xb, yb in loader:
    print(xb.tolist(), yb.tolist(), tuple(xb.shape))
class Squares(Dataset):
    def __init__(self, n):
        self.n = n
    def __len__(self):
        return self.n
    def __getitem__(self, i):
        return torch.tensor([float(i)]), float(i * i)
for step, (a, b) in enumerate(DataLoader(Squares(3), batch_size=2, drop_last=True)):
    print(step, a.tolist(), b.tolist())
w = torch.zeros(2, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.01)
for epoch in range(2):
    for xb, yb in loader:
        loss = ((xb @ w - yb) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
print(w.tolist())
""",
    "tf data": """import tensorflow as tf
x = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
y = tf.constant([1.0, 2.0, 3.0])
dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(2)
for xb, yb in dataset:
    print(xb.numpy().tolist(), yb.numpy().tolist())
for v in tf.data.Dataset.from_tensor_slices([1, 2, 3]).map(lambda v: v * 2).take(2).repeat(2):
    print(int(v))
print(len(dataset))
w = tf.Variable([0.5, -0.25])
for step, (xb, yb) in enumerate(dataset.prefetch(1)):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((tf.linalg.matvec(xb, w) - yb) ** 2)
    w.assign_sub(0.0625 * tape.gradient(loss, w))
    print(step, float(loss))
""",
}

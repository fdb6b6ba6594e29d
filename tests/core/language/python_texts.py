"""Texts of the kind that learners paste, whose output CPython and this language must share."""

# fmt: off
VALUE = '''
class Value:
    def __init__(self, data, _children=(), _op=""):
        self.data = data
        self.grad = 0.0
        self._prev = set(_children)
        self._op = _op
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def __pow__(self, k):
        assert isinstance(k, (int, float)), "only numbers"
        out = Value(self.data ** k, (self,), f"**{k}")
        def _backward():
            self.grad += k * self.data ** (k - 1) * out.grad
        out._backward = _backward
        return out

    def tanh(self):
        import math
        t = math.tanh(self.data)
        out = Value(t, (self,), "tanh")
        def _backward():
            self.grad += (1 - t ** 2) * out.grad
        out._backward = _backward
        return out

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + (-other)
    def __radd__(self, other): return self + other
    def __rsub__(self, other): return other + (-self)
    def __rmul__(self, other): return self * other
    def __truediv__(self, other): return self * other ** -1
    def __rtruediv__(self, other): return other * self ** -1

    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for child in node._prev:
                    visit(child)
                order.append(node)
        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()

    def __repr__(self):
        return f"Value(data={self.data:.6f}, grad={self.grad:.6f})"
'''

NETWORK = VALUE + '''
class Module:
    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0.0
    def parameters(self):
        return []

class Neuron(Module):
    made = 0
    def __init__(self, nin, nonlin=True):
        self.w = [Value(0.1 * (i + 1) * (-1) ** (i + Neuron.made)) for i in range(nin)]
        self.b = Value(0.0)
        self.nonlin = nonlin
        Neuron.made += 1
    def __call__(self, x):
        act = sum((wi * xi for wi, xi in zip(self.w, x)), self.b)
        return act.tanh() if self.nonlin else act
    def parameters(self):
        return self.w + [self.b]
    def __repr__(self):
        return f"{'Tanh' if self.nonlin else 'Linear'}Neuron({len(self.w)})"

class Layer(Module):
    def __init__(self, nin, nout, **kwargs):
        self.neurons = [Neuron(nin, **kwargs) for _ in range(nout)]
    def __call__(self, x):
        out = [n(x) for n in self.neurons]
        return out[0] if len(out) == 1 else out
    def parameters(self):
        return [p for n in self.neurons for p in n.parameters()]
    def __repr__(self):
        return f"Layer of [{', '.join(str(n) for n in self.neurons)}]"

class MLP(Module):
    def __init__(self, nin, nouts):
        sz = [nin] + nouts
        self.layers = [Layer(sz[i], sz[i + 1], nonlin=i != len(nouts) - 1) for i in range(len(nouts))]
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
    def __repr__(self):
        return f"MLP of [{', '.join(str(layer) for layer in self.layers)}]"

model = MLP(2, [3, 1])
print(model)
print("parameters:", len(model.parameters()))
data = [([1.0, -0.5], 1.0), ([-1.0, 0.5], -1.0)]
for step in range(5):
    loss = sum((model(x) - y) ** 2 for x, y in data)
    model.zero_grad()
    loss.backward()
    for p in model.parameters():
        p.data += -0.1 * p.grad
    print(step, f"{loss.data:.9f}", "%.9f" % model.layers[0].neurons[0].w[0].grad)
'''

DUAL = '''
import math
class Dual:
    def __init__(self, real, eps=0.0):
        self.real = real
        self.eps = eps
    def _lift(self, other):
        return other if isinstance(other, Dual) else Dual(other)
    def __add__(self, other):
        other = self._lift(other)
        return Dual(self.real + other.real, self.eps + other.eps)
    __radd__ = __add__
    def __mul__(self, other):
        other = self._lift(other)
        return Dual(self.real * other.real, self.real * other.eps + self.eps * other.real)
    __rmul__ = __mul__
    def __sub__(self, other): return self + -1 * self._lift(other)
    def __truediv__(self, other):
        other = self._lift(other)
        return Dual(self.real / other.real, (self.eps * other.real - self.real * other.eps) / other.real ** 2)
    def __pow__(self, n): return Dual(self.real ** n, n * self.real ** (n - 1) * self.eps)
    def __lt__(self, other): return self.real < self._lift(other).real
    def __eq__(self, other): return isinstance(other, Dual) and (self.real, self.eps) == (other.real, other.eps)
    def __float__(self): return float(self.real)
    def __str__(self): return f"{self.real:.4f} + {self.eps:.4f}e"

def sin(d): return Dual(math.sin(d.real), math.cos(d.real) * d.eps)
def f(x): return sin(x) * x ** 3 / (x + 2) - 1
d = f(Dual(1.5, 1.0))
print(d, d < 3, d == Dual(d.real, d.eps), d != 1.0, float(d) > 0)
print(max([Dual(1.0), Dual(3.0), Dual(2.0)], key=lambda one: one.real))
print(sorted([Dual(1.0), Dual(3.0), Dual(2.0)])[0])
'''

NODES = '''
class Node:
    def __init__(self, *children): self.children = children
    def forward(self): raise NotImplementedError("forward")
class Const(Node):
    def __init__(self, value):
        super().__init__()
        self.value = value
        self.grad = 0.0
    def forward(self): return self.value
    def back(self, g): self.grad += g
class Mul(Node):
    def forward(self):
        a, b = self.children
        self.value = a.forward() * b.forward()
        return self.value
    def back(self, g):
        a, b = self.children
        a.back(g * b.value)
        b.back(g * a.value)
class Broken(Node):
    pass
x, y = Const(2.0), Const(-1.5)
top = Mul(Mul(x, x), y)
print(top.forward())
top.back(1.0)
print(x.grad, y.grad)
try:
    Broken().forward()
except NotImplementedError as error:
    print("missing:", error)
'''

LAYERS = '''
import numpy as np
class Linear:
    def __init__(self, w, b):
        self.w, self.b = np.array(w), np.array(b)
    def forward(self, x):
        self.x = x
        return x @ self.w + self.b
    def backward(self, grad):
        self.dw = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.w.T
class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out
    def backward(self, grad):
        return grad * self.out * (1 - self.out)
net = [Linear([[0.1, 0.4], [-0.3, 0.2]], [0.0, 0.1]), Sigmoid(), Linear([[0.5], [-0.25]], [0.2])]
X = np.array([[1.0, 2.0], [-1.0, 0.5]])
t = np.array([[1.0], [0.0]])
for epoch in range(4):
    out = X
    for layer in net:
        out = layer.forward(out)
    loss = ((out - t) ** 2).mean()
    grad = 2 * (out - t) / len(t)
    for layer in net[::-1]:
        grad = layer.backward(grad)
    for layer in net:
        if isinstance(layer, Linear):
            layer.w = layer.w - 0.5 * layer.dw
            layer.b -= 0.5 * layer.db
    print(epoch, "%.10f" % loss)
'''

TEXTS = {
    "autograd engine": VALUE + '''
a = Value(2.0); b = Value(-3.0)
c = (a * b + a ** 3).tanh() + 1.0 / b - 2 * a
c.backward()
print(c, a, b)
print(sum([a, b]) / 2)
''',
    "network": NETWORK,
    "dual numbers": DUAL,
    "expression nodes": NODES,
    "numpy layers": LAYERS,
    "properties": '''
class Circle:
    pi = 3.14159
    count = 0
    def __init__(self, r):
        self._r = r
        Circle.count += 1
    @property
    def r(self): return self._r
    @r.setter
    def r(self, value):
        if value < 0: raise ValueError("negative radius")
        self._r = value
    @property
    def area(self): return self.pi * self.r ** 2
    @staticmethod
    def double(x): return 2 * x
    @classmethod
    def unit(cls): return cls(1.0)
c = Circle.unit()
c.r = 2.0
print(c.area, Circle.double(4), Circle.count, c.__class__.__name__)
try:
    c.r = -1.0
except ValueError as e:
    print(type(e).__name__, e)
try:
    c.area = 3
except AttributeError:
    print("read only")
''',
    "containers": '''
class Stack:
    def __init__(self, *items): self.items = list(items)
    def __len__(self): return len(self.items)
    def __getitem__(self, i): return self.items[i]
    def __setitem__(self, i, v): self.items[i] = v
    def __contains__(self, x): return x in self.items
    def __iter__(self): return iter(self.items) if False else (x for x in self.items)
    def __bool__(self): return bool(self.items)
    def __call__(self, k=1, *, scale=1): return [k * scale * x for x in self]
s = Stack(1, 2, 3)
s[0] = 10
s[1] += 5
print(len(s), s[0], s[-1], s[1:], 2 in s, 7 in s, list(s), bool(Stack()), s(2, scale=3), [*s], max(s), sum(s))
a, *b = s
print(a, b, {x: x * x for x in s}, sorted(s, key=lambda v: -v))
class Count:
    def __init__(self, n): self.n = n
    def __iter__(self):
        self.i = 0
        return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(Count(4)), sum(Count(3)), [x * y for x in Count(2) for y in Count(2)])
class Squares:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
print(list(Squares()))
''',
    "inheritance": '''
class A:
    def who(self): return "A"
    def hello(self): return "hello " + self.who()
class B(A):
    def who(self): return "B" + super().who()
class C(A):
    def who(self): return "C" + super().who()
class D(B, C):
    def who(self): return "D" + super().who()
    def hello(self): return super().hello() + "!"
d = D()
print(d.hello(), isinstance(d, A), isinstance(A(), D), issubclass(D, C), D.__name__)
class P:
    def __init__(self, a, b=2): self.a, self.b = a, b
class Q(P):
    def __init__(self, a, *args, **kw):
        super().__init__(a, *args, **kw)
        super(Q, self).__init__(a, b=self.b + 1)
print(Q(1).b, Q(1, 5).b, Q(1, b=7).b)
''',
    "identity": '''
class N:
    def __init__(self, v): self.v = v
a, b = N(1), N(1)
names = {a: "a", b: "b"}
print(names[a], names[b], a == b, a == a, a in {a}, b in [a], len({a, b, a}), a is a, a != b)
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __hash__(self): return hash(self.x) if False else self.x
print(P(1) == P(1), len({P(1), P(1), P(2)}), {P(1): "one"}[P(1)], P(3) in [P(2), P(3)])
''',
    "operators": '''
class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def __iadd__(self, o):
        self.x += o.x
        self.y += o.y
        return self
    def __neg__(self): return V(-self.x, -self.y)
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __mul__(self, k):
        if not isinstance(k, (int, float)): return NotImplemented
        return V(self.x * k, self.y * k)
    def __rmul__(self, k): return self * k
    def __repr__(self): return "V(%r, %r)" % (self.x, self.y)
    def __mod__(self, k): return V(self.x % k, self.y % k)
    def __floordiv__(self, k): return V(self.x // k, self.y // k)
v, w = V(3.0, 4.0), V(1.0, 2.0)
before = v
v += w
print(v, before is v, -w, abs(V(3.0, 4.0)), v @ w, 2 * w, w * 3, [v, w], v % 3, v // 2)
try:
    v * w
except TypeError:
    print("no product")
''',
    "exceptions": '''
class AppError(Exception):
    pass
class Detail(AppError):
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code
def run(kind):
    try:
        if kind == 0: raise Detail(42, "detail")
        if kind == 1: return [1, 2][5]
        if kind == 2: return {"a": 1}["b"]
        if kind == 3: return 1 / 0
        if kind == 4: return int("x1")
        if kind == 5: return undefined_thing if kind > 9 else None.real
        if kind == 6: assert kind == 7, "six is not seven"
        if kind == 7: raise RuntimeError("a", 1)
        if kind == 8: raise KeyError
        return "fine"
    except Detail as e:
        return f"detail {e.code} {e} {e.args}"
    except (IndexError, KeyError) as e:
        return f"lookup {type(e).__name__} {e}"
    except ZeroDivisionError as e:
        return f"zero {e}"
    except ValueError:
        return "value"
    except AssertionError as e:
        return f"assertion {e}"
    except Exception as e:
        return f"other {type(e).__name__}"
    finally:
        print("done", kind, end="; ")
for k in range(10):
    print(run(k))
def outer():
    try:
        try:
            raise ValueError("inner")
        except ValueError as e:
            raise AppError("outer") from e
    except AppError as e:
        print(repr(e), isinstance(e, Exception), e.args)
        raise
try:
    outer()
except AppError:
    print("again")
else:
    print("never")
for i in range(3):
    try:
        if i == 1: continue
        if i == 2: break
        print("body", i)
    finally:
        print("finally", i)
''',
    "generators": '''
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
    else:
        yield "end"
def tree(t):
    if isinstance(t, list):
        for part in t:
            yield from tree(part)
    else:
        yield t
def pairs(xs):
    for i, x in enumerate(xs, start=1):
        if x % 2: continue
        if x > 8: return
        y = yield i, x
        print("sent", y)
def safe():
    try:
        yield 1
        raise ValueError("stop")
    except ValueError as e:
        print("caught", e)
    yield 2
print(list(count(3)), list(tree([1, [2, [3]], 4])), list(pairs(range(12))))
g = count(2)
print(next(g), next(g), next(g), next(g, "over"))
try:
    next(g)
except StopIteration:
    print("empty")
print(list(safe()), sum(x * x for x in count(0) if x != "end"), dict(zip("ab", count(2))))
class Data:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n):
            yield i, i ** 2
print(list(Data(3)), [a + b for a, b in Data(3)])
''',
    "match": '''
from dataclasses import dataclass
@dataclass
class Point:
    x: float
    y: float = 0.0
def kind(v):
    match v:
        case 0: return "zero"
        case 1 | 2: return "small"
        case "a": return "letter"
        case True: return "true"
        case None: return "none"
        case []: return "empty"
        case [x]: return f"one {x}"
        case [x, *rest] if x == 9: return f"nine {rest}"
        case (x, y): return f"pair {x} {y}"
        case {"op": "add", **more}: return f"add {more}"
        case Point(x=0.0, y=y): return f"on axis {y}"
        case Point(a, b): return f"point {a} {b}"
        case int(n): return f"int {n}"
        case str() as s: return f"text {s}"
        case _: return "other"
values = [0, 2, "a", None, [], [5], [9, 8, 7], (1, 2), {"op": "add", "l": 1}]
for v in [*values, Point(0.0, 3.0), Point(1.0), 77, "bc", 1.5]:
    print(kind(v))
''',
    "dataclasses": '''
from dataclasses import dataclass, field, asdict
@dataclass
class Config:
    lr: float = 0.1
    sizes: list = field(default_factory=list)
    name: str = "net"
    def scaled(self, k): return Config(self.lr * k, self.sizes, self.name)
@dataclass(frozen=True)
class Key:
    a: int
    b: int = 2
@dataclass
class Child(Config):
    depth: int = 3
    def __post_init__(self): self.total = self.depth * 2
c = Config(sizes=[1, 2])
d = Config()
d.sizes.append(5)
print(c, d, c == Config(0.1, [1, 2]), c != d, c.scaled(2).lr, asdict(c))
print(Key(1), Key(1) == Key(1, 2), {Key(1): "k"}[Key(1)], Child(depth=4), Child().total)
try:
    Key(1).a = 3
except AttributeError:
    print("frozen")
''',
    "named tuples": '''
from collections import namedtuple
from typing import NamedTuple
P = namedtuple("P", ["a", "b"])
Q = namedtuple("Q", "u v", defaults=[7])
class R(NamedTuple):
    x: float
    y: float = 1.5
p = P(1.0, b=2.0)
a, b = p
print(p, p.a, p[1], a + b, len(p), p._replace(a=5.0), list(p), Q(1), R(2.0), R(2.0).y, p == (1.0, 2.0), p._asdict())
''',
    "functools": '''
from functools import partial, reduce, lru_cache, wraps
import itertools
from itertools import count, product, chain, repeat, cycle, accumulate, islice, zip_longest
def power(x, n): return x ** n
square = partial(power, n=2)
print(square(3.0), list(map(partial(power, 2), [1, 2, 3])), reduce(lambda a, b: a * b, [1, 2, 3, 4]))
print(reduce(power, [2], 3))
print(list(islice(count(2, 3), 4)), list(product("ab", [1, 2])), list(chain([1], (2, 3))), list(repeat(0, 3)))
print(list(islice(cycle([1, 2]), 5)), list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b)))
print(list(zip_longest([1, 2, 3], "a", fillvalue="-")), list(itertools.combinations([1, 2, 3], 2)))
@lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50))
def logged(f):
    @wraps(f)
    def inner(*args, **kw):
        print("call", args, kw)
        return f(*args, **kw)
    return inner
def times(n):
    def deco(f):
        return lambda *a: [f(*a) for _ in range(n)]
    return deco
@logged
def add(a, b=1): return a + b
@times(2)
def twice(x): return x * 10
print(add(2.0, b=3.0), twice(4.0))
''',
    "function attributes": '''
def f(x):
    f.calls += 1
    return x * 2
f.calls = 0
f(1); f(2)
f.label = "double"
print(f.calls, f.label, f.__name__)
def make():
    total = 0
    def add(x):
        nonlocal total
        total += x
        return total
    return add
g = make()
g(1.5); print(g(2))
counter = 0
def bump():
    global counter
    counter += 1
bump(); bump()
print(counter)
''',
    "small things": '''
from typing import List, Optional, Callable
xs: List[float] = [3.0, 1.0, 2.0]
def apply(f: Callable[[float], float], x: Optional[float] = None) -> float:
    return f(x if x is not None else 1.0)
if (n := len(xs)) > 2:
    print(n, [y := 5, y ** 2], [last := v for v in xs], last)
print(apply(lambda t, k=2: t * k), apply(lambda t: -t, 4.0))
first, *middle, end = [1, 2, 3, 4]
print(first, middle, end, [*middle, *xs], {**{"a": 1}, "b": 2}, (*xs, 9))
print("a-b-c".split("-"), "x".join(["1", "2"]), "Hello".lower(), " pad ".strip(), "abc"[::-1], "a,b".replace(",", ";"))
print("%d items, %.2f, %s" % (3, 2.5, [1]), "{:>6.2f}|{:<4}|".format(1.5, "ab"), f"{xs!r} {n:03d}", end="!\\n")
print({1, 2} | {2, 3}, {1, 2} & {2, 3}, sorted({3, 1, 2}, reverse=True), 3 in {1, 2}, {1, 2} - {2}, {1} <= {1, 2})
k = 0
while k < 3:
    k += 1
    if k == 7: break
else:
    print("no break", k)
for i, (a, b) in enumerate(zip("ab", [1, 2]), 1):
    print(i, a, b, sep="/")
try:
    assert k == 4, f"k is {k}"
except AssertionError as e:
    print(e)
print(isinstance(1, int), isinstance(1.0, (int, float)), isinstance("a", str), isinstance([], (list, tuple)))
print(any([0, 1]))
print(*[1, 2, 3], sep=", ")
print(type(1).__name__, type("a").__name__, type([]).__name__, round(2.567, 2), divmod(7, 2), abs(-3), pow(2, 3))
''',
    "context managers": '''
class Timer:
    depth = 0
    def __init__(self, name): self.name = name
    def __enter__(self):
        Timer.depth += 1
        print("enter", self.name)
        return self
    def __exit__(self, kind, error, trace):
        Timer.depth -= 1
        print("exit", self.name, kind is None)
        return self.name == "quiet"
with Timer("a") as t, Timer("b"):
    print(t.name, Timer.depth)
with Timer("quiet"):
    raise ValueError("hidden")
try:
    with Timer("loud"):
        raise ValueError("seen")
except ValueError as e:
    print(e)
''',
}

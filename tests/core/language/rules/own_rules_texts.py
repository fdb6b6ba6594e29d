"""Programs with derivatives of their own; what they print is compared with what the libraries print."""

TORCH = """import torch
torch.set_default_dtype(torch.float64)
"""
JAX = """import jax
import jax.numpy as jnp
from functools import partial
jax.config.update("jax_enable_x64", True)
"""
AUTOGRAD = """import autograd.numpy as np
from autograd import grad
from autograd.extend import primitive, defvjp
"""
TEXTS = {
    "torch: a cube": TORCH + """class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3
    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        return grad_output * 3 * x ** 2
x = torch.tensor([1.0, -2.0], requires_grad=True)
y = Cube.apply(x * 2)
y.sum().backward()
print(y.tolist(), x.grad.tolist())
""",
    "torch: a wrong rule stays wrong": TORCH + """from torch.autograd import Function
class Straight(Function):
    @staticmethod
    def forward(ctx, x, scale):
        ctx.scale = scale
        return (x > 0).double() * scale
    @staticmethod
    def backward(ctx, g):
        return g * ctx.scale, None
straight = Straight.apply
x = torch.tensor([0.5, -0.5], requires_grad=True)
out = straight(x, 3.0)
out.backward(torch.tensor([1.0, 2.0]))
print(out.tolist(), x.grad.tolist(), out.requires_grad)
""",
    "torch: several results": TORCH + """class Both(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y, x + y
    @staticmethod
    def backward(ctx, g1, g2):
        x, y = ctx.saved_tensors
        return g1 * y + g2, g1 * x + g2
x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor(5.0, requires_grad=True)
a, b = Both.apply(x, y)
(a * b).backward()
print(a.item(), b.item(), x.grad.item(), y.grad.item())
""",
    "torch: the new style": TORCH + """class Exp(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return torch.exp(x)
    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)
    @staticmethod
    def backward(ctx, g):
        result, = ctx.saved_tensors
        return g * result
x = torch.tensor(0.5, requires_grad=True)
Exp.apply(x).backward()
print(x.grad.item())
""",
    "torch: differentiated twice": TORCH + """class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, g):
        return 2 * ctx.saved_tensors[0] * g
x = torch.tensor(3.0, requires_grad=True)
first, = torch.autograd.grad(Square.apply(x) * x, x, create_graph=True)
second, = torch.autograd.grad(first, x)
print(first.item(), second.item())
""",
    "torch: inside a module": TORCH + """import torch.nn as nn
class Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return torch.sign(input)
    @staticmethod
    def backward(ctx, grad_output):
        input, = ctx.saved_tensors
        grad_input = grad_output.clone()
        grad_input[input.abs() > 1] = 0
        return grad_input
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2, bias=False)
    def forward(self, x):
        return Sign.apply(self.fc(x))
net = Net()
with torch.no_grad():
    net.fc.weight.copy_(torch.tensor([[0.5, 0.1], [2.0, 1.0]]))
net(torch.tensor([[1.0, 2.0]])).sum().backward()
print(net.fc.weight.grad.tolist())
""",
    "jax: custom_vjp": JAX + """@jax.custom_vjp
def f(x, y):
    return jnp.sin(x) * y
def f_fwd(x, y):
    return f(x, y), (jnp.cos(x), jnp.sin(x), y)
def f_bwd(res, g):
    cos_x, sin_x, y = res
    return (cos_x * g * y, sin_x * g)
f.defvjp(f_fwd, f_bwd)
print(f(2.0, 3.0), jax.grad(f)(2.0, 3.0), [float(g) for g in jax.grad(f, argnums=(0, 1))(2.0, 3.0)])
""",
    "jax: a clipped gradient": JAX + """@partial(jax.custom_vjp, nondiff_argnums=(0, 1))
def clip_gradient(lo, hi, x):
    return x
def fwd(lo, hi, x):
    return x, None
def bwd(lo, hi, res, g):
    return (jnp.clip(g, lo, hi),)
clip_gradient.defvjp(fwd, bwd)
print(jax.grad(lambda x: clip_gradient(-0.75, 0.75, x ** 3))(2.0))
print(jax.grad(lambda x: jnp.sum(clip_gradient(-0.75, 0.75, x) * x))(jnp.array([0.5, 3.0])).tolist())
""",
    "jax: custom_jvp": JAX + """@jax.custom_jvp
def log1pexp(x):
    return jnp.log(1.0 + jnp.exp(x))
@log1pexp.defjvp
def log1pexp_jvp(primals, tangents):
    x, = primals
    x_dot, = tangents
    ans = log1pexp(x)
    ans_dot = (1 - 1 / (1 + jnp.exp(x))) * x_dot
    return ans, ans_dot
print(jax.grad(log1pexp)(3.0), jax.grad(log1pexp)(100.0), jax.grad(jax.grad(log1pexp))(0.5))
print(jax.grad(lambda v: log1pexp(v).sum())(jnp.array([0.1, -0.2])).tolist())
""",
    "jax: custom_jvp of two arguments": JAX + """@jax.custom_jvp
def f(x, y):
    return x * y ** 2
f.defjvps(lambda x_dot, ans, x, y: y ** 2 * x_dot, lambda y_dot, ans, x, y: 2 * x * y * y_dot)
print([float(g) for g in jax.grad(f, (0, 1))(2.0, 3.0)], f(2.0, 3.0))
""",
    "autograd: a primitive": AUTOGRAD + """@primitive
def logsumexp(x):
    max_x = np.max(x)
    return max_x + np.log(np.sum(np.exp(x - max_x)))
def logsumexp_vjp(ans, x):
    x_shape = x.shape
    return lambda g: np.full(x_shape, g) * np.exp(x - np.full(x_shape, ans))
defvjp(logsumexp, logsumexp_vjp)
def example(y):
    return logsumexp(y ** 2)
print(example(np.array([1.5, 0.7, 0.2])), grad(example)(np.array([1.5, 0.7, 0.2])).tolist())
""",
    "autograd: two arguments": AUTOGRAD + """@primitive
def f(x, y):
    return x * x * y
defvjp(f, lambda ans, x, y: lambda g: g * 2 * x * y, lambda ans, x, y: lambda g: g * x * x)
print(grad(f)(3.0, 2.0), grad(f, 1)(3.0, 2.0), grad(grad(f))(3.0, 2.0))
""",
}

"""Derivatives and `vmap` over tuples, lists, dictionaries and any argument: numbers as measured of JAX 0.10."""

import re

import numpy as np
import pytest

from core.language import parse
from core.run import record

BEFORE = "V = jnp.arange(6.).reshape(3, 2)\ni = jnp.arange(1, 3)\ns = lambda x: (x**2).sum()\n"
# An expression, and all numbers of its value in order.
MEASURED = (
    ("jax.jvp(s,[jnp.array([1.,2.])],[jnp.array([1.,2.])])", [5.0, 10.0]),
    ("jax.grad(lambda x:x[0]*x[1])([1.0,2.0])", [2.0, 1.0]),
    ("jax.grad(lambda x:(x**2,{'a':x}),has_aux=True)(2.0)", [4.0, 2.0]),
    ("jax.value_and_grad(lambda x:(x**2,{'a':x}),has_aux=True)(2.0)", [4.0, 2.0, 4.0]),
    ("jax.jacrev(lambda x:(x**2,x),has_aux=True)(jnp.ones(2))", [2.0, 0.0, 0.0, 2.0, 1.0, 1.0]),
    ("jax.jacfwd(lambda x:(x**2,x),has_aux=True)(jnp.ones(2))", [2.0, 0.0, 0.0, 2.0, 1.0, 1.0]),
    (
        "jax.jacrev(lambda p:{'u':p['a']*p['b'],'v':p['a'].sum()})({'a':jnp.array([1.,2.]),'b':jnp.array([3.,4.])})",
        [3.0, 0.0, 0.0, 4.0, 1.0, 0.0, 0.0, 2.0, 1.0, 1.0, 0.0, 0.0],
    ),
    ("jax.jacrev(lambda x,y:x*y,argnums=(0,1))(jnp.ones(2),jnp.ones(2))", [1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0]),
    ("jax.hessian(lambda x,y:x**2*y,argnums=(0,1))(2.0,3.0)", [6.0, 4.0, 4.0, 0.0]),
    ("jax.hessian(lambda p:p['a']**2*p['b'])({'a':2.0,'b':3.0})", [6.0, 4.0, 4.0, 0.0]),
    ("jax.hessian(lambda x:x**3)(jnp.array([1.,2.]))", [6.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 12.0]),
    ("jax.hessian(lambda x:(x**3,x),has_aux=True)(2.0)", [12.0, 2.0]),
    ("jax.vmap(lambda x:(x**2,3*x))(jnp.arange(3.))", [0.0, 1.0, 4.0, 0.0, 3.0, 6.0]),
    ("jax.vmap(lambda x:{'a':x})(jnp.arange(3.))", [0.0, 1.0, 2.0]),
    ("jax.vmap(lambda x:None)(jnp.arange(3.))", []),
    ("jax.vmap(lambda x:1.0)(jnp.arange(3.))", [1.0, 1.0, 1.0]),
    ("jax.vmap(lambda x:x*2,in_axes=1,out_axes=1)(V)", [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]),
    ("jax.vmap(lambda x:(x*2,x.sum()),in_axes=1,out_axes=(1,0))(V)", [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 6.0, 9.0]),
    ("jax.vmap(lambda x:(x*2,1.0),in_axes=1,out_axes=(1,None))(V)", [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 1.0]),
    ("jax.vmap(lambda x,y:x@y,in_axes=(0,None))(V,jnp.ones(2))", [1.0, 5.0, 9.0]),
    ("jax.vmap(lambda x,y:x@y,in_axes=[0,None])(V,jnp.ones(2))", [1.0, 5.0, 9.0]),
    ("jax.vmap(lambda x:x,in_axes=-1,out_axes=-1)(V)", [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
    (
        "jax.vmap(lambda p,x:p['w']@x+p['b'],in_axes=({'w':None,'b':None},0))({'w':jnp.ones((2,2)),'b':1.0},V)",
        [2.0, 2.0, 6.0, 6.0, 10.0, 10.0],
    ),
    ("jax.vmap(lambda p:p['w'].sum()+p['b'])({'w':V,'b':jnp.arange(3.)})", [1.0, 6.0, 11.0]),
    ("jax.vmap(lambda x,y:x+y)(V,y=V)", [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]),
    ("jax.vmap(jax.grad(lambda x:x**3))(jnp.arange(3.))", [0.0, 3.0, 12.0]),
    (
        "jax.vmap(jax.vmap(lambda x,y:x*y,(None,0)),(0,None))(jnp.arange(3.),jnp.arange(2.))",
        [0.0, 0.0, 0.0, 1.0, 0.0, 2.0],
    ),
    ("jax.vmap(jax.value_and_grad(lambda x:x**3))(jnp.arange(3.))", [0.0, 1.0, 8.0, 0.0, 3.0, 12.0]),
    ("jax.vmap(lambda x: x,axis_size=3)(jnp.arange(3.))", [0.0, 1.0, 2.0]),
    ("(lambda y,f:(y,f(1.0)))(*jax.linearize(lambda x:x**2,3.0))", [9.0, 6.0]),
    ("(lambda y,f:(y,f(1.0,2.0)))(*jax.linearize(lambda x,z:(x**2*z,x),3.0,2.))", [18.0, 3.0, 30.0, 1.0]),
    ("(lambda y,f:(y,f({'u':1.0})))(*jax.vjp(lambda x:{'u':x**2},3.0))", [9.0, 6.0]),
    ("(lambda y,f:(y,f((1.0,2.0))))(*jax.vjp(lambda x,y:(x*y,x),3.0,2.0))", [6.0, 3.0, 4.0, 3.0]),
    ("(lambda y,f,a:(y,f(1.0),a))(*jax.vjp(lambda x:(x*x,x),3.0,has_aux=True))", [9.0, 6.0, 3.0]),
    ("jax.jvp(lambda x:(x*x,x),(3.0,),(1.0,),has_aux=True)", [9.0, 6.0, 3.0]),
    ("jax.jvp(lambda p:{'y':p['a']*p['b']},({'a':2.0,'b':3.0},),({'a':1.0,'b':0.0},))", [6.0, 3.0]),
    ("jax.jit(lambda x,n:x**n,static_argnums=1)(2.0,3)", [8.0]),
    ("jax.grad(lambda x,y:x*y)(2.0,y=3.0)", [3.0]),
    ("jax.grad(jax.checkpoint(lambda x:x*x))(2.0)", [4.0]),
    ("jax.jacfwd(lambda x:(x**2,x.sum()))(jnp.ones(2))", [2.0, 0.0, 0.0, 2.0, 1.0, 1.0]),
    ("jax.jacrev(lambda x:x**2)(2.0)", [4.0]),
    ("jax.jacfwd(lambda x:x**2)(2.0)", [4.0]),
    (
        "jax.jacfwd(jax.jacrev(lambda p:p['a']@p['a']*p['b']))({'a':jnp.ones(2),'b':2.0})",
        [4.0, 0.0, 0.0, 4.0, 2.0, 2.0, 2.0, 2.0, 0.0],
    ),
    ("jax.jvp(jnp.sin,(jnp.array(1.0),),(1.0,))", [0.841471, 0.540302]),
    ("jax.jvp(jax.grad(lambda x:(x**3).sum()),(jnp.ones(2),),(jnp.ones(2),))[1]", [6.0, 6.0]),
)
REFUSED = (
    "jax.grad(s)(i)",
    "jax.grad(s)(i>1)",
    "jax.grad(lambda x:x**2)(3)",
    "jax.value_and_grad(s)(i)",
    "jax.jacobian(lambda x:x**2)(i)",
    "jax.jacfwd(lambda x:x**2)(i)",
    "jax.hessian(s)(i)",
    "jax.jvp(s,(i,),(i,))",
    "jax.jvp(s,(jnp.array([1.,2.]),),(i,))",
    "jax.jvp(s,(jnp.array([1.,2.]),),(1.0,))",
    "jax.jvp(s,(jnp.array([1.,2.]),),(1.0,2.0))",
    "jax.jvp(s,jnp.array([1.,2.]),jnp.array([1.,2.]))",
    "jax.vjp(s,i)[1](1.0)",
    "jax.vjp(lambda x:x*x,3)",
    "jax.grad(lambda p:p['a']*p['b'])({'a':1,'b':2.0})",
    "jax.grad(lambda x: 3)(1.0)",
    "jax.grad(lambda x: jnp.round(x).astype(int))(1.0)",
    "jax.grad(lambda x: x)(jnp.ones(3))",
    "jax.grad(lambda x: x[:1])(jnp.ones(3))",
    "jax.grad(lambda x: (x,x))(1.0)",
    "jax.linearize(s,i)",
    "jax.grad(s)(np.array([1,2]))",
    "jax.grad(lambda x:x[0]*x[1])([1,2])",
    "jax.grad(s,allow_int=True)(i)",
    "jax.grad(lambda x,n:x**n,argnums=(0,1))(2.0,3)",
    "jax.grad(lambda x,n:x**n,argnums=2)(2.0,3.0)",
    "jax.grad(lambda x:x**2,has_aux=True)(2.0)",
    "jax.vmap(lambda x:(x*2,x),in_axes=1,out_axes=(1,None))(V)",
    "jax.vmap(lambda x,y:x+y)(V,jnp.ones(2))",
    "jax.vmap(lambda x,y:x+y)(V,1.0)",
    "jax.vmap(lambda x:x,in_axes=None)(V)",
    "jax.vmap(lambda x:x,in_axes=(0,0))(V)",
    "jax.vmap(lambda x:x,in_axes=2)(V)",
    "jax.vmap(lambda x: x if x>0 else -x)(jnp.arange(3.))",
    "jax.vmap(lambda x: x)([1.,2.])",
    "(lambda y,f:(y,f(jnp.ones(2))))(*jax.vjp(lambda x:x*x,3.0))",
    "(lambda y,f:(y,f(1)))(*jax.vjp(lambda x:x*x,3.0))",
    "jax.grad(lambda x:x*x)(x=2.0)",
)


NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")


def run_of(text: str):
    return record(parse(f"{BEFORE}print({text})"))


@pytest.mark.parametrize(("text", "numbers"), MEASURED, ids=[text for text, _ in MEASURED])
def test_transforms_answer_as_jax_does(text, numbers):
    run = run_of(text)
    assert run.failure is None, str(run.failure)
    np.testing.assert_allclose([float(one) for one in NUMBER.findall(run.printed)], numbers, atol=1e-6)


@pytest.mark.parametrize("text", REFUSED)
def test_what_jax_refuses_is_refused(text):
    assert run_of(text).failure is not None


@pytest.mark.parametrize("name", ["grad", "value_and_grad", "jacobian", "jacrev", "jacfwd", "hessian"])
@pytest.mark.parametrize("point", ["jnp.array([1, 2])", "jnp.array([True, False])", "jnp.arange(3)", "{'a': 3}", "3"])
def test_whole_numbers_have_no_derivative_in_jax(name, point):
    f = "lambda p: p['a']**2" if "a'" in point else "lambda x: jnp.sum(x*x)"
    for text in (f"print(jax.{name}({f})({point}))", f"p = {point}\nprint(jax.{name}({f})(p))"):
        run = record(parse(text))
        assert run.failure is not None and "floats" in run.failure.message
        assert "3.0" in run.failure.hint


def test_a_whole_number_that_the_user_made_a_fraction_is_differentiated():
    program = parse("x = 3\nprint(jax.grad(lambda x: x*x)(x))")
    assert record(program).failure is not None
    assert record(program, {"x": 2.5}).printed == "5.0\n"


def test_our_own_library_counts_whole_numbers_as_floats():
    assert record(parse("print(core.grad(lambda x: (x**2).sum())(np.array([1, 2])))")).printed == "[2. 4.]\n"


TRACED = (
    # what is done to a traced x, and where JAX refuses it
    ("x if x > 0 else -x", "jit vmap"), ("sum([x for k in range(2) if x > k])", "jit vmap"),
    ("max(x, 1.0)", "jit vmap"), ("jnp.where(x > 0, x, -x)", ""),
    ("jax.lax.cond(x > 0, lambda t: t, lambda t: -t, x)", ""),
    ("abs(x)", ""), ("x.sum()", ""), ("jnp.stack([x, x])[0]", ""),
)  # fmt: skip


@pytest.mark.parametrize(("text", "where"), TRACED, ids=[text for text, _ in TRACED])
def test_what_has_no_number_as_yet_cannot_be_branched_on(text, where):
    calls = {"grad": "jax.grad(f)(2.0)", "jit": "jax.jit(f)(2.0)", "vmap": "jax.vmap(f)(jnp.array([1.0, 2.0]))"}
    for name, call in calls.items():
        run = record(parse(f"def f(x):\n    return {text}\nprint({call})"))
        assert (run.failure is not None) == (name in where.split()), (name, str(run.failure))


def test_results_of_a_traced_function_stay_on_the_tape():
    run = record(parse("h = jax.jit(lambda t: (t*t, {'a': 3*t}))\ny = h(x)\nz = y[0] + y[1]['a']"), {"x": 2.0})
    assert run.gradients()["x"] == 7.0


AUTOGRAD = {
    "grad(s)(np.array([1., 2.]))": [2, 4],
    "elementwise_grad(lambda x: x**2)(np.array([1., 2.]))": [2, 4],
    "jacobian(lambda x: x**2)(np.array([1., 2.]))": [2, 0, 0, 4],
    "jacobian(lambda x: x**2)(2.0)": [4],
    "hessian(s)(np.array([1., 2.]))": [2, 0, 0, 2],
    "grad(lambda p: p[0]*p[1])((1., 2.))": [2, 1],
    "grad(lambda p: p['a']*p['b'])({'a': 1., 'b': 2.})": [2, 1],
    "grad(lambda a, b: a*b, (0, 1))(1., 2.)": [2, 1],
    "grad(lambda a, b: a*b, 1)(3., 2.)": [3],
    "grad(lambda x: x[:1])(np.array([1., 2.]))": [1, 0],
}
BEFORE_AUTOGRAD = (
    "import autograd.numpy as np\nfrom autograd import grad, jacobian, hessian, value_and_grad, elementwise_grad\n"
    "s = lambda x: np.sum(x**2)\n"
)


@pytest.mark.parametrize("text", AUTOGRAD)
def test_autograd_answers_as_autograd_does(text):
    run = record(parse(f"{BEFORE_AUTOGRAD}print({text})"))
    assert run.failure is None, str(run.failure)
    np.testing.assert_allclose([float(one) for one in NUMBER.findall(run.printed)], AUTOGRAD[text])


@pytest.mark.parametrize("text", ["grad(s)(3)", "grad(s)(np.array([1, 2]))", "grad(lambda x: x)(np.array([1., 2.]))"])
def test_what_autograd_refuses_is_refused(text):
    assert record(parse(f"{BEFORE_AUTOGRAD}print({text})")).failure is not None

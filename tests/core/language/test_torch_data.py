"""`.data` looks into a tensor behind the back of its gradient: each answer is that of PyTorch 2.13, measured."""

import pytest

from core.language import parse
from core.run import record

HEAD = "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\n"
END = ".sum().backward()\nprint(x.grad.tolist())"
GRADIENTS = {
    "a = torch.ones(2)\nb = a*x\na.data.mul_(2)\nb": "[2.0, 2.0]",
    "y = x*2\nd = y.data\nd.mul_(2)\nb = d*x\nb": "[4.0, 8.0]",
    "y = x*2\nb = y*x\ny.data[0] = 7\nb": "[9.0, 8.0]",
    "b = x**2\nd = x.data\nd *= 2\nd *= 2\nd -= 1\nb": "[6.0, 14.0]",
    "y = torch.relu(x - 1.5)\ny.data[0] = 7\ny": "[1.0, 1.0]",
    "z = x*1\ny = torch.relu(z)\nz.data[0] = -7\ny": "[1.0, 1.0]",
    "y = x*2\nd = y.data[0]\nb = d*x\ny.data.mul_(2)\nb": "[4.0, 4.0]",
    "y = x*1\nd = y.data\ny.mul_(d)\nwith torch.no_grad():\n    y -= 3\ny": "[-2.0, 1.0]",
    "y = x*1\nd = y.data\nb = x*d\nwith torch.no_grad():\n    y.mul_(2.0)\nb": "[2.0, 4.0]",
    "with torch.no_grad():\n    z = x*2\ny = z*x\ny": "[2.0, 4.0]",
    "with torch.no_grad():\n    z = x*2\n    z += x\n    u = z[0]\ny = z*x*u\ny": "[9.0, 18.0]",
    "z = x*1\ny = torch.expm1(z)\nz.data[0] = 7\ny": "[2.7182818284590455, 7.38905609893065]",
}
REFUSED = (
    "a = torch.ones(2)\nd = a.data\nb = d*x\nd.mul_(2)\nb",
    "y = x*2\nd = y.data\nb = d*x\nd.mul_(2)\nb",
    "y = x*2\nd = y.data\ne = d[0]\nb = e*x\nd.mul_(2)\nb",
    "y = x*2\nd = y.detach()\nb = d*x\nd.mul_(2)\nb",
)


@pytest.mark.parametrize("text", GRADIENTS)
def test_what_is_written_through_it_is_what_the_gradient_sees(text):
    run = record(parse(HEAD + text + END))
    assert run.failure is None, str(run.failure)
    numbers, wanted = (
        [float(one) for one in some.strip("[]\n").split(",")] for some in (run.printed, GRADIENTS[text])
    )
    assert numbers == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("text", [one for one in GRADIENTS if one.startswith("with torch.no_grad")])
def test_the_gradient_of_the_tape_is_that_of_backward(text):
    run = record(parse(HEAD + text + END))
    wanted = [float(one) for one in GRADIENTS[text].strip("[]").split(",")]
    assert run.gradients()["x"].tolist() == pytest.approx(wanted)


@pytest.mark.parametrize("text", REFUSED)
def test_what_was_computed_from_it_notices_a_change(text):
    failure = record(parse(HEAD + text + END)).failure
    assert failure is not None and "in-place" in str(failure)


@pytest.mark.parametrize("text", ["y.copy_(torch.ones(1, 2))", "y.copy_(x[None])", "y.fill_(torch.ones(1, 1))"])
def test_values_of_more_axes_are_refused_as_pytorch_refuses_them(text):
    failure = record(parse(HEAD + "y = x*1\n" + text)).failure
    assert failure is not None and "in place" in str(failure)

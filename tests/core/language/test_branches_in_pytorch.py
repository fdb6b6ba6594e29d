"""A text of PyTorch branches on what it has computed, whatever it is compared with. The gradients are PyTorch's."""

import pytest

from core.language import parse
from core.run import record

HEAD = "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\n"
TAKEN = (  # each doubles x, so that the gradient of the sum is 2 and 2
    "if x.sum() > 0.5:\n    y = x * 2",
    "y = x * 1\nwhile y.sum() < 5:\n    y = y * 2",
    "y = x * 2 if 0.5 < x.sum() else x",
    "y = x * 2\nassert x.mean() == 1.5",
    "y = x * 2 if x[0] < x[1] else x",
    "y = x * 2 if not x.sum() else x * 2",
    "y = x * 2 if x.sum() > 0.5 and x[0] != 0 else x",
    "y = max(x.sum(), 1.0) * 2",
)


@pytest.mark.parametrize("text", TAKEN)
def test_a_tensor_is_compared_with_a_number(text):
    run = record(parse(HEAD + text + "\ny.sum().backward()\nprint(x.grad.tolist())"))
    assert run.failure is None, str(run.failure)
    assert run.printed.strip() == "[2.0, 2.0]"

"""`torch.nn`: losses, each a function of ours with its options as attributes."""

from __future__ import annotations

from typing import Any

from core import functions as f
from core.basics.span import Span
from core.language.layers.torch.layer import layer
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance

LOSSES = (
    ("MSELoss", f.mse_loss, "* reduction"),
    ("L1Loss", f.l1_loss, "* reduction"),
    ("HuberLoss", f.huber_loss, "reduction delta"),
    ("SmoothL1Loss", f.smooth_l1_loss, "* reduction beta"),
    ("KLDivLoss", f.kl_div, "* reduction log_target"),
    ("CrossEntropyLoss", f.torch_cross_entropy, "weight * ignore_index reduction label_smoothing"),
    ("NLLLoss", f.nll_loss, "weight * ignore_index reduction"),
    ("BCELoss", f.binary_cross_entropy, "weight * reduction"),
    ("BCEWithLogitsLoss", f.mean_sigmoid_cross_entropy, "weight * reduction pos_weight"),
)


def _loss(name: str, function: Any, options: str) -> None:
    order = [one for one in options.split() if one != "*"]

    def start(here: Locals, span: Span, module: Instance, *values: Any, **named: Any) -> None:
        module.fields |= {**dict(zip(order, values)), **named}

    def forward(here: Locals, span: Span, module: Instance, x: Any, y: Any) -> Any:
        return function(x, y, **{one: module.fields[one] for one in order if one in module.fields})

    layer(name, options, start, forward, "input:x target:y")


for _name, _function, _options in LOSSES:
    _loss(_name, _function, _options)

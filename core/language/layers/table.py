"""All layers, losses and models by their dotted paths, as programs name them."""

from __future__ import annotations

from typing import Any

from core.language.layers.datasets import DATASETS
from core.language.layers.keras import images as keras_images
from core.language.layers.keras.activations import ACTIVATIONS
from core.language.layers.keras.dense import LAYERS as KERAS
from core.language.layers.keras.initializers import INITIALIZERS
from core.language.layers.keras.losses import LOSSES
from core.language.layers.keras.metrics import METRICS
from core.language.layers.keras.models import MODELS
from core.language.layers.keras.optimizers import OPTIMIZERS
from core.language.layers.keras.tfmodule import TF_MODULE
from core.language.layers.torch import activations, dense, holders, images, losses
from core.language.layers.torch.initial import INITIAL
from core.language.layers.torch.layer import LAYERS as TORCH
from core.language.layers.torch.module import MODULE
from core.language.layers.torch.parameters import clip_norm, clip_value, new_parameter
from core.language.machine.values import Builtin

# Each of these puts its layers into the table when it is imported.
MADE = (activations, dense, holders, images, losses, keras_images)
LAYERS: dict[str, Any] = {
    **TORCH,
    "torch.nn.Module": MODULE,
    **KERAS,
    **MODELS,
    **LOSSES,
    **METRICS,
    **OPTIMIZERS,
    **ACTIVATIONS,
    **INITIALIZERS,
    "tf.Module": TF_MODULE,
    **DATASETS,
    **INITIAL,
    **{
        name: Builtin(name, call, tuple(signature.split()), wants_locals=True)
        for name, call, signature in (
            ("torch.nn.Parameter", new_parameter, "data requires_grad"),
            ("torch.nn.parameter.Parameter", new_parameter, "data requires_grad"),
            ("torch.nn.utils.clip_grad_norm_", clip_norm, "parameters:given max_norm:most norm_type:norm"),
            ("torch.nn.utils.clip_grad_value_", clip_value, "parameters:given clip_value:most"),
        )
    },
}

"""`torch.nn`: dense and embedded layers, normalisation, dropout, with PyTorch's names, options and formulas."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.torch.leaves import Leaf
from core.language.layers.torch.layer import filled, layer, length, spread
from core.language.layers.torch.module import BUFFERS, PRINTED
from core.language.layers.torch.parameter import parameter
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.outcome import Refusal
from core.language.names import networks
from core.language.names.creation import checked_shape, whole_shape
from core.language.names.randoms import standard_normal

F: Any = f


def _linear(here: Locals, span: Span, module: Instance, inside: Any, out: Any, bias: Any = True) -> None:
    inside, out = length(inside, "in_features"), length(out, "out_features")
    bound = 1 / math.sqrt(inside)
    module.fields |= {
        "in_features": inside, "out_features": out,
        "weight": spread(here, span, (out, inside), bound), "bias": spread(here, span, (out,), bound, bias),
        PRINTED: f"in_features={inside}, out_features={out}, bias={bool(bias)}",
    }  # fmt: skip


def _apply_linear(here: Locals, span: Span, module: Instance, x: Any) -> Any:
    return F.linear(x, module.fields["weight"], module.fields["bias"])


layer("Linear", "in_features:inside out_features:out bias device! dtype!", _linear, _apply_linear)


def _lazy_linear(here: Locals, span: Span, module: Instance, out: Any, bias: Any = True) -> None:
    out = length(out, "out_features")
    module.fields |= {"out_features": out, "weight": None, "bias": None, WANTED: bool(bias),
                      PRINTED: f"in_features=0, out_features={out}, bias={bool(bias)}"}  # fmt: skip


def _apply_lazy_linear(here: Locals, span: Span, module: Instance, x: Any) -> Any:
    """Its weights are made when it first sees an input."""
    if module.fields["weight"] is None:
        _linear(here, span, module, f.shape_of(x)[-1], module.fields["out_features"], module.fields[WANTED])
    return _apply_linear(here, span, module, x)


WANTED = "<bias wanted>"
layer("LazyLinear", "out_features:out bias device! dtype!", _lazy_linear, _apply_lazy_linear)


def _embedding(here: Locals, span: Span, module: Instance, count: Any, width: Any) -> None:
    count, width = length(count, "num_embeddings"), length(width, "embedding_dim")
    drawn = standard_normal(here, span, checked_shape(here, span, (count, width)))
    module.fields |= {
        "num_embeddings": count, "embedding_dim": width, "weight": parameter(here, span, drawn),
        PRINTED: f"{count}, {width}",
    }  # fmt: skip


layer("Embedding", "num_embeddings:count embedding_dim:width * device! dtype!", _embedding,
      lambda here, span, module, x: networks.torch_embedding(x, module.fields["weight"]))  # fmt: skip


def _layer_norm(
    here: Locals, span: Span, module: Instance, shape: Any, eps: Any = 1e-5, affine: Any = True, bias: Any = True
) -> None:
    lengths = whole_shape(shape)
    module.fields |= {
        "normalized_shape": lengths, "eps": float(eps), "weight": filled(here, span, lengths, 1.0, affine),
        "bias": filled(here, span, lengths, 0.0, affine and bias),
        PRINTED: f"{lengths}, eps={float(eps)}, elementwise_affine={bool(affine)}",
    }  # fmt: skip


def _apply_layer_norm(here: Locals, span: Span, module: Instance, x: Any) -> Any:
    own = module.fields
    return networks.torch_layer_norm(x, own["normalized_shape"], own["weight"], own["bias"], own["eps"])


layer("LayerNorm", "normalized_shape:shape eps elementwise_affine:affine bias device! dtype!", _layer_norm,
      _apply_layer_norm)  # fmt: skip


def _batch_norm(
    here: Locals, span: Span, module: Instance, count: Any, eps: Any = 1e-5, momentum: Any = 0.1, affine: Any = True,
    track: Any = True,
) -> None:  # fmt: skip
    count = length(count, "num_features")
    module.fields |= {
        "num_features": count, "eps": float(eps), "momentum": momentum, "track_running_stats": bool(track),
        "weight": filled(here, span, (count,), 1.0, affine), "bias": filled(here, span, (count,), 0.0, affine),
        PRINTED: f"{count}, eps={float(eps)}, momentum={momentum}, affine={bool(affine)}, "
                 f"track_running_stats={bool(track)}",
    }  # fmt: skip
    if track:
        module.fields |= {
            "running_mean": Leaf(np.zeros(count)), "running_var": Leaf(np.ones(count)), "num_batches_tracked": 0,
            BUFFERS: ("running_mean", "running_var"),
        }  # fmt: skip


def _apply_batch_norm(here: Locals, span: Span, module: Instance, x: Any) -> Any:
    own, rank = module.fields, len(f.shape_of(x))
    seen = (1, -1, *[1] * (rank - 2))
    scale, offset = (None if own[name] is None else f.reshape(own[name], seen) for name in ("weight", "bias"))
    if not own["training"] and own["track_running_stats"]:
        centre, variance = (np.reshape(own[name].primal, seen) for name in ("running_mean", "running_var"))
        return f.normalised(x, centre, variance, scale, offset, own["eps"])
    axes = (0, *range(2, rank))
    centre, variance = f.spread_over(x, axes)
    if own["track_running_stats"]:
        _remember(own, f.plain(centre), f.plain(variance), math.prod(f.shape_of(x)) / own["num_features"])
    return f.normalised(x, centre, variance, scale, offset, own["eps"])


def _remember(own: dict[str, Any], centre: Any, variance: Any, count: float) -> None:
    """Running means of the batches' means and of their unbiased variances."""
    if count < 2:
        raise Refusal(
            say("language.batch-of-one", "Batch normalisation needs more than one value for each channel to train.")
        )
    own["num_batches_tracked"] += 1
    share = 1 / own["num_batches_tracked"] if own["momentum"] is None else own["momentum"]
    for name, now in (("running_mean", centre), ("running_var", variance * count / (count - 1))):
        own[name].assign((1 - share) * own[name].primal + share * np.ravel(now))


for _name in ("BatchNorm1d", "BatchNorm2d"):
    layer(_name, "num_features:count eps momentum affine track_running_stats:track device! dtype!", _batch_norm,
          _apply_batch_norm)  # fmt: skip


def _dropout(here: Locals, span: Span, module: Instance, p: Any = 0.5) -> None:
    module.fields |= {"p": float(p), PRINTED: f"p={float(p)}, inplace=False"}


layer("Dropout", "p inplace!", _dropout,
      lambda here, span, module, x: networks.torch_dropout(here, span, x, module.fields["p"],
                                                           module.fields["training"]))  # fmt: skip


# -- shape -----------------------------------------------------------------------------------------------------------


def _flatten(here: Locals, span: Span, module: Instance, first: Any = 1, last: Any = -1) -> None:
    module.fields |= {"start_dim": whole(first), "end_dim": whole(last)}
    module.fields[PRINTED] = f"start_dim={whole(first)}, end_dim={whole(last)}"


def _apply_flatten(here: Locals, span: Span, module: Instance, x: Any) -> Any:
    lengths = f.shape_of(x)
    first, last = (one % len(lengths) for one in (module.fields["start_dim"], module.fields["end_dim"]))
    return f.reshape(x, (*lengths[:first], -1, *lengths[last + 1 :]))


layer("Flatten", "start_dim:first end_dim:last", _flatten, _apply_flatten)
layer("Identity", "*values **named", lambda here, span, module, *_, **__: None, lambda here, span, module, x: x)

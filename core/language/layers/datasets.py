"""`torch.utils.data` and `tf.data`: samples in batches, held in memory.

They are shuffled by the run's own generator, so that their order is not the library's. No derivative flows to samples.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.structure import flatten, map_structure, rebuild
from core.basics.words import say
from core.language.dialects.torch.leaves import leaf
from core.language.layers.classes import class_of, method
from core.language.machine.invocation import invoke
from core.language.machine.keys import whole
from core.language.machine.locals import Locals
from core.language.machine.objects import MISSING, Class, Instance, Unbound, call_method
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, kind_of
from core.language.names.randoms import permutation
from core.tensor import Tensor

ITEMS = "<items>"
MOST = 100_000  # samples


def _plain(value: Any) -> Any:
    return np.asarray(f.plain(f.array(value) if isinstance(value, list) else value))


def _stacked(items: list[Any]) -> Any:
    """Samples of one structure as a batch."""
    leaves = [flatten(one) for one in items]
    if any(len(one) != len(leaves[0]) for one in leaves):
        raise Refusal(say("language.samples-differ", "The samples of a batch differ in structure."))
    return rebuild(items[0], iter([np.stack([_plain(one[k]) for one in leaves]) for k in range(len(leaves[0]))]))


def _order(here: Locals, span: Span, count: int, shuffled: Any) -> list[int]:
    if count > MOST:
        raise Refusal(say("language.too-many-samples", "At most {most:,} samples, please.", most=MOST))
    return [int(one) for one in permutation(here, span, count)] if shuffled else list(range(count))


# -- torch.utils.data ------------------------------------------------------------------------------------------------


def _length_missing(here: Locals, span: Span, dataset: Instance) -> int:
    raise Refusal(say("language.dataset-needs-length", "The class of a dataset needs a method `__len__`."))


DATASET: Class = class_of("Dataset", (), {
    "__init__": method("Dataset", lambda dataset: None, "", True),
    "__len__": method("len", _length_missing),
})  # fmt: skip


def _tensors(dataset: Instance, *tensors: Any) -> None:
    if not tensors or len({len(_plain(one)) for one in tensors}) > 1:
        raise Refusal(say("language.size-mismatch", "Size mismatch between tensors."))
    dataset.fields["tensors"] = tensors


def _picked(tensor: Any, key: Any) -> Any:
    return f.getitem(tensor, whole(key))


TENSOR_DATASET: Class = class_of("TensorDataset", (DATASET,), {
    "__init__": method("torch.utils.data.TensorDataset", _tensors, "*tensors", True),
    "__len__": method("len", lambda dataset: len(_plain(dataset.fields["tensors"][0])), "", True),
    "__getitem__": method("item", lambda dataset, key: tuple(
        _picked(one, key) for one in dataset.fields["tensors"]), "key", True),
})  # fmt: skip


def _loader(
    here: Locals, span: Span, loader: Instance, dataset: Any, batch_size: Any = 1, shuffle: Any = False,
    drop_last: Any = False,
) -> None:  # fmt: skip
    loader.fields |= {
        "dataset": dataset, "batch_size": whole(batch_size), "shuffle": bool(shuffle), "drop_last": bool(drop_last),
    }  # fmt: skip


def _count(here: Locals, span: Span, dataset: Any) -> int:
    if isinstance(dataset, Instance) and dataset.of.find("__len__") is not MISSING:
        return int(f.plain(call_method(here, dataset, "__len__", [], {}, span)))
    if isinstance(dataset, list | tuple | Tensor | np.ndarray):
        return len(dataset)
    raise Refusal(say("language.loader-takes-dataset", "A loader takes a dataset, not {kind}.", kind=kind_of(dataset)))


def _batches(here: Locals, span: Span, loader: Instance) -> list[Any]:
    """The batches of one time through."""
    own = loader.fields
    dataset, size = own["dataset"], max(own["batch_size"], 1)
    order = _order(here, span, _count(here, span, dataset), own["shuffle"])
    found = []
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        if own["drop_last"] and len(chosen) < size:
            break
        here.run.spend(len(chosen), span, here)
        items = [_item(here, span, dataset, place) for place in chosen]
        batch = map_structure(lambda one: leaf(one, False), _stacked(items))
        found.append(list(batch) if isinstance(batch, tuple) else batch)
    return found


def _item(here: Locals, span: Span, dataset: Any, place: int) -> Any:
    if isinstance(dataset, Instance):
        return call_method(here, dataset, "__getitem__", [place], {}, span)
    return dataset[place]


def _loader_length(here: Locals, span: Span, loader: Instance) -> int:
    count, size = _count(here, span, loader.fields["dataset"]), max(loader.fields["batch_size"], 1)
    return count // size if loader.fields["drop_last"] else -(-count // size)


DATA_LOADER: Class = class_of("DataLoader", (), {
    "__init__": method("torch.utils.data.DataLoader", _loader, "dataset batch_size shuffle * drop_last num_workers! "
                       "pin_memory! generator!"),
    "__iter__": method("iter", _batches),
    "__len__": method("len", _loader_length),
})  # fmt: skip


# -- tf.data ---------------------------------------------------------------------------------------------------------


def _dataset(items: list[Any]) -> Instance:
    made = Instance(TF_DATASET)
    made.fields[ITEMS] = items
    return made


def _slices(value: Any) -> Instance:
    """`Dataset.from_tensor_slices((x, y))`: the rows, one after the other."""
    arrays = map_structure(_plain, value) if isinstance(value, tuple | dict) else _plain(value)
    leaves = flatten(arrays)
    if len({len(one) for one in leaves}) != 1 or len(leaves[0]) > MOST:
        raise Refusal(say("language.slices-of-one-length", "The arrays have different lengths, or too many rows."))
    return _dataset([_row(arrays, place) for place in range(len(leaves[0]))])


def _row(arrays: Any, place: int) -> Any:
    return map_structure(lambda one: one[place], arrays)


def _batched(dataset: Instance, size: Any, drop: Any = False) -> Instance:
    items, size = dataset.fields[ITEMS], max(whole(size), 1)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    return _dataset([_stacked(part) for part in parts if not drop or len(part) == size])


def _shuffled(here: Locals, span: Span, dataset: Instance, size: Any = None) -> Instance:
    items = dataset.fields[ITEMS]
    return _dataset([items[place] for place in _order(here, span, len(items), True)])


def _mapped(here: Locals, span: Span, dataset: Instance, function: Any) -> Instance:
    def call(item: Any) -> Any:
        given = map_structure(Tensor, item)
        made = invoke(here, function, list(given) if isinstance(given, tuple) else [given], {}, span)
        return map_structure(_plain, made)

    return _dataset([call(one) for one in dataset.fields[ITEMS]])


def _repeated(dataset: Instance, count: Any = None) -> Instance:
    times = 1 if count is None else whole(count)
    if times < 0 or times * len(dataset.fields[ITEMS]) > MOST:
        raise Refusal(say("language.repeat-a-few-times", "A dataset is repeated a few times here, not without end."))
    return _dataset(dataset.fields[ITEMS] * times)


def _elements(dataset: Instance) -> list[Any]:
    return [map_structure(Tensor, one) for one in dataset.fields[ITEMS]]


TF_DATASET: Class = class_of("Dataset", (), {
    "from_tensor_slices": Unbound(Builtin("tf.data.Dataset.from_tensor_slices", _slices, ("tensors:value", "name!")),
                                  False),
    "batch": method("batch", _batched, "batch_size:size drop_remainder:drop", True),
    "shuffle": method("shuffle", _shuffled, "buffer_size:size seed! reshuffle_each_iteration!"),
    "map": method("map", _mapped, "map_func:function num_parallel_calls!"),
    "repeat": method("repeat", _repeated, "count", True),
    "take": method("take", lambda one, count: _dataset(one.fields[ITEMS][: whole(count)]), "count", True),
    "skip": method("skip", lambda one, count: _dataset(one.fields[ITEMS][whole(count) :]), "count", True),
    "prefetch": method("prefetch", lambda one, size=None: one, "buffer_size:size", True),
    "cache": method("cache", lambda one: one, "", True),
    "__iter__": method("iter", _elements, alone=True),
    "__len__": method("len", lambda one: len(one.fields[ITEMS]), "", True),
})  # fmt: skip
DATASETS: dict[str, Any] = {
    "torch.utils.data.Dataset": DATASET, "torch.utils.data.TensorDataset": TENSOR_DATASET,
    "torch.utils.data.DataLoader": DATA_LOADER, "tf.data.Dataset": TF_DATASET,
    "tf.data.Dataset.from_tensor_slices": Builtin("tf.data.Dataset.from_tensor_slices", _slices,
                                                  ("tensors:value", "name!")),
    "tf.data.AUTOTUNE": -1,
}  # fmt: skip

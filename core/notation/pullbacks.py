"""How the reverse rules of ops that are not elementwise read, and why they are as they are."""

# What each operand receives: {g} is the adjoint of the result, {0} and {1} the operands.
PULLBACKS: dict[str, tuple[str, ...]] = {
    "matmul": ("{g} @ {1}ᵀ", "{0}ᵀ @ {g}"),
    "sum": ("{g} repeated over the shape of {0}",),
    "mean": ("{g} / {n}, repeated over the shape of {0}",),
    "prod": ("{g} · the product of the other elements",),
    "max": ("{g} where {0} is largest",),
    "min": ("{g} where {0} is smallest",),
    "logsumexp": ("{g} · softmax({0})",),
    "cumsum": ("{g} summed up from the end",),
    "cumprod": ("{g} · the running products without each element",),
    "reshape": ("{g} in the shape of {0}",),
    "transpose": ("{g}ᵀ",),
    "broadcast_to": ("{g} summed over the repeated axes",),
    "getitem": ("{g} at [{key}], 0 elsewhere",),
    "scatter_add": ("{g}[{key}]",),
    "pad": ("{g} without the border",),
    "flip": ("{g} in reversed order",),
    "roll": ("{g} rolled back",),
    "repeat": ("{g} summed over the copies",),
    "tile": ("{g} summed over the copies",),
    "tril": ("the lower triangle of {g}",),
    "triu": ("the upper triangle of {g}",),
    "diag": ("the diagonal of {g}",),
    "setitem": ("{g} with 0 at [{key}]", "{g}[{key}]"),
    "concatenate": ("the part of {g} that belongs to {mine}",),
    "stack": ("the part of {g} that belongs to {mine}",),
    "einsum": ("{g} combined with the other operands",),
    "solve": ("-({0}⁻ᵀ {g}) {v}ᵀ", "{0}⁻ᵀ {g}"),
    "inv": ("-{v}ᵀ {g} {v}ᵀ",),
    "det": ("{g} · {v} · {0}⁻ᵀ",),
    "logabsdet": ("{g} · {0}⁻ᵀ",),
    "cholesky": ("{v}⁻ᵀ sym({v}ᵀ @ {g}) {v}⁻¹",),
    "eigh": ("V (diag of {g} for the values + {g} for the vectors, over the gaps between the values) Vᵀ",),
    "svd": ("U (diag of {g} for the values + {g} for the vectors, over the gaps between their squares) Vᵀ",),
    "softmax": ("{v} · ({g} - Σ {g} · {v})",),
    "log_softmax": ("{g} - exp({v}) · Σ {g}",),
    "cast": ("{g}",),
}

# Why a rule is as it is, for the rules that surprise learners.
REASONS: dict[str, str] = {
    "matmul": "each element of one factor meets a whole row or column of the other, so the adjoints are gathered along "
    "it, which is a product with the transpose",
    "sum": "each element enters the sum once, with slope 1",
    "mean": "each of the {n} elements enters the mean with slope 1/{n}",
    "max": "only the largest element moves the result",
    "min": "only the smallest element moves the result",
    "getitem": "only the elements that were taken move the result",
    "transpose": "the elements only changed places, so their adjoints go back to where they came from",
    "reshape": "the elements only changed places, so their adjoints go back to where they came from",
}

"""How the reverse rules of ops that are not elementwise read, and why they are as they are."""

from core.basics.words import Phrase, phrase

# What each operand receives: {g} is the adjoint of the result, {0} and {1} the operands.
PULLBACKS: dict[str, tuple[str | Phrase, ...]] = {
    "matmul": ("{g} @ {1}ᵀ", "{0}ᵀ @ {g}"),
    "sum": (phrase("notation.repeated-over-shape", "{g} repeated over the shape of {0}"),),
    "mean": (phrase("notation.share-repeated-over-shape", "{g} / {n}, repeated over the shape of {0}"),),
    "prod": (phrase("notation.product-other-elements", "{g} × the product of the other elements"),),
    "max": (phrase("notation.where-largest", "{g} where {0} is largest"),),
    "min": (phrase("notation.where-smallest", "{g} where {0} is smallest"),),
    "logsumexp": ("{g} × softmax({0})",),
    "cumsum": (phrase("notation.summed-up-end", "{g} summed up from the end"),),
    "cumprod": (phrase("notation.running-products-without-each", "{g} × the running products without each element"),),
    "reshape": (phrase("notation.in-the-shape", "{g} in the shape of {0}"),),
    "transpose": ("{g}ᵀ",),
    "broadcast_to": (phrase("notation.summed-over-repeated-axes", "{g} summed over the repeated axes"),),
    "getitem": ("{g} at [{key}], 0 elsewhere",),
    "scatter_add": ("{g}[{key}]",),
    "pad": (phrase("notation.without-border", "{g} without the border"),),
    "flip": (phrase("notation.reversed-order", "{g} in reversed order"),),
    "roll": (phrase("notation.rolled-back", "{g} rolled back"),),
    "repeat": (phrase("notation.summed-over-copies", "{g} summed over the copies"),),
    "tile": (phrase("notation.summed-over-copies", "{g} summed over the copies"),),
    "tril": (phrase("notation.lower-triangle", "the lower triangle of {g}"),),
    "triu": (phrase("notation.upper-triangle", "the upper triangle of {g}"),),
    "diag": (phrase("notation.diagonal", "the diagonal of {g}"),),
    "setitem": (
        "{g} with 0 at [{key}]",
        "{g}[{key}]",
        "Σ {g}[{key}]",
        phrase("notation.where-written-last", "{g}[{key}] where written last"),
    ),
    "concatenate": (phrase("notation.part-belongs", "the part of {g} that belongs to {mine}"),),
    "stack": (phrase("notation.part-belongs", "the part of {g} that belongs to {mine}"),),
    "einsum": (phrase("notation.combined-other-operands", "{g} combined with the other operands"),),
    "solve": ("-({0}⁻ᵀ {g}) {v}ᵀ", "{0}⁻ᵀ {g}"),
    "inv": ("-{v}ᵀ {g} {v}ᵀ",),
    "det": ("{g} × {v} × {0}⁻ᵀ",),
    "logabsdet": ("{g} × {0}⁻ᵀ",),
    "cholesky": ("{v}⁻ᵀ sym({v}ᵀ @ {g}) {v}⁻¹",),
    "eigh": (
        phrase(
            "notation.v-diag-values-vectors",
            "V (diag of {g} for the values + {g} for the vectors, over the gaps between the values) Vᵀ",
        ),
    ),
    "svd": (
        phrase(
            "notation.u-diag-values-vectors",
            "U (diag of {g} for the values + {g} for the vectors, over the gaps between their squares) Vᵀ",
        ),
    ),
    "pinv": (
        phrase("notation.pinv-vjp", "(1 - {0} {v}) {g}ᵀ {v} {v}ᵀ + {v}ᵀ {v} {g}ᵀ (1 - {v} {0}) - {v}ᵀ {g} {v}ᵀ"),
    ),
    "softmax": ("{v} × ({g} - Σ {g} × {v})",),
    "log_softmax": ("{g} - exp({v}) × Σ {g}",),
    "cast": ("{g}",),
}

THROUGH = phrase("notation.through", "{g} through {v}")  # for a rule that has no words of its own

SET = phrase(
    "notation.set-elements",
    "an element that was set moves with the value that was put there, every other one as before",
)
SET_TWICE = phrase(
    "notation.set-twice",
    "an element that was set moves with the value that was put there, every other one as before; a place that is set "
    "several times keeps only what was written there last",
)

# Why a rule is as it is, for the rules that surprise learners.
REASONS: dict[str, Phrase] = {
    "matmul": phrase(
        "notation.each-element-one-factor",
        "each element of one factor meets a whole row or column of the other, so the adjoints are gathered along "
        "it, which is a product with the transpose",
    ),
    "sum": phrase("notation.each-element-enters-sum", "each element enters the sum once, with partial 1"),
    "mean": phrase("notation.each-elements-enters-mean", "each of the {n} elements enters the mean with partial 1/{n}"),
    "max": phrase("notation.only-largest-element-moves", "only the largest element moves the result"),
    "min": phrase("notation.only-smallest-element-moves", "only the smallest element moves the result"),
    "getitem": phrase("notation.only-elements-taken-move", "only the elements that were taken move the result"),
    "setitem": SET,
    "transpose": phrase(
        "notation.elements-only-changed-places",
        "the elements only changed places, so their adjoints go back to where they came from",
    ),
    "reshape": phrase(
        "notation.elements-only-changed-places",
        "the elements only changed places, so their adjoints go back to where they came from",
    ),
}

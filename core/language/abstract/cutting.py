"""Which parts of a text cut a value off from its derivative, and why. Reads syntax trees; knows no tape."""

import ast

from core.basics.cuts import Reason
from core.library import ROOTS, argument, fact, find, role

# Reasons that a text shows and a tape does not.
DECIDES = "only decides"
COUNTS = "counts"  # says where or how many
PLACES = "places"  # becomes a whole number that says where or how many
TEXT = "text"

CASTS = frozenset(("astype", "cast", "to", "type"))
WHOLE_TYPES = ("int", "bool", "uint", "long")
SHAPES = frozenset(("shape", "size", "ndim", "dtype"))
ROLES: dict[str, str] = {"counts": COUNTS, "decides": DECIDES, "likes": Reason.CONSTANT}


def cut_of_call(name: str, node: ast.Call, library: str = "numpy") -> str | None:
    """The reason why nothing flows through a call of a library's function or method; None if it does.

    `library` is the one whose arrays the program computes with: what hands them to another one cuts.
    """
    if name in CASTS:
        given = [*node.args, *(item.value for item in node.keywords)]
        return Reason.INTEGER if any(is_whole_type(one) for one in given) else None
    path = path_called(node.func)
    if leaves(path, library):
        return Reason.DETACHED
    if _counts_elements(path, node):
        return Reason.NO_DERIVATIVE
    return cut_of_function(path) or _cut_of_handed(node)


def leaves(path: str, library: str) -> bool:
    """Whether a function hands values of TensorFlow or PyTorch over to Python, or copies them off the graph."""
    if library == "torch":
        return path in ("float", "torch.tensor") or path.startswith("math.")
    return library == "tensorflow" and (path == "float" or path.partition(".")[0] in ("np", "numpy", "math"))


def cut_of_function(path: str) -> str | None:
    """The reason why nothing flows through the library's function at a path, whatever it is called with."""
    found = find(path)
    word = "" if found is None or found[0].likes else found[0].fact("cuts")
    if not word:
        return None
    if fact(path, "gives") == "places":
        return PLACES
    return TEXT if word == TEXT else Reason[word.upper()]


def cut_of_argument(path: str, place: int | str) -> str | None:
    """The reason why nothing flows through one argument of a library's function: it decides or counts."""
    return ROLES.get(role(path, place))


def path_called(node: ast.expr) -> str:
    """The path under which the table of library functions knows what is called."""
    dotted = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
    root, dot, _ = dotted.partition(".")
    return dotted if not dot or root in ROOTS else f".{dotted.rpartition('.')[2]}"


def _cut_of_handed(node: ast.Call) -> str | None:
    """The cut of a library's function that is handed on: `map(np.round, x)`, `jax.vmap(jnp.round)(x)`."""
    inner = node.func.args if isinstance(node.func, ast.Call) else []
    handed = [one for one in (*node.args, *inner) if isinstance(one, ast.Attribute | ast.Name)]
    paths = (ast.unparse(one) for one in handed)
    known = (path for path in paths if path.partition(".")[0] in ROOTS or path in HANDED_BARE)
    return next((cut for cut in map(cut_of_function, known) if cut is not None), None)


HANDED_BARE = ("round", "int", "bool", "str", "len")


def _counts_elements(path: str, node: ast.Call) -> bool:
    """Whether a norm is that of order 0, which counts the elements that are not 0."""
    found = find(path)
    if found is None or not found[0].function.startswith("norm"):
        return False
    places: list[tuple[int | str, ast.expr]] = [*enumerate(node.args)]
    places += [(item.arg or "", item.value) for item in node.keywords]
    return any(
        argument(found[1], place) == "ord" and isinstance(given, ast.Constant) and given.value in (0, 0.0)
        for place, given in places
    )


def is_whole_type(node: ast.expr) -> bool:
    """Whether an argument names a type of whole numbers or truth values."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", getattr(node, "value", ""))
    return isinstance(name, str) and name.startswith(WHOLE_TYPES)


def is_truth(node: ast.AST | None) -> bool:
    """Whether a node makes truth values: a comparison, or a function such as `isnan`."""
    if isinstance(node, ast.Call):
        return fact(path_called(node.func), "dtype") == "truth"
    return isinstance(node, ast.Compare) or isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def cut_of_node(node: ast.AST) -> str | None:
    """The reason why nothing flows through an operator or an attribute; None if it does."""
    match node:
        case ast.Compare():
            return Reason.INTEGER
        case ast.UnaryOp(op=ast.Not()):
            return Reason.INTEGER
        case ast.BinOp(op=ast.FloorDiv()) | ast.AugAssign(op=ast.FloorDiv()):
            return Reason.NO_DERIVATIVE
        case ast.Attribute(attr=name) if name in SHAPES:
            return Reason.CONSTANT
        case ast.Attribute(attr="data"):
            return Reason.STOP_GRADIENT
        case ast.JoinedStr():
            return TEXT
    return None

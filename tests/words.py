"""Collects what the program can say: `python3 make.py words` writes it to `assets/locale/messages.pot` for translators.

The calls are read with `ast`: Babel's own extraction would take other functions of the same name for ours and silently
pass over what it cannot read.
"""

import ast
import difflib
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
POT = ROOT / "assets" / "locale" / "messages.pot"
MODULE = "core.basics.words"
TEXTS = {"say": 1, "phrase": 1, "say_many": 2}  # how many texts follow the id


@dataclass(frozen=True)
class Call:
    """One place at which something is said."""

    place: str
    function: str
    arguments: tuple[ast.expr, ...]
    fields: frozenset[str]
    spread: bool  # whether fields are handed on in a dictionary

    @property
    def literals(self) -> list[str]:
        """The id and the texts, as far as they are written out."""
        return [one.value for one in self.arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)]

    @property
    def placeholders(self) -> set[str]:
        """The fields that the texts ask for."""
        return {field for text in self.literals[1:] for field in placeholders(text)}


def placeholders(text: str) -> set[str]:
    """The fields of a template."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def sources(root: Path = ROOT) -> Iterator[Path]:
    """The files in which something may be said."""
    yield from sorted([*root.glob("core/**/*.py"), *root.glob("explorer/**/*.py")])


def calls(root: Path = ROOT) -> Iterator[Call]:
    """Every call that says something, file by file."""
    for path in sources(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        ours = _imported(tree) if not path.match(MODULE.replace(".", "/") + ".py") else set(TEXTS)
        for node in ast.walk(tree) if ours else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours:
                yield _call(node, node.func.id, f"{path.relative_to(root)}:{node.lineno}")


def _imported(tree: ast.Module) -> set[str]:
    """Which of our functions a file imports."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == MODULE]
    return {alias.name for node in imports for alias in node.names} & set(TEXTS)


def _call(node: ast.Call, function: str, place: str) -> Call:
    names = [keyword.arg for keyword in node.keywords]
    fields = frozenset(name for name in names if name is not None)
    return Call(place, function, tuple(node.args[: 1 + TEXTS[function]]), fields, None in names)


def extracted(root: Path = ROOT) -> Catalog:
    """The template of all catalogues, in the order of the ids."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for id, *texts in sorted(call.literals for call in calls(root)):
        catalog.add(tuple(texts) if len(texts) > 1 else texts[0], context=id)
    return catalog


def written(catalog: Catalog) -> str:
    """The catalogue as a file, without dates and places, which change where no sentence does."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, no_location=True, omit_header=True)
    return buffer.getvalue().decode("utf-8")


def compile_all() -> None:
    """Compile every language's catalogue and say what it lacks."""
    template = extracted()
    for path in sorted(POT.parent.glob("*/LC_MESSAGES/messages.po")):
        with path.open("rb") as file:
            catalog = read_po(file)
        catalog.update(template, no_fuzzy_matching=True)
        missing = [message for message in catalog if message.id and not message.string]
        print(f"{path.parent.parent.name}: {len(missing)} of {len(catalog)} texts are not translated")
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def main() -> None:
    """Write the template, say what changed, and compile the catalogues."""
    before = POT.read_text(encoding="utf-8") if POT.exists() else ""
    after = written(extracted())
    POT.write_text(after, encoding="utf-8")
    changes = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "now", lineterm="", n=2)
    sys.stdout.writelines(line + "\n" for line in changes)
    print(f"{len(extracted())} texts in {POT.relative_to(ROOT)}")
    compile_all()


if __name__ == "__main__":
    main()

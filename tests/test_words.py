"""What the program says can be translated: every sentence has one id, named fields, and a place in the catalogue."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests import words
from tests.words import POT, Call

ID = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+")
RAISED = re.compile(r"[A-Z]\w*Error|Refusal")
FIELD = re.compile(r"[a-z_][a-z0-9_]*", re.IGNORECASE)


def faults(root: Path = words.ROOT) -> list[str]:
    """Everything that is wrong with the calls that say something."""
    found = list(words.calls(root))
    return [f"{call.place}: {fault}" for call in found for fault in faults_of(call)] + doubled(found)


def faults_of(call: Call) -> list[str]:
    """What is wrong with one call."""
    if len(call.literals) < 1 + words.TEXTS[call.function]:
        return ["the id and the text must be written out: no f-string, no name, no sum"]
    id = call.literals[0]
    found = [] if ID.fullmatch(id) else [f"{id!r} is not an id such as room.what-is-said"]
    try:
        given = call.fields | ({"count"} if call.function == "say_many" else set())
        asked = call.placeholders
    except ValueError as error:
        return [*found, f"{id}: {error}"]
    places = call.function == "phrase"  # a phrase of words and mathematics may have places for operands
    names = {field for field in asked if not (places and field.isdecimal())}
    found += [f"{id}: {{{field}}} is not a name" for field in names if not FIELD.fullmatch(field)]
    if call.function == "phrase" or call.spread:
        return found
    found += [f"{id}: {{{field}}} gets no value" for field in sorted(asked - given)]
    return found + [f"{id}: the field {field} is not in the text" for field in sorted(given - asked - {"count"})]


def doubled(found: list[Call]) -> list[str]:
    """Ids under which different things are said."""
    said = defaultdict(set)
    for call in found:
        if call.literals:
            said[call.literals[0]].add(tuple(call.literals[1:]))
    return [f"{id} says different things: {sorted(texts)}" for id, texts in said.items() if len(texts) > 1]


def unsaid(root: Path = words.ROOT) -> list[str]:
    """Errors whose text is written out where they are raised, and so cannot be translated."""
    return [
        f"{path.relative_to(root)}: {argument.value if isinstance(argument, ast.Constant) else ast.unparse(argument)}"
        for path in words.sources(root)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and RAISED.fullmatch(node.func.id)
        for argument in node.args
        if isinstance(argument, ast.JoinedStr) or (isinstance(argument, ast.Constant) and _is_text(argument.value))
    ]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and " " in value


# Not for users: what a checker of functions asserts, and a sign between the parts of the machine.
UNSAID = {
    "core/checking/functions.py": "told to who calls `check_gradients` in a test",
    "core/language/machine/constructs/truth.py": "caught by the machine, which then says what is wrong",
    "explorer/arguments.py": "puts a name before what was said",
}


def test_errors_are_said_through_the_catalogue() -> None:
    assert [fault for fault in unsaid() if fault.split(":")[0] not in UNSAID] == []
    assert {fault.split(":")[0] for fault in unsaid()} == set(UNSAID)


def test_a_planted_error_that_is_not_said_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "raise ProgramError('This is wrong.')\nraise ValueError(f'{x} is wrong')\nraise KeyError('x')")
    assert len(unsaid(tmp_path)) == 2


def test_everything_is_said_as_it_should_be() -> None:
    assert faults() == []


def test_the_catalogue_is_up_to_date() -> None:
    """Where this fails: `python3 make.py words`."""
    with POT.open("rb") as file:
        kept = {(message.context, message.id) for message in read_po(file) if message.id}
    said = {(call.literals[0], tuple(call.literals[1:])) for call in words.calls()}
    assert kept == {(id, texts if len(texts) > 1 else texts[0]) for id, texts in said}


def test_the_catalogue_is_written_alike_each_time() -> None:
    assert words.written(words.extracted()) == POT.read_text(encoding="utf-8")


PLANTED = [
    ("say('a.b', f'It is {x}.')", "written out"),
    ("say('a.b', 'It ' + 'is.')", "written out"),
    ("say(name, 'It is.')", "written out"),
    ("say_many('a.b', 'one', n)", "written out"),
    ("say('It is', 'It is.')", "not an id"),
    ("say('a.b', 'It is {x}.')", "{x} gets no value"),
    ("say('a.b', 'It is.', x=1)", "the field x is not in the text"),
    ("say('a.b', 'It is {x.y}.', x=1)", "{x.y} is not a name"),
    ("say('a.b', 'It is {}.')", "{} is not a name"),
    ("say('a.b', 'It is {.')", "a.b"),
    ("say('a.b', 'It is.')\nphrase('a.b', 'It was.')", "says different things"),
]


def plant(root: Path, source: str) -> None:
    (root / "core").mkdir()
    head = "from core.basics.words import phrase, say, say_many\n"
    (root / "core" / "planted.py").write_text(head + source, encoding="utf-8")


@pytest.mark.parametrize(("source", "fault"), PLANTED)
def test_a_planted_fault_is_found(source: str, fault: str, tmp_path: Path) -> None:
    plant(tmp_path, source)
    assert any(fault in found for found in faults(tmp_path)), faults(tmp_path)


def test_what_is_right_passes(tmp_path: Path) -> None:
    plant(tmp_path, "say('a.b', 'It ' 'is {x!r}.', x=1)\nsay_many('a.c', 'one', '{count}', n)\nphrase('a.d', '{y}')")
    assert faults(tmp_path) == []

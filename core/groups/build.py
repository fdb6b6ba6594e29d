"""Finds the groups of a tape: calls and loops where entries say they come from, then blocks where many stand in a row.

A call is told from the next call of the same function by its first line coming again. Which function a loop belongs to
is read from the text. One pass over the tape, no recursion.
"""

import ast
from collections.abc import Callable, Sequence
from typing import Any

from core.basics.words import phrase, say
from core.groups.blocks import regrouped
from core.groups.draft import Draft
from core.groups.tree import Group, GroupTree
from core.ops import INPUT
from core.tape import Provenance, Tape

Step = tuple[str, Any]
Path = tuple[Step, ...]
LOOK_EVERY = 1024  # entries between two looks whether the work is to go on
HEADER = 40  # characters of a loop's first line


def group_tree(tape: Tape, text: str = "", look: Callable[[], object] = lambda: None) -> GroupTree:
    """All groups of a tape; `text` is the program that recorded it.

    `look` is called every now and then, and may raise where the work is to end.
    """
    root = _recorded(tape, _owner_of(text), look)
    _unwrap(root, tape)
    waiting = [root]
    while waiting:
        draft = waiting.pop()
        look()
        regrouped(tape, draft, draft is root)
        waiting += draft.inner
    return _flattened(root, tape, text.split("\n"))


def _recorded(tape: Tape, owner: Callable[[int], str], look: Callable[[], object]) -> Draft:
    """Calls, loops and passes as the provenance tells them."""
    root = Draft("run", 0, len(tape))
    open_drafts, steps, firsts = [root], [], []  # type: ignore[var-annotated]
    paths: dict[Any, Path] = {}
    leading = True
    former: Path = ()
    former_source: Provenance | None = None
    for index in range(len(tape)):
        if not index % LOOK_EVERY:
            look()
        leading = leading and tape.ops[index] is INPUT
        source = tape.provenances[index] if index < len(tape.provenances) and not leading else None
        path = _path(source, paths, owner)
        mark = (source.span if source else None, id(path))  # of each path there is one: equal ones are the same
        if path is former and (mark not in firsts or source is former_source):
            continue  # the same pass goes on, and no call has begun again
        former, former_source = path, source
        kept = _kept(steps, path, firsts, mark)
        while len(steps) > kept:
            _close(open_drafts, index)
            del steps[-1], firsts[-1]
        innermost = next((level for level in range(len(path) - 1, -1, -1) if path[level][0] == "call"), -1)
        for level, step in enumerate(path[kept:], kept):
            inner = Draft(step[0], index, line=step[1] if step[0] == "loop" else 0, name=str(step[1]))
            open_drafts[-1].inner.append(inner)
            open_drafts.append(inner)
            steps.append(step)
            firsts.append(mark if level == innermost else None)
    while len(open_drafts) > 1:
        _close(open_drafts, len(tape))
    return root


def _kept(steps: Sequence[Step], path: Path, firsts: Sequence[Any], mark: Any) -> int:
    """How many of the open groups go on; the innermost call whose first line comes again does not."""
    kept = 0
    for one, other in zip(steps, path):
        if one != other:
            break
        kept += 1
    if _begins_again(steps, path, kept):
        calls = [level for level in range(kept) if steps[level][0] == "call"]
        return calls[-1] if calls else kept - 1
    for level in range(kept - 1, -1, -1):
        if steps[level][0] == "call" and firsts[level] == mark:
            return level
    return kept


def _begins_again(steps: Sequence[Step], path: Path, level: int) -> bool:
    """Whether a loop counts from the beginning: within one call it would do so only inside another loop."""
    if level >= len(steps) or level >= len(path):
        return False
    old, new = steps[level], path[level]
    return old[0] == new[0] == "pass" and new[1] < old[1]


def _close(open_drafts: list[Draft], index: int) -> None:
    """End the innermost group; one of a single entry, or a pass that is the only one, is none."""
    done = open_drafts.pop()
    done.stop = index
    open_drafts[-1].repeats += done.kind == "pass"
    if index - done.first < 2:
        open_drafts[-1].inner.pop()
    elif done.kind == "loop" and [(one.first, one.stop) for one in done.inner] == [(done.first, index)]:
        done.inner = done.inner[0].inner


def _path(source: Provenance | None, known: dict[Any, Path], owner: Callable[[int], str]) -> Path:
    """Calls and loops around an entry, outer before inner."""
    if source is None:
        return ()
    place = (source.call_stack, source.loop)
    path = known.get(place)
    if path is None:
        path = known[place] = tuple(_steps(source, owner))
    return path


def _steps(source: Provenance, owner: Callable[[int], str]) -> list[Step]:
    loops, steps = list(source.loop), []
    for name in ("", *source.call_stack):
        if name:
            steps.append(("call", name))
        while loops and owner(loops[0][0]) == name:
            steps += _loop(*loops.pop(0))
    for loop in loops:
        steps += _loop(*loop)
    return steps


def _loop(line: int, number: int) -> list[Step]:
    return [("loop", line), ("pass", number)]


def _owner_of(text: str) -> Callable[[int], str]:
    """The name of the function that a line belongs to; "" outside all."""
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        nodes = []
    defs = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    known: dict[int, str] = {}

    def owner(line: int) -> str:
        if line not in known:
            around = [node for node in defs if node.lineno <= line <= (node.end_lineno or line)]
            known[line] = max(around, key=lambda node: node.lineno).name if around else ""
        return known[line]

    return owner


def _unwrap(root: Draft, tape: Tape) -> None:
    """The function that is the whole program is no group."""
    inputs = len(tape)
    for index in range(len(tape)):
        if tape.ops[index] is not INPUT:
            inputs = index
            break
    while len(root.inner) == 1 and root.inner[0].kind == "call":
        only = root.inner[0]
        if only.first > inputs or only.stop < root.stop:
            break
        root.inner = only.inner


def _flattened(root: Draft, tape: Tape, lines: list[str]) -> GroupTree:
    """The drafts as numbered groups, each before those inside it."""
    groups: list[Group] = []
    children: list[list[int]] = []
    waiting: list[tuple[Draft, int, int]] = [(root, 0, 0)]
    while waiting:
        draft, parent, depth = waiting.pop()
        number = len(groups)
        title = _title(draft, tape, lines)
        groups.append(Group(number, parent, depth, draft.kind, title, draft.first, draft.stop, draft.repeats))
        children.append([])
        if number:
            children[parent].append(number)
        waiting += [(inner, number, depth + 1) for inner in reversed(draft.inner)]
    return GroupTree(tuple(groups), tuple(map(tuple, children)))


OTHER_TITLES = {
    "line": phrase("groups.line", "line {name}"),
    "lines": phrase("groups.lines", "lines {name}"),
    "passes": phrase("groups.passes", "passes {name}"),
}


def _title(draft: Draft, tape: Tape, lines: list[str]) -> str:
    if draft.kind == "call":
        return f"{draft.name}()"
    if draft.kind == "loop":
        header = lines[draft.line - 1].strip().rstrip(":") if 0 < draft.line <= len(lines) else ""
        is_header = header.startswith(("for ", "while ")) and len(header) <= HEADER
        return header if is_header else say("groups.loop-line", "loop, line {line}", line=draft.line)
    if draft.kind == "pass":
        return say("groups.pass", "pass {name}", name=draft.name)
    if draft.kind in OTHER_TITLES:
        return OTHER_TITLES[draft.kind].say(name=draft.name or draft.line)
    if draft.kind == "run":
        return say("groups.whole-run", "the whole run")
    if draft.kind == "inputs":
        return say("groups.inputs", "{number} inputs", number=draft.stop - draft.first)
    return f"{tape.label(draft.first)} – {tape.label(draft.stop - 1)}"

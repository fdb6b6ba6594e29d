"""The table of actions: if these fail, two keys collide, or a menu entry does nothing."""

import pytest

from explorer.parts.why.part import Why
from explorer.storage.resources import asset
from explorer.window.actions import ACTIONS, MENUS, Row, build_actions, connect_commands, shown_keys
from explorer.window.window import MainWindow

PROMISED = (
    "step_forward", "step_back", "play", "to_start", "to_end", "fit", "open", "save", "export", "find", "shortcuts",
)  # fmt: skip


def test_names_and_titles_are_unique():
    assert len({row.name for row in ACTIONS}) == len(ACTIONS)
    assert len({row.title for row in ACTIONS}) == len(ACTIONS)


def test_no_two_actions_share_a_key(qapp):
    keys = [key for row in ACTIONS for key in shown_keys(row)]
    assert all(keys) and len(keys) == len(set(keys))


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.name)
def test_every_row_can_be_read(row: Row):
    assert row.menu in MENUS
    assert row.title[0].isupper() and row.tooltip[0].isupper() and not row.tooltip.endswith(".")
    assert not row.icon or asset(f"icons/{row.icon}.svg").is_file()


def test_promised_actions_are_there(qtbot, qapp):
    done: list[str] = []
    actions = build_actions(qapp)
    connect_commands(actions, [{row.name: lambda row=row: done.append(row.name) for row in ACTIONS}])
    for name in PROMISED:
        assert actions[name].objectName() == f"action_{name}"
        actions[name].trigger()
    assert done == list(PROMISED)


def test_every_command_of_the_window_has_one_owner(window):
    """The window would not open otherwise; so this also holds what the planted breaches below rely on."""
    assert window.actions_by_name.keys() == {row.name for row in ACTIONS}


BREACHES = [
    ([{"save": int}], "without an owner: open"),
    ([{"save": int, "open": int}, {"open": int}], "with two owners: open"),
    ([{"save": int, "open": int, "opne": int}], "without an action: opne"),
]


@pytest.mark.parametrize(("owners", "told"), BREACHES)
def test_a_command_with_no_owner_with_two_or_without_an_action_is_an_error(qapp, owners, told):
    actions = {name: action for name, action in build_actions(qapp).items() if name in ("save", "open")}
    with pytest.raises(ValueError, match=told):
        connect_commands(actions, owners)


@pytest.mark.parametrize("change", ["forget", "double"])
def test_a_part_that_forgets_or_doubles_a_command_keeps_the_window_from_opening(qtbot, monkeypatch, change):
    own = Why.commands
    wrong = {"forget": lambda part: {}, "double": lambda part: own(part) | {"save": int}}
    monkeypatch.setattr(Why, "commands", wrong[change])
    with pytest.raises(ValueError, match="why" if change == "forget" else "save"):
        MainWindow()

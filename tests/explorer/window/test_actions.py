"""The table of actions: if these fail, two keys collide, or a menu entry does nothing."""

import pytest

from explorer.storage.resources import asset
from explorer.window.actions import ACTIONS, MENUS, Row, build_actions, shown_keys

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
    actions = build_actions(qapp, {row.name: lambda row=row: done.append(row.name) for row in ACTIONS})
    for name in PROMISED:
        assert actions[name].objectName() == f"action_{name}"
        actions[name].trigger()
    assert done == list(PROMISED)


def test_a_row_without_handler_is_an_error(qapp):
    with pytest.raises(KeyError):
        build_actions(qapp, {})

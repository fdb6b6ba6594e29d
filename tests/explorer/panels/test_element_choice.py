"""The choice of an input and its element: if it fails, the plot or the checks are about another number."""

from pytestqt.qtbot import QtBot

from explorer.panels.plots.element_choice import ElementChoice


def test_name_and_element_are_told_and_kept_as_long_as_they_are_there(qtbot: QtBot) -> None:
    choice, told = ElementChoice("plot", "Output along", "Input"), []
    qtbot.addWidget(choice)
    choice.chosen.connect(lambda *chosen: told.append(chosen))
    choice.show_inputs({"a": 1, "w": 3})
    assert choice.choice() == ("a", 0) and choice.element.isHidden() and told == []
    choice.names.menu().actions()[1].trigger()
    choice.element.setValue(2)
    assert told == [("w", 0), ("w", 2)] and not choice.element.isHidden()
    choice.show_inputs({"w": 2})
    assert choice.choice() == ("w", 1) and len(told) == 2
    choice.show_inputs({})
    assert choice.choice() == ("", 0) and choice.names.text() == "nothing ▾" and choice.element.isHidden()

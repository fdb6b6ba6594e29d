"""Texts are measured by what is handed in, in every picture that is made from one."""

import pytest

from core.language import parse
from core.mistakes import mistakes_for
from core.run import record
from core.timeline import Timeline
from explorer.drawing.measure import Measure, Style, estimated
from explorer.drawing.picture import Picture, picture_of, refolded
from explorer.model.answer import answer
from explorer.model.detour import SecondDerivative, follow
from explorer.model.question import Question


def wide(text: str, style: Style) -> float:
    return 13.0 * len(text)


def picture(measure: Measure) -> Picture:
    run = record(parse("sin(x)*sin(x) + x*y"), {"x": 2.0, "y": 3.0})
    return picture_of(Timeline.of(run), measure=measure)


def test_boxes_are_as_wide_as_their_texts() -> None:
    narrow, broad = picture(estimated).model.sizes, picture(wide).model.sizes
    assert (broad[:, 0] >= narrow[:, 0]).all() and (broad[:, 0] > narrow[:, 0]).any()
    assert (broad[:, 1] == narrow[:, 1]).all()


@pytest.mark.parametrize("turn", ["mistake", "again"])
def test_detours_and_folds_keep_the_measure(turn: str) -> None:
    own = picture(wide)
    assert refolded(own, frozenset()).measure is wide
    timeline = own.timeline
    taken = mistakes_for(timeline.run)[0] if turn == "mistake" else SecondDerivative("x")
    (detour,), _ = follow(timeline, own, [taken])
    assert detour.picture.measure is wide


def test_an_answer_is_placed_with_the_measure_it_is_given() -> None:
    found = answer(Question("x*y", {"x": 2.0, "y": 3.0}), measure=wide)
    assert found.picture is not None and found.picture.measure is wide

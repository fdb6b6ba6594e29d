"""Every question, mistake, quiz, cost and step works on every example that comes with the program."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.costs import costs, growth, kept, memory, summary
from core.language import parse
from core.mistakes import mistakes_for, why_wrong, wrong_timeline
from core.navigation import UNITS, Steps, hits, parse_breakpoint, search
from core.quiz import check, hints, questions, worksheet
from core.run import Run, record
from core.second_derivatives.matrices import cheaper_order, hessian, jacobian
from core.second_derivatives.runs import differentiate_again
from core.timeline import Timeline
from core.why import conventions_at, why_large, why_none, why_not_finite, why_small, why_zero

EXAMPLES = Path(__file__).resolve().parents[2] / "assets" / "examples"


def documents() -> list[Any]:
    found = [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(EXAMPLES.glob("*.json"))]
    return [pytest.param(data, id=name) for name, data in found if isinstance(data, dict) and "text" in data]


@pytest.fixture(params=documents())
def run(request: pytest.FixtureRequest) -> Run:
    data = request.param
    point = {
        name: np.array(value, dtype=float) if isinstance(value, list) else float(value)
        for name, value in data.get("inputs", {}).items()
    }
    return record(parse(data["text"]), point)


def test_every_why_has_an_answer_or_none(run: Run) -> None:
    timeline = Timeline.of(run)
    for name, index in run.inputs.items():
        gradient = run.gradients()[name]
        assert (why_none(run, name) is None) == (gradient is not None)
        assert (why_zero(run, index) is None) == (gradient is None or bool(np.any(gradient)))
        assert why_not_finite(run, timeline, index) is None
        for answer in (why_large(run, index), why_small(run, index)):
            assert answer is None or answer.reason.endswith(".")
    assert isinstance(conventions_at(run), tuple)


def test_every_mistake_can_be_made(run: Run) -> None:
    right = Timeline.of(run)
    for mistake in mistakes_for(run):
        assert why_wrong(mistake, right, wrong_timeline(run, mistake)).endswith(".")


def test_every_question_can_be_answered(run: Run) -> None:
    for question in questions(Timeline.of(run)):
        assert check(question, json.dumps(np.asarray(question.answer).tolist())).right, question.text
        assert all(hints(question))
    for sheet in (worksheet(run), worksheet(run, form="html")):
        assert len(sheet.questions) <= len(sheet.answers)


def test_every_cost_is_counted(run: Run) -> None:
    assert all(cost.operations > 0 for cost in costs(run))
    assert all(np.all(curve > 0) for curve in growth(run).operations.values())
    used = memory(Timeline.of(run))
    assert used.min() == 0 == used[-1]
    assert used.max() <= sum(kept(run.tape, index).bytes for index in range(len(run.tape)))
    assert summary(run).endswith(".")


def test_every_way_to_step_reaches_both_ends(run: Run) -> None:
    timeline = Timeline.of(run)
    steps = Steps(timeline)
    for unit in UNITS:
        stops, step = [0], 0
        while step < len(timeline):
            step = steps.next(step, unit)
            stops.append(step)
        back = [step]
        while step:
            step = steps.previous(step, unit)
            back.append(step)
        assert stops == back[::-1]
    assert hits(timeline, parse_breakpoint("abs(adjoint) > 1e300"), steps).tolist() == []
    assert search(timeline, "value > 1e300") == []


def test_every_example_can_be_differentiated_again(run: Run) -> None:
    matrix = hessian(run).values
    assert matrix == pytest.approx(matrix.T, rel=1e-6, abs=1e-9)
    rows, columns = jacobian(run, "rows"), jacobian(run, "columns")
    assert rows.values == pytest.approx(columns.values)
    assert cheaper_order(run) == "rows"
    for name in run.inputs:
        again = differentiate_again(run, name)
        assert len(Timeline.of(again)) >= len(again.tape)

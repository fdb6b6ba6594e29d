"""Lessons from the command line: listed, printed, walked by hand, checked, written; one sentence for bad input."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.lessons.check import problems_of
from core.lessons.draft import draft
from core.lessons.lesson import Lesson
from core.lessons.opening import study_of
from core.lessons.papers import sheet, slides
from core.lessons.reading import lesson_from_text
from core.lessons.variants import NoVariant, variant
from core.lessons.walk import Walk
from explorer import cli
from explorer.lessons.document import document_of, draft_of
from explorer.lessons.shelf import heads
from explorer.lessons.terminal import walk_through
from tests.core.lessons.learners import lesson_of

pytestmark = pytest.mark.usefixtures("qapp")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    return status, *capsys.readouterr()


def test_the_list_has_id_title_and_minutes_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--lessons")
    lines = out.splitlines()
    assert status == 0 and len(lines) == len(heads())
    assert re.fullmatch(r"one-product +One product +4 min", lines[1])
    assert [line.split()[0] for line in lines[:3]] == ["tour", "one-product", "reuse-adds"]


def test_a_lesson_is_printed_with_its_numbers_where_nobody_answers(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--lesson", "reuse-adds", "--print")
    assert status == 0
    for told in ("f is 105", "6 + 30 = 36", "36.000003007075065", "[[6, 2], [2, None]]"):
        assert told in " ".join(out.split()), told


@pytest.mark.parametrize("name", ["nobody-wrote-this", "../seed", "missing.toml", "a\0b", "x" * 5000])
def test_a_lesson_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, out, err = run(capsys, "--lesson", name, "--print")
    assert (status, out, err.count("\n")) == (2, "", 1) and "Traceback" not in err


def test_a_file_is_checked_with_its_places(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    head = 'lesson = 1\ntitle = "Mine"\nminutes = 1\nprogram = "y = x*x"\n'
    path.write_text(head + '[[moment]]\nat = "end()"\nsay = "An adjoint."')
    status, out, err = run(capsys, "--check-lesson", str(path))
    assert (status, out) == (2, "") and err.startswith(f"{path}:7:7: The term `adjoint`")
    path.write_text(path.read_text().replace("An adjoint.", "{value(y)}"))
    assert run(capsys, "--check-lesson", str(path)) == (0, "", "")
    path.write_bytes(b"\xff\xfe")
    assert run(capsys, "--check-lesson", str(path))[0] == 2
    assert run(capsys, "--check-lesson", str(tmp_path / "none.toml"))[0] == 2


# -- by hand -------------------------------------------------------------------------------------------------------


def walked(lesson: Lesson, typed: list[str]) -> tuple[Walk, str]:
    lines: Iterator[str] = iter(typed)
    written: list[str] = []

    def read(prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    return walk_through(lesson, read, written.append), "\n".join(written)


def test_a_lesson_is_walked_by_typing() -> None:
    walk, written = walked(lesson_of("reuse-adds"), ["", "", "", "25", "3", "", "30", "?", "30+6", "", "", ""])
    assert walk.met[4].mistakes == ("swapped operands",) and walk.met[5].right and walk.met[5].hints == 1
    assert "What arrived before, 6, is still there." in " ".join(written.split()) and "6 + 30 = 36" in written


def test_answers_can_be_shown_and_inputs_changed_and_put_back() -> None:
    walk, written = walked(lesson_of("reuse-adds"), ["", "", "", "!", "w1 = 7", "back", "w3 = 1", "w1 = (", "", "q"])
    assert "∂f/∂w1 = 48" in written, "6 w1 + 2 w2 at (7, 3)"
    assert "The answer: 3." in written and "no input `w3`" in written
    assert not walk.met[4].right and not walk.is_finished


# -- on paper ------------------------------------------------------------------------------------------------------


def test_the_sheet_asks_and_the_key_answers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "sheet.html"
    status, out, _ = run(capsys, "--lesson", "reuse-adds", "--export", str(file), str(tmp_path / "sheet.pdf"))
    assert status == 0 and len(out.splitlines()) == 4
    questions, answers = file.read_text(), (tmp_path / "sheet-answers.html").read_text()
    assert "36" not in questions and "36" in answers and "forgot to add" in answers
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_variant_has_other_numbers_and_right_ones() -> None:
    lesson = lesson_of("reuse-adds")
    for seed in range(5):
        varied = variant(lesson, seed)
        assert varied.inputs != lesson.inputs and variant(lesson, seed).inputs == varied.inputs
        w1, w2 = (float(varied.inputs[name]) for name in ("w1", "w2"))
        assert f"The answer: {6 * w1 + 2 * w2:g}." in sheet(varied, seed).answers
    with pytest.raises(NoVariant):
        variant(lesson_from_text('lesson = 1\ntitle = "a"\nminutes = 1\nprogram = "y = x"', "a"), 1)


def test_slides_show_a_question_before_its_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = slides(lesson_of("one-product"))
    assert text.index("What will arrive there?") < text.index("The answer: 3.")
    assert "http" not in text
    status, _, _ = run(capsys, "--lesson", "one-product", "--export", str(tmp_path / "a-slides.html"))
    assert status == 0 and (tmp_path / "a-slides.html").read_text().count("<svg") > 5


@pytest.mark.parametrize("file", ["sheet.xyz", "none/sheet.html", "none/sheet.pdf"])
def test_what_cannot_be_written_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: str
) -> None:
    status, out, err = run(capsys, "--lesson", "one-product", "--export", str(tmp_path / file))
    assert (status, out) == (2, "") and err.count("\n") == 1


def test_the_inventory_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = run(capsys, "--inventory", "3", "--export", str(tmp_path / "i.html"), str(tmp_path / "i.pdf"))
    assert status == 0 and len(out.splitlines()) == 3
    (data,) = re.findall(r'id="said">(.*?)</script>', (tmp_path / "i.html").read_text())
    assert len(json.loads(data)["questions"]) == 20


# -- drafts --------------------------------------------------------------------------------------------------------


def test_a_document_with_bookmarks_becomes_a_draft_and_a_lesson_a_document() -> None:
    lesson = lesson_of("reuse-adds")
    document = replace(document_of(lesson), bookmarks={13: "Six of thirty-six.", 400: "beyond the end"})
    assert (document.title, document.inputs) == ("Reuse adds", {"w1": 5.0, "w2": 3.0})
    written = lesson_from_text(draft_of(document, study_of(lesson).timeline), "draft")
    assert [moment.at.text for moment in written.moments] == ["contributions(w1) == 1", "end()"]
    assert written.title == "Reuse adds" and written.moments[0].say is not None
    assert written.moments[0].say.source == "Six of thirty-six."


def test_a_draft_is_a_lesson_anchored_on_what_happened_at_each_mark() -> None:
    timeline = study_of(lesson_of("reuse-adds")).timeline
    for marks in ({}, {step: f"note {step} {{}} \"quoted\" 'twice'" for step in range(len(timeline) + 1)}):
        lesson = lesson_from_text(draft(timeline, marks, 'A "title"', "about\nit"), "draft")
        assert len(lesson.moments) == max(len(marks), 1) and lesson.inputs == {"w1": 5.0, "w2": 3.0}
        assert problems_of(lesson) == []
        for moment, step in zip(lesson.moments, sorted(marks)):
            if timeline.computed < step < len(timeline):
                continue
            known = study_of(lesson).known(step, anchored=True)
            assert moment.at.holds(known), (step, moment.at.text)

"""Documents: if these fail, work is lost on saving, or a stranger's file does harm or half-opens."""

import json
import os
import stat

import numpy as np
import pytest

from explorer.model.document import (
    MAX_BYTES,
    MAX_INPUTS,
    MAX_MARKS,
    MAX_TEXT,
    Document,
    DocumentError,
    as_json,
    from_json,
)
from explorer.storage.documents import read_document, write_document
from explorer.storage.examples import example, example_names

FULL = Document(
    text="def f(w, b):\n    return w @ w + b  # π\n", inputs={"w": np.array([1.5, -2.0]), "b": float("inf")},
    unwatched=("b",), output="z", step=7, tab="plot",
)  # fmt: skip


def changed(**fields: object) -> str:
    return json.dumps(json.loads(as_json(FULL)) | fields)


@pytest.mark.parametrize("version", ["true", "1.0", "2", '"1"', "null"])
def test_a_version_is_a_whole_number(version: str) -> None:
    with pytest.raises(DocumentError, match="it has version"):
        from_json(f'{{"format": "tape-explorer", "version": {version}, "text": "x"}}')


def test_a_saved_document_opens_as_it_was(tmp_path):
    write_document(tmp_path / "a.json", FULL)
    assert read_document(tmp_path / "a.json") == FULL


def test_saving_again_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    write_document(tmp_path / "a.json", FULL)
    write_document(tmp_path / "a.json", Document(text="x"))
    assert read_document(tmp_path / "a.json").text == "x"
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[1]", "null", "{}", '{"format": "other"}', "[" * 100_000,
        changed(version=2), changed(version="1"), changed(version=True), changed(version=1.0),
        changed(inputs={"if": 1}), changed(inputs={"__class__": 1}), changed(unwatched=["lambda"]),
        changed(view={"breakpoints": ["line 1"] * (MAX_MARKS + 1)}),
        changed(view={"bookmarks": [{"step": 1}] * (MAX_MARKS + 1)}),
        changed(text=5), changed(text=None), changed(text="x" * (MAX_TEXT + 1)),
        changed(inputs=[]), changed(inputs={"a b": 1}), changed(inputs={"a": "1"}), changed(inputs={"a": [[1], 2]}),
        changed(inputs={"a": True}), changed(inputs={"a": 10**400}),
        changed(inputs={f"a{i}": 1 for i in range(MAX_INPUTS + 1)}),
        changed(unwatched="b"), changed(unwatched=[1]), changed(view=[]), changed(view={"step": "1"}),
        changed(view={"step": True}), changed(view={"tab": 1}), changed(output=[]),
    ],
)  # fmt: skip
def test_a_broken_or_foreign_document_is_refused(text):
    with pytest.raises(DocumentError):
        from_json(text)


def test_names_in_a_file_cannot_be_code():
    with pytest.raises(DocumentError, match="not a name"):
        from_json(changed(inputs={"__import__('os')": 1}))


def _file(folder, kind):
    path = folder / "thing.json"
    match kind:
        case "directory":
            path.mkdir()
        case "binary":
            path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
        case "zeros":
            path.write_bytes(b"\0" * 100)
        case "large":
            path.write_bytes(b" " * (MAX_BYTES + 1))
        case "foreign":
            path.write_text('{"cells": []}')
        case "pipe":
            os.mkfifo(path)
    return path


@pytest.mark.parametrize("kind", ["missing", "directory", "binary", "zeros", "large", "foreign", "pipe"])
def test_what_cannot_be_opened_says_so_in_one_sentence(tmp_path, kind):
    if kind == "pipe" and not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this system")
    with pytest.raises(DocumentError, match=r"thing\.json was not opened: ") as caught:
        read_document(_file(tmp_path, kind))
    text = str(caught.value)
    assert text.endswith(".") and "\n" not in text and ".." not in text


def test_no_permission_says_so(tmp_path, monkeypatch):
    def refuse(*_args: object, **_kinds: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(DocumentError, match="permission is denied"):
        read_document(tmp_path / "a.json")


def test_saving_where_one_may_not_says_so_and_keeps_the_old_file(tmp_path, monkeypatch):
    write_document(tmp_path / "a.json", FULL)

    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(DocumentError, match="permission is denied"):
        write_document(tmp_path / "a.json", Document(text="new"))
    assert read_document(tmp_path / "a.json") == FULL
    assert os.listdir(tmp_path) == ["a.json"]


def test_saving_over_a_directory_says_so(tmp_path):
    with pytest.raises(DocumentError, match="directory"):
        write_document(tmp_path, FULL)


def test_a_saved_file_can_be_read_by_others_as_usual(tmp_path):
    write_document(tmp_path / "a.json", FULL)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) & stat.S_IRUSR


def test_python_and_text_files_open_as_text(tmp_path):
    for name in ("f.py", "f.txt"):
        (tmp_path / name).write_text("x*x\r\n", newline="")
        assert read_document(tmp_path / name) == Document(text="x*x\n")


def test_examples_are_those_of_the_menu_and_all_open():
    titles = [example(name).title for name in example_names()]
    assert len(titles) == len(set(titles)) == 8
    assert all(example(name).text and example(name).inputs for name in example_names())
    seed = example(example_names()[0])
    assert "3*w1**2 + 2*w1*w2" in seed.text and seed.inputs == {"w1": 5.0, "w2": 3.0}


def test_lines_of_a_strangers_text_end_as_ours_do(tmp_path):
    (tmp_path / "a.py").write_bytes(b"x\r\ny\rz\n")
    assert from_json(changed(text="x\r\ny\rz\n")).text == read_document(tmp_path / "a.py").text == "x\ny\nz\n"


@pytest.mark.parametrize(
    "too_much",
    [
        Document(text="x" * (MAX_TEXT + 1)), Document(inputs={f"a{i}": 1.0 for i in range(MAX_INPUTS + 1)}),
        Document(bookmarks=dict.fromkeys(range(MAX_MARKS + 1), "")), Document(breakpoints=("x",) * (MAX_MARKS + 1)),
        Document(inputs={"a": np.zeros(0)}), Document(title="x" * (MAX_TEXT + 1)),
    ],
)  # fmt: skip
def test_what_could_not_be_opened_is_not_saved(tmp_path, too_much):
    with pytest.raises(DocumentError, match=r"a\.json was not saved: .*\.$"):
        write_document(tmp_path / "a.json", too_much)
    assert os.listdir(tmp_path) == []


def test_a_step_beyond_all_tapes_is_kept_in_bounds():
    far = from_json(changed(view={"step": 10**30, "bookmarks": [{"step": 10**30, "note": "far"}]}))
    assert far.step == 2**31 - 1 and far.bookmarks == {2**31 - 1: "far"}

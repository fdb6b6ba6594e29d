"""The ways of fuzzing beside the language: each finds what is planted, and a quick look with it finds nothing."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.storage import documents
from explorer.storage.settings import LIMITS
from tests.fuzz import faults, foreign

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("way", "files"), [("documents", 250), ("settings", 100), ("lessons", 120)])
def test_foreign_files_are_opened_or_refused(way, files):
    assert not foreign.campaign(way, 10_000, files)


def test_a_document_that_cannot_be_saved_again_is_found(monkeypatch, capsys):
    def refuse(*_):
        raise documents.DocumentError("no")

    monkeypatch.setattr(documents, "write_document", refuse)
    assert foreign.campaign("documents", 1, 20)
    assert "cannot be saved" in capsys.readouterr().out


def test_a_reader_that_fails_is_found(monkeypatch):
    monkeypatch.setattr(documents, "from_json", lambda text: [].remove(1))
    assert foreign.in_time(lambda: documents.document_of("{}", ".json")).startswith(("no sentence", "ValueError"))


def test_a_setting_out_of_its_limits_is_found(monkeypatch):
    from explorer.storage.settings import Settings

    monkeypatch.setattr(Settings, "_limit", lambda self, name, usual: LIMITS[name][1] * 2)
    assert foreign.campaign("settings", 1, 3)


@pytest.mark.parametrize("name", faults.FAULTS)
def test_nothing_is_lost_where_the_system_says_no(name, tmp_path):
    assert faults.survives(name, tmp_path) == ""


def test_a_loss_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(documents, "write_whole", lambda path, text: path.write_text(text[:5]))
    assert faults._lost(tmp_path, {"kept": 1, "saved": 0})
    with pytest.raises(documents.DocumentError):
        faults.survives("slow", tmp_path)


def test_a_kill_loses_nothing(tmp_path):
    assert faults.killed_once(tmp_path, 0, random.Random(1))[0] == ""


def test_a_monkey_finds_nothing():
    """Its gaps are measured in a campaign, not here: they are of a machine, not of a fault."""
    command = [sys.executable, "-m", "tests.fuzz", "monkey", "--seed", "7", "--steps", "60", "--gap", "60"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout

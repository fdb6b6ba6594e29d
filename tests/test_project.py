"""What the checkout promises: it installs by pinned names, starts by two commands, and its Qt is sound."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import make
from explorer.storage.resources import asset, assets_folder

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def bare(requirement: str) -> str:
    """The name in a requirement, as package indexes compare it."""
    return re.split(r"[\s<>=!~;\[]", requirement)[0].lower().replace("_", "-")


# --- what is installed ------------------------------------------------------------------------------


def test_every_pin_is_a_name_and_a_version() -> None:
    """An address in the constraints would tie the project to one server."""
    assert [pin for pin in pins() if not re.fullmatch(r"[\w.-]+==[\w.]+(; .+)?", pin)] == []


def test_everything_we_ask_for_is_pinned() -> None:
    extras = [name for extra in PROJECT["optional-dependencies"].values() for name in extra]
    wanted = {bare(name) for name in PROJECT["dependencies"] + extras + make.PEERS} - {"tape-explorer"}
    assert wanted <= {bare(pin) for pin in pins()}


def test_no_pin_is_installed_at_another_version() -> None:
    """The suite would otherwise test something that users do not get."""
    from importlib.metadata import PackageNotFoundError, version

    for name, pinned in (pin.split(";")[0].strip().split("==") for pin in pins()):
        try:
            assert version(name).split("+")[0] == pinned, name
        except PackageNotFoundError:
            continue


def test_the_command_is_named_as_promised() -> None:
    assert PROJECT["name"] == "tape-explorer"
    assert PROJECT["scripts"] == {"tape-explorer": "explorer.cli:main"}


def test_python_311_never_gets_the_qt_that_loses_none() -> None:
    asked = [entry for entry in PROJECT["dependencies"] if entry.startswith("PySide6")]
    older = next(entry for entry in asked if "python_version < '3.12'" in entry)
    assert "<6.12;" in older


def test_the_assets_are_found() -> None:
    assert assets_folder() == ROOT / "assets"
    assert asset("icons/x.svg").parent.name == "icons"


# --- Qt ---------------------------------------------------------------------------------------------


def void_calls(qapp: object) -> list[Callable[[], None]]:
    """Calls into Qt that return nothing, over a spread of classes and argument kinds."""
    from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QTimer
    from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QStandardItemModel
    from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSlider, QWidget

    widget, label, line, text, slider = QWidget(), QLabel(), QLineEdit(), QPlainTextEdit(), QSlider()
    timer, item, font, pen = QTimer(), QObject(), QFont(), QPen()
    path, model, image = QPainterPath(), QStandardItemModel(), QImage(8, 8, QImage.Format.Format_ARGB32)

    def paint() -> None:
        painter = QPainter(image)
        painter.drawRect(QRectF(0, 0, 4, 4))
        painter.end()

    return [
        widget.update, lambda: widget.resize(QSize(9, 9)), lambda: widget.setEnabled(True),
        lambda: widget.setToolTip("x"), lambda: widget.move(1, 1), lambda: widget.setObjectName("w"),
        lambda: label.setText("x"), lambda: label.setWordWrap(True), label.clear,
        lambda: line.setText("x"), line.selectAll, lambda: line.setReadOnly(False),
        lambda: text.setPlainText("x"), text.undo, lambda: slider.setValue(3), lambda: slider.setRange(0, 9),
        lambda: timer.setInterval(7), timer.stop, lambda: item.setObjectName("o"),
        lambda: font.setBold(True), lambda: pen.setWidthF(1.0), lambda: pen.setColor(QColor(1, 2, 3)),
        lambda: path.lineTo(QPointF(1, 1)), lambda: image.fill(0), lambda: model.setRowCount(2), paint,
    ]  # fmt: skip


def test_qt_calls_do_not_lose_none(qapp: object) -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None in most void calls, until Python aborts.

    From Python 3.12 None is immortal and its count stands still, so there the test can only pass.
    """
    rounds = 200
    leaking = []
    for number, call in enumerate(void_calls(qapp)):
        call()
        before = sys.getrefcount(None)
        for _ in range(rounds):
            call()
        if before - sys.getrefcount(None) > rounds // 2:
            leaking.append(number)
    assert not leaking


def test_tests_leave_the_settings_of_the_user_alone(settings_of_its_own: Path) -> None:
    """Without this, running the suite would rearrange the window of whoever runs it."""
    from PySide6.QtCore import QSettings, QStandardPaths

    if sys.platform == "linux":
        config = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
        assert Path(config).is_relative_to(settings_of_its_own)
    stored = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "tape-explorer", "tests")
    assert Path(stored.fileName()).is_relative_to(settings_of_its_own)


# --- make.py ----------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that `make` takes for its own, with an environment that looks installed."""
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(make, "ROOT", tmp_path)
    python = make.python_of(tmp_path / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()
    return tmp_path


def stamp(checkout: Path, **changes: object) -> None:
    note = {"key": make.key(), "extra": "test", "system": True, **changes}
    (checkout / ".venv" / make.STAMP).write_text(json.dumps(note))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replaces every slow step of the set-up by a note."""
    done: list[str] = []
    monkeypatch.setattr(make, "is_sound", lambda folder: False)
    monkeypatch.setattr(make, "ensure_system", lambda needs_qt, needs_venv: not done.append("system"))
    monkeypatch.setattr(make, "make_environment", lambda folder: done.append("environment"))
    monkeypatch.setattr(make, "install", lambda folder, wanted: done.append("install " + wanted[-1]))
    return done


def test_a_second_run_looks_at_the_stamp_only(checkout: Path, log: list[str]) -> None:
    """Otherwise every start would wait for pip."""
    stamp(checkout)
    make.prepare()
    make.prepare("test")
    assert log == []


def test_the_first_run_sets_up_and_stamps(checkout: Path, log: list[str]) -> None:
    make.prepare("test")
    make.prepare()
    assert log == ["system", "environment", "install .[test]"]


def test_a_later_verb_installs_only_what_it_adds(checkout: Path, log: list[str]) -> None:
    stamp(checkout)
    make.prepare("dev")
    assert log == ["system", "environment", "install .[dev]"]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_requirements_are_installed(name: str, checkout: Path, log: list[str]) -> None:
    """After a pull that raises a version, the old environment must not be used."""
    stamp(checkout)
    with (checkout / name).open("a") as file:
        file.write("# changed\n")
    make.prepare()
    assert "install ." in log


@pytest.mark.parametrize("content", ["", "{", "[]", '{"key": 1}'])
def test_a_broken_stamp_counts_as_none(content: str, checkout: Path, log: list[str]) -> None:
    (checkout / ".venv" / make.STAMP).write_text(content)
    make.prepare()
    assert "install ." in log


def test_missing_libraries_are_looked_for_again(checkout: Path, log: list[str]) -> None:
    stamp(checkout, system=False)
    make.prepare()
    make.prepare()
    assert log == ["system"]


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian system without venv and one of Qt's libraries, where we are not root."""
    monkeypatch.setattr(make.sys, "platform", "linux")
    monkeypatch.setattr(make, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(make, "has_fonts", lambda: True)
    monkeypatch.setattr(make, "has_venv", lambda: False)
    monkeypatch.setattr(make, "can_install", lambda: False)
    monkeypatch.setattr(make.shutil, "which", lambda name: "/usr/bin/" + name)


def test_without_rights_one_line_to_type_is_printed(lacking: None) -> None:
    line = r"please type: sudo apt-get install -y python3\.\d+-venv libegl1$"
    with pytest.raises(make.SetupError, match=line):
        make.ensure_system(needs_qt=True, needs_venv=True)


def test_without_a_screen_missing_libraries_only_warn(lacking: None, capsys: pytest.CaptureFixture) -> None:
    """The terminal still works without them."""
    assert make.ensure_system(needs_qt=False, needs_venv=False) is False
    assert "libegl1" in capsys.readouterr().err


def test_without_venv_nothing_goes_on(lacking: None) -> None:
    with pytest.raises(make.SetupError, match="-venv"):
        make.ensure_system(needs_qt=False, needs_venv=True)


def test_on_another_system_what_is_lacking_is_named(lacking: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make.shutil, "which", lambda name: None)
    with pytest.raises(make.SetupError, match=r"package manager.*ensurepip modules, libEGL\.so\.1$"):
        make.ensure_system(needs_qt=True, needs_venv=True)


def test_as_root_on_debian_all_is_installed_at_once(lacking: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(make, "can_install", lambda: True)
    monkeypatch.setattr(make, "install_packages", asked.extend)
    assert make.ensure_system(needs_qt=True, needs_venv=True)
    assert asked == ["python{}.{}-venv".format(*sys.version_info[:2]), "libegl1"]


def test_an_unsupported_python_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(make, "LOWEST", (3, 99))
    assert make.main(["run"]) == 1
    assert "this needs Python" in capsys.readouterr().err


def test_an_unknown_verb_names_the_known_ones(capsys: pytest.CaptureFixture) -> None:
    assert make.main(["fly"]) == 2
    assert "run, test, smoke, setup, check, bench, shots" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="no executable bits")
def test_the_ci_script_is_bash_and_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "python3 make.py test" in script.read_text()


def test_make_needs_the_standard_library_only() -> None:
    """It runs before anything is installed."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "make.py"), "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0 and "run [ARGUMENTS]" in done.stdout, done.stderr

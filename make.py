#!/usr/bin/env python3
"""Sets everything up and starts it: `python3 make.py run`, `python3 make.py test` and a few more verbs.

Standard library only, for Linux, macOS and Windows. It makes `.venv`, installs the pinned versions there,
and sees to the system libraries that Qt needs. It must not know what the program does.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
USAGE = """usage: python3 make.py VERB [ARGUMENTS]

  run [ARGUMENTS]    start the program; arguments go to it (try: run --help)
  test [ARGUMENTS]   run the tests; arguments go to pytest
  smoke              run the few tests that show in ten seconds whether the heart still beats
  setup              only set everything up
  check              lint, types, import rules
  bench [--peers]    benchmarks; --peers first installs the libraries to compare with
  shots              write the screenshots one looks at
  words              collect what the program says, for translators, and compile the translations
  fuzz [WAY]         look for what breaks the program; --help lists the ways
"""

LOWEST, BEYOND = (3, 11), (3, 15)
EXTRAS = ["", "test", "dev"]  # each contains the one before it
PEERS = ["micrograd", "autograd", "jax", "torch", "tensorflow"]
STAMP = "tape-explorer.json"
IN_PARALLEL = [f"--numprocesses={os.cpu_count() or 1}", "--dist=loadfile"]  # a window serves all tests of its file

# What Qt needs from a Linux system: library -> package of Debian and Ubuntu.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONTS = ["fonts-dejavu-core", "fonts-inter", "fonts-jetbrains-mono"]
FONT_FOLDERS = ["/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"]


class SetupError(Exception):
    """The set-up cannot go on; the message says why, and what to do, in one sentence."""


def say(text: str) -> None:
    """Show progress on standard error, so that the program's own output stays clean."""
    print(f"make.py: {text}", file=sys.stderr, flush=True)


# --- the system -------------------------------------------------------------------------------------


def can_install() -> bool:
    """Whether we may install packages of the system: Debian or Ubuntu, as root."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def install_packages(packages: list[str]) -> None:
    """Install Debian packages."""
    say("installing with apt-get: " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            reason = last_line(done.stderr) or "it gave no reason"
            line = " ".join(command)
            raise SetupError(f"`{line}` failed ({reason}); please run it by hand, then try again.")


def last_line(text: str) -> str:
    """Return the last line that says something, or nothing."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")


def loads(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    """Whether the system has any outline font."""
    endings = {".ttf", ".otf", ".ttc"}
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(file.suffix.lower() in endings for folder in folders for file in folder.rglob("*"))


def has_screen() -> bool:
    """Whether a window could be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def has_venv() -> bool:
    """Whether Python can make environments; Debian keeps that part in a package of its own."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def ensure_system(needs_qt: bool, needs_venv: bool) -> bool:
    """Install what the system lacks; True when all is there. Stop where we cannot go on without it."""
    linux = sys.platform == "linux"
    vital = [name for name in LIBRARIES if linux and not loads(name)]
    window = [name for name in WINDOW_LIBRARIES if linux and not loads(name)]
    venv = ["python{}.{}-venv".format(*sys.version_info[:2])] if needs_venv and not has_venv() else []
    fonts = FONTS if linux and not has_fonts() else []
    packages = venv + [{**LIBRARIES, **WINDOW_LIBRARIES}[name] for name in vital + window] + fonts
    if packages and can_install():
        install_packages(packages)
        return True
    x11_only = "DISPLAY" in os.environ and "WAYLAND_DISPLAY" not in os.environ
    if venv or (needs_qt and (vital or (window and x11_only))):
        raise SetupError("the system lacks what we need; " + advice(packages, venv, vital + window))
    if packages:
        say("for good windows, " + advice(packages, venv, vital + window))
    return not packages


def advice(packages: list[str], venv: list[str], libraries: list[str]) -> str:
    """Return what a person has to do to get system packages that we may not install."""
    if shutil.which("apt-get"):
        return "please type: sudo apt-get install -y " + " ".join(packages)
    parts = ["Python's venv and ensurepip modules"] if venv else []
    parts += libraries or ([] if venv else ["an outline font"])
    return "please install, with the system's package manager, the packages with: " + ", ".join(parts)


# --- the virtual environment ------------------------------------------------------------------------


def python_of(folder: Path) -> Path:
    """Return the interpreter inside a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def key() -> str:
    """Return what an installation depends on: the place, the Python, the requirements."""
    parts = [str(ROOT).encode(), repr(sys.version_info[:2]).encode(), repr(LIBRARIES).encode()]
    parts += [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def read_stamp(folder: Path) -> dict:
    """Return what an earlier set-up noted, or nothing when it no longer holds."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    holds = isinstance(stamp, dict) and stamp.get("key") == key() and python_of(folder).exists()
    return stamp if holds else {}


def is_sound(folder: Path) -> bool:
    """Whether a virtual environment has pip and the Python that runs us."""
    report = "import sys, pip; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([str(python_of(folder)), "-c", report], capture_output=True, text=True)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.split() == [str(part) for part in sys.version_info[:2]]


def make_environment(folder: Path) -> None:
    """Make an empty virtual environment."""
    say(f"making {folder.name} with Python {sys.version.split()[0]}")
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode or not is_sound(folder):
        reason = last_line(done.stderr) or last_line(done.stdout) or "pip did not arrive"
        raise SetupError(f"`{' '.join(command)}` failed: {reason}")


def install(folder: Path, requirements: list[str]) -> None:
    """Install into a virtual environment at the pinned versions, showing what arrives."""
    pins = str(ROOT / "constraints.txt")
    command = [str(python_of(folder)), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    command += ["--constraint", pins, *requirements]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUNBUFFERED": "1"}
    say(f"installing into {folder.name}; the first time this downloads about 100 MB")
    lines: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            if line.strip().startswith(("Downloading", "Using cached", "Installing collected")):
                say("  " + line.strip()[:100])
            lines.append(line.rstrip())
    if process.returncode:
        errors = [line for line in lines if "error" in line.lower()]
        raise SetupError("\n  ".join(["pip could not install everything; is there a network?", *errors[-5:]]))


def fill(folder: Path, requirements: list[str], needs_qt: bool = True) -> bool:
    """Install into a virtual environment, made if need be; True when the system lacks nothing either."""
    sound = is_sound(folder)
    complete = ensure_system(needs_qt, needs_venv=not sound)
    if not sound:
        make_environment(folder)
    install(folder, requirements)
    return complete


def prepare(extra: str = "", needs_qt: bool = True) -> Path:
    """Return the Python of `.venv` with the program and its `extra` installed; instant when they are."""
    folder = ROOT / ".venv"
    stamp = read_stamp(folder)
    installed = str(stamp.get("extra", "nothing"))
    if installed not in EXTRAS or EXTRAS.index(installed) < EXTRAS.index(extra):
        system = fill(folder, ["--editable", f".[{extra}]" if extra else "."], needs_qt)
        installed = extra
        say("ready")
    elif stamp.get("system"):
        return python_of(folder)
    else:
        system = ensure_system(needs_qt, needs_venv=False)
    note = {"key": key(), "extra": installed, "system": system}
    (folder / STAMP).write_text(json.dumps(note), encoding="utf-8")
    return python_of(folder)


# --- the verbs --------------------------------------------------------------------------------------


def call(python: Path, *arguments: str, here: bool = False) -> int:
    """Run Python in the project's folder, or `here`; return its exit status."""
    try:
        return subprocess.call([str(python), *arguments], cwd=None if here else ROOT)
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Start the program where the user is; without a screen it works in the terminal."""
    command = [str(prepare(needs_qt=has_screen())), "-P", "-m", "explorer", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # does not return: the program takes our place
    return call(Path(command[0]), *command[1:], here=True)


def test(arguments: list[str]) -> int:
    """Run the tests, on all cores when it is the whole suite."""
    return call(prepare("test"), "-m", "pytest", *(arguments or ["-q", *IN_PARALLEL]))


SMOKE = [  # one or two files of each room
    "tests/core/test_tutorial.py",
    "tests/core/test_sweeps.py",
    "tests/core/test_run.py",
    "tests/core/test_timeline.py",
    "tests/core/language/test_corpus.py",
    "tests/core/language/test_aliases.py",
    "tests/core/gradient_tape/test_answers.py",
    "tests/explorer/test_cli.py",
    "tests/explorer/test_without_qt.py",
    "tests/explorer/drawing/test_scene.py",
]


def smoke(arguments: list[str]) -> int:
    """Run the tests that fail soonest when something is broken."""
    return call(prepare("test"), "-m", "pytest", "-q", "-x", *SMOKE, *arguments)


def setup(arguments: list[str]) -> int:
    """Only set everything up."""
    prepare("dev")
    say("all is set up; start the program with: python3 make.py run")
    return 0


def check(arguments: list[str]) -> int:
    """Lint, types, import rules; all of them, also when an early one fails."""
    python = prepare("dev")
    status = 0
    for command in (
        ["ruff", "check", "."],
        ["mypy", "core", "explorer", "make.py"],
        ["pytest", "-q", "tests/test_import_rules.py"],
    ):
        say("check: " + " ".join(command))
        status = call(python, "-m", *command) or status
    return status


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, beside the peers where those are installed."""
    folder = ROOT / ".venv-bench"
    if "--peers" in arguments:
        arguments = [argument for argument in arguments if argument != "--peers"]
        say("the peers are large: on some systems several GB")
        fill(folder, ["--editable", ".[dev]", *PEERS])
    python = python_of(folder) if python_of(folder).exists() else prepare("dev")
    return call(python, "-m", "tests.bench", *arguments)


def shots(arguments: list[str]) -> int:
    """Write the screenshots."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return call(prepare("test"), "-m", "tests.shots", *arguments)


def words(arguments: list[str]) -> int:
    """Collect the sentences of the program in `assets/locale/messages.pot` and compile their translations."""
    return call(prepare("test"), "-m", "tests.words", *arguments)


def fuzz(arguments: list[str]) -> int:
    """Fuzz, beside the peers where those are installed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = ROOT / ".venv-bench"
    python = python_of(folder) if python_of(folder).exists() else prepare("dev")
    return call(python, "-m", "tests.fuzz", *arguments)


VERBS = {
    "run": run,
    "test": test,
    "smoke": smoke,
    "setup": setup,
    "check": check,
    "bench": bench,
    "shots": shots,
    "words": words,
    "fuzz": fuzz,
}


def main(arguments: list[str]) -> int:
    """Do what the first argument names; return the exit status."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if arguments else 2
    verb, *rest = arguments
    if verb not in VERBS:
        say(f"there is no verb {verb!r}; choose one of: {', '.join(VERBS)}")
        return 2
    if not LOWEST <= sys.version_info[:2] < BEYOND:
        say("this needs Python 3.11, 3.12, 3.13 or 3.14, and this is {}.{}".format(*sys.version_info[:2]))
        return 1
    try:
        return VERBS[verb](rest)
    except SetupError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The command line's contract: what it prints, what it writes, and one sentence with status 2 for bad input."""

import json
import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.sweeps import reverse
from explorer import cli

pytestmark = pytest.mark.usefixtures("qapp")  # before the command line makes an application without widgets
SEED = "3*w1**2 + 2*w1*w2"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_json_of_the_seed_function_holds_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, SEED, "--at", "w1=5", "w2=3", "--json")
    result = json.loads(out)
    assert status == 0
    assert result["value"] == 105
    assert result["gradients"] == {"w1": 36, "w2": 10}
    assert result["check"]["w1"]["finite_difference"] == pytest.approx(36)
    assert result["check"]["w1"]["relative_error"] < 1e-8
    assert result["check"]["w1"]["verdict"] == "agrees"
    assert result["check"]["w1"]["reason"].endswith(".")
    assert result["errors"] == []
    last = result["tape"][-1]
    assert {"index", "op", "operands", "primal", "adjoint", "span"} <= last.keys()
    assert (last["op"], last["operands"], last["primal"], last["adjoint"]) == ("add", [3, 5], 105, 1)
    assert last["span"] == [1, 1, 1, len(SEED) + 1]


def test_values_may_be_given_in_one_option_or_in_several(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, SEED, "--at", "w1=5", "--at", "w2=3", "--json")
    assert json.loads(out)["value"] == 105


def test_json_of_arrays_is_nested_lists_and_of_unconnected_inputs_null(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "unused = b + 1\ny = (a * a).sum()\ny", "--at", "a=[1, 2]", "b=1", "--json")
    assert json.loads(out)["gradients"] == {"a": [2, 4], "b": None}


def test_json_writes_what_json_cannot_hold_as_strings(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "log(x)", "--at", "x=0", "--json")
    assert json.loads(out)["value"] == "-inf"


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("w/s", ("w=[1,2]", "s=0")),
        ("np.linalg.solve(A, b).sum()", ("A=[[2,4,6],[1,3,5],[3,7,11]]", "b=[1,1,1]")),
        ("np.linalg.solve(A[None], b).sum()", ("A=[[2,1],[1,3]]", "b=[1,2]")),
    ],
)
@pytest.mark.parametrize("how", ["--print", "--json"])
def test_numbers_that_are_not_finite_are_answers(
    capsys: pytest.CaptureFixture[str], text: str, point: tuple[str, ...], how: str
) -> None:
    for mode in ("reverse", "forward"):
        status, out, err = run(capsys, text, "--at", *point, "--mode", mode, how)
        assert (status, err) == (0, "")
        assert out


def test_print_shows_tape_steps_and_checked_gradients(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, SEED, "--at", "w1=5", "w2=3", "--print")
    assert status == 0
    assert "v4 = v3 × w2 = 10 × 3 = 30" in out
    assert "v̄3 += v̄4 × w2 = 1 × 3 = 3" in out
    assert "6 + 30 = 36" in out
    assert out.count("✓") == 2


def test_forward_mode_prints_the_tangent_sweep(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "x*x", "--at", "x=3", "--mode", "forward", "--print")
    assert "Tangent sweep" in out
    assert "= 3 × 1 + 3 × 1 = 6" in out


def test_the_direction_of_the_forward_mode_is_said_and_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    given = (SEED, "--at", "w1=5", "w2=3", "--mode", "forward")
    _, out, _ = run(capsys, *given, "--print")
    assert "w1 moves with speed 1, w2 stays" in out and out.rstrip().endswith("= 36")
    _, out, _ = run(capsys, *given, "--along", "w2=2", "--print")
    assert "w1 stays, w2 moves with speed 2" in out and out.rstrip().endswith("= 20")
    _, out, _ = run(capsys, *given, "--along", "w1=1", "w2=2", "--json")
    assert json.loads(out)["tangent"] == {"direction": {"w1": 1, "w2": 2}, "value": 56}
    status, _, err = run(capsys, *given, "--along", "w3=2", "--print")
    assert status == 2 and "no input `w3`" in err
    status, _, err = run(capsys, *given, "--along", "w2=[1,2]", "--print")
    assert status == 2 and "w2 has the shape (); a direction of shape (2,) does not fit it" in err
    status, _, err = run(capsys, SEED, "--along", "w2=2", "--print")
    assert status == 2 and "Add --mode forward" in err


def test_of_chooses_what_is_differentiated(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "a = x*x\nb = a*x\nb", "--at", "x=3", "--of", "a", "--json")
    assert json.loads(out)["gradients"] == {"x": 6}


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "dot"])
def test_export_writes_the_format_of_the_ending(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"graph.{ending}"
    status, _, err = run(capsys, SEED, "--at", "w1=5", "w2=3", "--export", str(file))
    assert (status, err) == (0, "")
    starts = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph"}
    content = file.read_bytes()
    assert content.startswith(starts[ending])
    if ending in ("svg", "dot"):
        assert "105" in content.decode()
    assert list(tmp_path.iterdir()) == [file], "no half-written file stays behind"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["3*w1 +", "--json"], "line 1, column 6"),
        (["sine(x)", "--json"], "`sine` is not known. Did you mean `sin`?"),
        ([SEED, "--at", "w1", "--json"], "`w1` is not of the form NAME=VALUE; write for example w1=5."),
        ([SEED, "--at", "w1=five", "--json"], "w1: "),
        ([SEED, "--of", "q", "--json"], "The program has no value `q` to differentiate. It has w1, w2."),
        ([SEED, "--at", "q=1", "--json"], "the function has no input `q`; its inputs are w1, w2."),
        ([SEED, "--export", "graph.xyz"], "its ending is not one of .svg, .png, .pdf, .dot, .graphml, .mmd"),
        ([SEED, "--export", "/nowhere/at/all.svg"], "could not be written: No such file or directory."),
        (["--json"], "there is nothing to run"),
        (["missing.json", "--json"], "missing.json"),
        ([".", "--json"], "directory"),
    ],
)
def test_bad_input_is_one_sentence_and_status_two(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert sentence in err
    assert err.startswith("tape-explorer: ")
    assert err.count("\n") == 1


def test_a_failure_half_way_still_prints_the_tape(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "y = x * 2\ny @ [1., 2., 3.]", "--at", "x=[1, 2]", "--json")
    assert status == 2
    assert [entry["op"] for entry in json.loads(out)["tape"]] == ["input", "mul"]
    assert json.loads(out)["errors"][0]["line"] == 2
    assert "line 2" in err


def test_a_document_is_run_with_its_inputs_and_watch_switches(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "seed.json"
    file.write_text(
        json.dumps(
            {
                "format": "tape-explorer",
                "version": 1,
                "text": SEED,
                "inputs": {"w1": 5, "w2": 3},
                "unwatched": ["w2"],
            }
        )
    )
    _, out, _ = run(capsys, str(file), "--json")
    assert json.loads(out)["gradients"] == {"w1": 36, "w2": None}


def test_without_a_screen_the_terminal_does_the_job(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    status, out, _ = run(capsys, SEED, "--at", "w1=5", "w2=3")
    assert status == 0
    assert out.startswith("There is no screen here")
    assert "∂f/∂w1" in out


def test_json_sweeps_once(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A long tape would else take as long again for its gradients, and again for its adjoints."""
    sweeps: list[object] = []

    def counted(*given: object) -> object:
        sweeps.append(given)
        return reverse(*given)

    monkeypatch.setattr("core.running.once.reverse", counted)
    run(capsys, SEED, "--at", "w1=5", "w2=3", "--json")
    assert len(sweeps) == 1


ROUNDED = "y = floor(x)*z"


def test_why_answers_as_json_with_kind_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, ROUNDED, "--at", "x=2.5", "z=1", "--json", "--why", "x")
    why = json.loads(out)["why"]
    assert status == 0
    assert (why["name"], why["kind"], why["elsewhere"]) == ("x", "no-derivative", {})
    assert why["reason"].startswith("`floor(x)` rounds") and why["remedy"].endswith(".")
    assert why["place"] == {"span": [1, 5, 1, 13], "entry": 0}


def test_why_is_asked_about_values_too_and_may_have_nothing_to_explain(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "a = relu(x)\ny = a*3", "--at", "x=-2", "--json", "--why", "a")
    assert json.loads(out)["why"]["kind"] == "fine"
    _, out, _ = run(capsys, "a = log(x)\ny = a*3", "--at", "x=-2", "--json", "--why", "a")
    assert json.loads(out)["why"]["kind"] == "domain"


def test_why_says_what_other_libraries_take_at_a_kink(capsys: pytest.CaptureFixture[str]) -> None:
    """jax.grad(jnp.abs)(0.0) is 1.0; TensorFlow and PyTorch give 0, as we do."""
    _, out, _ = run(capsys, "abs(x)", "--at", "x=0", "--json", "--why", "x")
    assert json.loads(out)["why"]["elsewhere"] == {"jax": "1"}
    _, out, _ = run(capsys, "s = jnp.linalg.norm(x)**2", "--at", "x=[0, 0]", "--json", "--why", "x")
    assert json.loads(out)["why"]["elsewhere"] == {"jax": "nan"}
    _, out, _ = run(capsys, "s = 3*abs(x)", "--at", "x=0", "--why", "x", "--print")
    assert "Here ∂s/∂x is 0, but 3 in JAX." in out


def test_why_is_printed_without_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, ROUNDED, "--at", "x=2.5", "z=1", "--why", "x")
    assert status == 0 and out.startswith("Why is") and "What to do:" in out and "line 1, column 5" in out
    assert "Tape" not in out
    _, out, _ = run(capsys, ROUNDED, "--at", "x=2.5", "z=1", "--print", "--why", "x")
    assert out.startswith("Tape") and "What to do:" in out


def test_why_is_left_out_where_it_was_not_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert "why" not in json.loads(run(capsys, SEED, "--json")[1])


def test_why_about_a_name_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, ROUNDED, "--why", "q")
    assert (status, out) == (2, "") and "no value `q`" in err and "x, z, y" in err


def test_why_of_a_program_that_stops_is_what_stopped_it(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "y = x @ [1.0, 2.0]", "--at", "x=1", "--json", "--why", "x")
    assert status == 2 and "Traceback" not in err
    assert "stopped before it had an output" in json.loads(out)["why"]["reason"]


def test_a_training_is_printed_and_given_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    text, plan = "(w - 3)**2", "gd rate=0.25 steps=4 over=w"
    answer = json.loads(run(capsys, text, "--at", "w=1", "--train", plan, "--json")[1])
    assert answer["training"]["loss"] == [4.0, 1.0, 0.25, 0.0625, 0.015625]
    assert answer["training"]["point"] == {"w": 2.875}
    status, out, _ = run(capsys, text, "--at", "w=1", "--train", plan)
    assert status == 0 and "0.015625" in out and "•" in out


def test_a_training_that_cannot_be_understood_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = run(capsys, "w*w", "--train", "adam speed=2")
    assert status == 2 and "speed" in error and len(error.strip().splitlines()) == 1


TRAINING = "def loss(w): return (w - 2)**2\nw = 5.0\nfor i in range(3):\n    w = w - 0.1*jax.grad(loss)(w)\nloss(w)"


@pytest.mark.parametrize(
    ("which", "value"), [("first", 9.0), ("2", 5.76), ("last", 3.6864), ("after", 2.359296), ("all", 2.359296)]
)
def test_a_pass_of_a_loop_is_chosen(capsys, which, value):
    assert cli.main([TRAINING, "--json", "--pass", which]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["value"] == pytest.approx(value)
    assert told["passes"]["count"] == 3


def test_a_pass_that_there_is_not_is_told(capsys):
    assert cli.main([TRAINING, "--json", "--pass", "4"]) == 2
    assert "3 passes" in capsys.readouterr().err


def test_a_notebook_and_what_is_piped_in_are_run(capsys, tmp_path, monkeypatch):
    sources = ("%matplotlib inline\nx = 3.0", "x*x")
    cells = [{"cell_type": "code", "source": source, "outputs": []} for source in sources]
    file = tmp_path / "one.ipynb"
    file.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    assert cli.main([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["gradients"] == {"x": 6.0}
    broken = (b"\xff\xfe\x00", b'{"nbformat": 4, "cells": 3}')
    for data, status in ((file.read_bytes(), 0), (b"x = 3.0\nx*x", 0), *((one, 2) for one in broken)):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(data)))
        assert cli.main(["-", "--json"]) == status
        told = capsys.readouterr()
        assert json.loads(told.out)["value"] == 9.0 if status == 0 else "Traceback" not in told.err and told.err


def test_a_training_is_exported_as_its_curve_and_its_losses(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("training.svg", "losses.csv", "graph.dot")]
    plan = ["--train", "gd rate=0.25 steps=4 over=w", "--export", *map(str, files)]
    assert run(capsys, "(w - 3)**2", "--at", "w=1", *plan)[0] == 0
    svg, losses, graph = (file.read_text(encoding="utf-8") for file in files)
    assert "<polyline" in svg and losses.splitlines()[2].startswith("1,1.0,") and "digraph" in graph
    status, _, error = run(capsys, "(w - 3)**2", "--export", str(files[1]))
    assert status == 2 and "its ending is not one of" in error


def test_a_documents_series_is_what_it_is_trained_with(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """By hand: w goes to the middle between itself and each value in turn."""
    document = {"format": "tape-explorer", "version": 1, "text": "(w - x)**2", "inputs": {"w": 0.0, "x": 9.0},
                "series": {"x": [4.0, 8.0]}}  # fmt: skip
    file = tmp_path / "series.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    answer = json.loads(run(capsys, str(file), "--train", "gd rate=0.25 steps=2 over=w", "--json")[1])
    assert answer["training"]["loss"] == [16.0, 36.0, 1.0] and answer["training"]["point"]["w"] == 5.0


LAST_VALUES = {
    "an optimizer": "import torch\nm = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(m.parameters(), lr=0.1)",
    "a layer": "layer = tf.keras.layers.Dense(2, kernel_initializer='zeros')\nprint(layer(tf.ones((1, 3))))",
    "a dictionary": "x = 3.0\nd = {'a': x * x, 'b': [x, None]}",
    "a generator of random numbers": "import numpy as np\nr = np.random.RandomState(0)",
    "a type": "k = type(3)",
    "a function": "def f(x): return x\ng = f",
    "a tuple of unlike things": "(1.0, 'a', [1, [2, 3]])",
    "a text": "'text'",
}


@pytest.mark.parametrize("how", ["--print", "--json"])
@pytest.mark.parametrize("what", LAST_VALUES)
def test_a_program_may_end_with_what_is_no_number(capsys, what, how):
    status, out, err = run(capsys, LAST_VALUES[what], how)
    assert status == 0 and out and not err

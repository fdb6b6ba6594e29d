"""Lines that only show or load something are passed over and said so; what they would have used still runs."""

import pytest

from core.language import parse
from core.run import record

PLOTS = """\
%matplotlib inline
!pip install numpy
import numpy as np
import matplotlib.pyplot as plt
import warnings, math
from tqdm import tqdm
warnings.filterwarnings("ignore")
x = np.array([1.0, 2.0])
fig, ax = plt.subplots(1, 2)
ax[0].plot(x, x**2)
plt.rcParams["figure.figsize"] = (8, 4)
def draw(points):
    for point in points:
        plt.plot(point)
    plt.show()
draw([x])
total = 0.0
for i in tqdm(range(3)):
    total = total + i * x.sum()
    if i == 2:
        plt.title("done")
total
"""


def lines_passed_over(text: str) -> list[int]:
    return [span.line for span, _ in parse(text).passed_over]


def test_a_program_with_plots_runs_without_them():
    run = record(parse(PLOTS))
    assert run.failure is None, str(run.failure)
    assert run.value == 9.0 and run.gradients()["x"].tolist() == [3.0, 3.0]
    assert lines_passed_over(PLOTS) == [1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 16, 20]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("import matplotlib as mpl\nmpl.rcParams['lines.linewidth'] = 2\nx = 3.0\nx*x", [1, 2]),
        ("from IPython.display import clear_output\nx = 3.0\nclear_output()\nx*x", [1, 3]),
        ("import time\nt = time.time()\nx = 3.0\ny = x*x\nprint(time.time() - t)\ny", [1, 2, 5]),
        ("import pandas as pd\nx = 3.0\nx*x", [1]),
        ("from typing import List\ndef f(x: float):\n    return x*x", [1]),
        ("x = 3.0\nfor k in range(2):\n    %time x\nx*x", [3]),
        ("%%time\nx = 3.0\nx*x", [1]),
        ("import numpy as np\nx = 3.0\nnp.save('x.npy', x)\nx*x", [3]),
        ("import seaborn as sns\nx = 3.0\nwith sns.axes_style('dark'):\n    sns.lineplot(x)\nx*x", [1, 3]),
    ],
)  # fmt: skip
def test_each_spelling_is_passed_over_with_a_reason(text, lines):
    program = parse(text)
    assert [span.line for span, _ in program.passed_over] == lines
    assert all(reason.endswith(".") for _, reason in program.passed_over)
    assert record(program, {"x": 3.0}).value == 9.0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("y = (x\n  %2)\ny", 1.0),
        ('s = """\n%matplotlib inline\n"""\nx*x', 9.0),
        ("def f(x):\n    import math\n    return math.sqrt(x*x*x*x)\nf(x)", 9.0),
        ("time = x\ntime*time", 9.0),
        ("class A:\n    def save(self, v):\n        self.v = v\na = A()\na.save(x)\na.v*a.v", 9.0),
        ("def plot(x):\n    return x*x\nplot(x)", 9.0),
    ],
)
def test_what_only_looks_so_runs(text, value):
    program = parse(text)
    assert program.passed_over == () and record(program, {"x": 3.0}).value == value


def test_what_computes_is_not_passed_over_but_refused():
    """A value read from a file would silently be missing."""
    with pytest.raises(Exception, match="pandas"):
        parse("import pandas as pd\nx = pd.read_csv('data.csv')\nx*x")

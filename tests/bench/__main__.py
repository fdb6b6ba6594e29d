"""Run benchmarks: `python -m tests.bench [engine] [layout] [canvas] ...`; all of them when none is named."""

import importlib
import os
import sys
from pathlib import Path

# Before NumPy is imported: one thread for everybody, so that the ratios compare code and not cores.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")


def benchmarks() -> list[str]:
    """The modules here that have a `main`."""
    files = sorted(set(Path(__file__).parent.glob("*.py")) - {Path(__file__)})
    return [file.stem for file in files if "\ndef main(" in file.read_text(encoding="utf-8")]


def main(arguments: list[str]) -> int:
    """Run the benchmarks that are named; return the exit status."""
    known = benchmarks()
    unknown = [name for name in arguments if name not in known]
    if unknown:
        print(f"there is no benchmark {unknown[0]!r}; choose from: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in arguments or known:
        print(f"== {name}", flush=True)
        sys.argv = [name]
        importlib.import_module(f"tests.bench.{name}").main()
        print(flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

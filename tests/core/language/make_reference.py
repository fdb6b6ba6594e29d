"""Writes what the libraries themselves print for some texts: `python make_reference.py layers/torch`, and likewise
`layers/keras`, `rules/own_rules` and `spellings/spelling`.

To be run with a Python that has PyTorch or TensorFlow; the file that it writes is what the tests compare with.
"""

import contextlib
import importlib.util
import io
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(library: str) -> None:
    """Run every text and keep what it prints."""
    spec = importlib.util.spec_from_file_location("texts", HERE / f"{library}_texts.py")
    assert spec is not None and spec.loader is not None
    texts = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(texts)
    found = {}
    for name, text in texts.TEXTS.items():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(text, name, "exec"), {"__name__": "__main__"})
        found[name] = printed.getvalue()
    (HERE / f"{library}_reference.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

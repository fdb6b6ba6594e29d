"""The coverage-guided fuzzer: atheris keeps what reaches new code and changes it further."""

from __future__ import annotations

import importlib
import os
import random
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fuzz.campaign import Campaign


def available() -> Any:
    """The module atheris, None where it is not installed."""
    try:
        return importlib.import_module("atheris")
    except ImportError:
        return None


def fuzz(atheris: Any, campaign: Campaign, corpus: str, seed: int) -> None:
    """Try until the time is over, then print the figures and end the process: atheris never returns."""
    from tests.fuzz.mutations import SEEDS, mutate

    os.makedirs(corpus, exist_ok=True)
    for number, text in enumerate(SEEDS):
        with open(os.path.join(corpus, f"seed{number:04}"), "wb") as file:
            file.write(text.encode("utf-8", "surrogatepass"))

    def try_out(data: bytes) -> None:
        campaign.attempt(data.decode("utf-8", "replace"))
        if campaign.elapsed > campaign.seconds:
            print(campaign.summary("guided by coverage"), flush=True)
            os._exit(bool(campaign.findings))

    def change(data: bytes, size: int, number: int) -> bytes:
        if number % 8 == 0:
            return atheris.Mutate(data, size)
        return mutate(data.decode("utf-8", "replace"), random.Random(number)).encode("utf-8", "replace")[:size]

    options = ["-rss_limit_mb=3000", "-timeout=0", "-max_len=3000", "-len_control=0", f"-seed={seed}"]
    atheris.Setup([sys.argv[0], corpus, *options], try_out, custom_mutator=change)
    atheris.Fuzz()

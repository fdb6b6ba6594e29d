"""`python -m tests.fuzz texts [--seconds N]`: texts of any kind, by chance, from syntax trees, and guided."""

from __future__ import annotations

import argparse
import random
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz import guided

if TYPE_CHECKING:
    from tests.fuzz.campaign import Campaign


def main(arguments: list[str] | None = None) -> int:
    """Fuzz for as long as was asked; 1 when something was found."""
    told = "Look for texts that break the language."
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz texts", description=told)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to look (60)")
    parser.add_argument("--seed", type=int, default=1, help="where chance starts (1)")
    parser.add_argument("--findings", type=Path, help="a folder for the texts that break something")
    parser.add_argument("--corpus", help="a folder in which guided fuzzing keeps the texts that reach new code")
    parser.add_argument("--trees", type=float, default=0.2, help="the part of the time for Hypothesis (0.2)")
    options = parser.parse_args(arguments)
    atheris = guided.available()
    with atheris.instrument_imports(include=["core.language", "core.run"]) if atheris else nullcontext():
        from tests.fuzz.campaign import Campaign

    campaign = Campaign(options.seconds, options.findings)
    from_trees(campaign, options.seconds * options.trees, options.seed)
    print(campaign.summary("syntax trees"), flush=True)
    if atheris:
        with tempfile.TemporaryDirectory() as folder:
            guided.fuzz(atheris, campaign, options.corpus or folder, options.seed)
    else:
        by_chance(campaign, options.seed)
        print(campaign.summary("in all"), flush=True)
    return bool(campaign.findings)


def from_trees(campaign: Campaign, seconds: float, seed: int) -> None:
    """Try what Hypothesis makes of syntax trees."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    from tests.fuzz.trees import texts

    def try_out(text: str) -> None:
        if campaign.elapsed < seconds:
            campaign.attempt(text)

    while campaign.elapsed < seconds:
        batch = settings(
            max_examples=500, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        seeded(seed)(batch(given(texts())(try_out)))()
        seed += 1


def by_chance(campaign: Campaign, seed: int) -> None:
    """Try mutations of our own programs; every tenth starts from a mutation that came before."""
    from tests.fuzz.mutations import SEEDS, mutate

    chance = random.Random(seed)
    last = SEEDS[0]
    while campaign.elapsed < campaign.seconds:
        last = mutate(last if chance.random() < 0.5 else chance.choice(SEEDS), chance)
        campaign.attempt(last)



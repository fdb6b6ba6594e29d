"""Statements one after the other, as the body of a function, a loop, a branch or a `with`."""

from __future__ import annotations

import ast
from typing import Any

from core.language.machine.constructs.builder import Builder, Evaluate
from core.language.machine.locals import Locals


def build_block(builder: Builder, statements: list[ast.stmt], numbered: bool = True) -> Evaluate:
    """The statements one after the other."""
    number = builder.block_number(statements) if numbered else None
    parts = [builder.statement(statement) for statement in statements]
    only = parts[0] if len(parts) == 1 else None

    def run_one(here: Locals) -> Any:
        if number is not None:
            here.run.entered.add(number)
        return only(here)  # type: ignore[misc]

    def run_all(here: Locals) -> Any:
        if number is not None:
            here.run.entered.add(number)
        for part in parts:
            signal = part(here)
            if signal is not None:
                return signal
        return None

    return run_one if only else run_all

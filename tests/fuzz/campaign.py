"""Counting and reporting what a fuzzer does: tries, seconds, findings. Knows nothing of how texts are made."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from tests.fuzz.attempt import Finding, attempt


class Campaign:
    """All tries of one call of the fuzzer."""

    def __init__(self, seconds: float, folder: Path | None = None) -> None:
        self.started = time.monotonic()
        self.seconds = seconds
        self.folder = folder
        self.tries = 0
        self.findings: dict[tuple[str, str], Finding] = {}

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def attempt(self, text: str) -> None:
        """Try one text, and say so when it is a new finding."""
        self.tries += 1
        finding = attempt(text)
        if finding is not None and finding.key not in self.findings:
            self.findings[finding.key] = finding
            self._tell(finding)

    def _tell(self, finding: Finding) -> None:
        print(f"-- {finding.kind} ({finding.place})\n{finding.text!r}", flush=True)
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(finding.text.encode("utf-8", "replace")).hexdigest()[:12]
            text = f"# {finding.kind} ({finding.place})\n{finding.text}"
            (self.folder / f"{name}.txt").write_text(text, encoding="utf-8", errors="replace")

    def summary(self, way: str) -> str:
        """One line of figures."""
        return f"{way}: {self.tries:,} texts in {self.elapsed:,.0f} s, {len(self.findings)} findings"

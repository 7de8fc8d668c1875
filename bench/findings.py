"""What came out: ratios with their gates, printed as a table and kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.measuring import Series, Spread

# A gate gives so much way: the next run of the same code may differ by this much.
SLACK = 1.25
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Gate:
    """The most (or, with `at_least`, the least) that a ratio may be."""

    bound: float
    at_least: bool = False

    def holds(self, ratio: float) -> bool:
        return ratio >= self.bound / SLACK if self.at_least else ratio <= self.bound * SLACK

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.bound:g}"


@dataclass(frozen=True)
class Finding:
    """One ratio: how many times as long the first takes as the second."""

    what: str
    rival: str
    to: str
    ratio: Spread
    milliseconds: Spread
    rounds: int
    gate: Gate | None = None

    @property
    def holds(self) -> bool:
        return self.gate is None or self.gate.holds(self.ratio.median)

    def __str__(self) -> str:
        ratio, gate = self.ratio, f"{self.gate or ''}"
        quartiles = f"{ratio.lower:.2f} to {ratio.upper:.2f}"
        mark = "" if self.holds else "  TOO SLOW"
        return (
            f"{self.what:30} {self.rival + ' / ' + self.to:44} {ratio.median:8.2f} {quartiles:>17}  "
            f"{gate:8} {self.milliseconds.median:9.2f}{mark}"
        )

    @classmethod
    def of(cls, what: str, series: Series, rival: str, to: str, gate: Gate | None = None) -> Finding:
        spread = series.spread(rival)
        return cls(
            what=what,
            rival=rival,
            to=to,
            ratio=series.ratio(rival, to),
            milliseconds=Spread(spread.lower * 1000, spread.median * 1000, spread.upper * 1000),
            rounds=len(series.times[rival]),
            gate=gate,
        )


@dataclass(frozen=True)
class Counted:
    """How many statements a page or a sweep asks with few rows and with many: to be the same, and within bounds.

    Fewer than the lower bound would mean that something is no longer done, such as recording that a case was opened.
    """

    what: str
    with_few: int
    with_many: int
    bounds: tuple[int, int]

    @property
    def holds(self) -> bool:
        return self.with_few == self.with_many and self.bounds[0] <= self.with_many <= self.bounds[1]


@dataclass
class Report:
    """Everything of one run."""

    database: str
    cases: int
    clocks: int
    findings: list[Finding] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def failures(self) -> list[str]:
        over = [
            f"{finding.what}: {finding.rival} / {finding.to} is {finding.ratio.median:.2f}, to be {finding.gate}"
            for finding in self.findings
            if not finding.holds
        ]
        growing = [
            f"{count.what}: {count.with_few} statements with few rows, {count.with_many} with many, "
            f"to be the same and within {count.bounds[0]} to {count.bounds[1]}"
            for count in self.counted
            if not count.holds
        ]
        return over + growing

    def lines(self) -> Iterable[str]:
        yield f"{self.cases:,} cases, {self.clocks:,} clocks, {self.database}"
        yield ""
        yield f"{'':30} {'':44} {'ratio':>8} {'quartiles':>17}  {'gate':8} {'ms':>9}"
        yield from map(str, self.findings)
        yield ""
        yield f"{'Statements to the database':30} {'few rows':>10} {'many rows':>10} {'bounds':>10}"
        for count in self.counted:
            bounds = f"{count.bounds[0]} to {count.bounds[1]}"
            mark = "" if count.holds else "  NOT CONSTANT" if count.with_few != count.with_many else "  OUT OF BOUNDS"
            yield f"{count.what:30} {count.with_few:10} {count.with_many:10} {bounds:>10}{mark}"
        if self.notes:
            yield ""
            yield from self.notes

    def keep(self) -> Path:
        """Write the run as JSON beside the others; returns where."""
        RESULTS.mkdir(exist_ok=True)
        file = RESULTS / f"{self.database.lower()}.json"
        content = {**asdict(self), "failures": self.failures}
        file.write_text(json.dumps(content, indent=1, default=str) + "\n")
        return file

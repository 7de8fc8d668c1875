"""One run, in the order of the report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from django.core.management import call_command
from django.db import connection

from bench import counting, exporting, matching, pages, papers, recounting, submitting, sweep
from bench.browsing import Browser
from bench.building import Built
from bench.findings import Counted, Finding, Report
from bench.measuring import queries_of
from cases.models import Case
from deadlines.models import Deadline
from demo.journey import Journey
from notifications.reminders.remind import remind

# The least and the most statements that each may ask for.
BOUNDS = {
    "cases": (8, 20),
    "cases, last page": (8, 20),
    "desk": (12, 34),
    "case page": (25, 60),
    "sweep, nothing new": (8, 22),
}
MANY_EVENTS = 1000

Measurement = Callable[[], tuple[list[Finding], list[str]]]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def run(*, few: int, many: int, only: str | None) -> Report:
    """Build, count statements with few rows and with many, measure; whatever misses its gate is measured twice."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    built = Built.people_only()
    _say(f"Building {many:,} cases ...")
    told = built.add_told_case()
    built.add_cases(few)
    with_few = _statements(built, told.case)
    built.add_cases(many - few)
    pages.add_events(built, told.case, MANY_EVENTS)
    built.settle()
    with_many = _statements(built, told.case)
    report = Report(
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor],
        cases=Case.objects.count(),
        clocks=Deadline.objects.count(),
        counted=[Counted(name, with_few[name], with_many[name], BOUNDS[name]) for name in BOUNDS],
    )
    for name, measurement in _measurements(built, told):
        if only and only not in name:
            continue
        _say(f"Measuring {name} ...")
        findings, notes = measurement()
        if not all(finding.holds for finding in findings):
            _say(f"Measuring {name} again ...")
            findings, notes = measurement()
        _say("\n".join(map(str, findings)))
        report.findings += findings
        report.notes += notes
    return report


def _measurements(built: Built, told: Journey) -> Iterator[tuple[str, Measurement]]:
    def noting(found: tuple[list[Finding], str]) -> tuple[list[Finding], list[str]]:
        return found[0], [found[1]]

    assert told.review.report is not None
    report = told.review.report
    yield "pages", lambda: (pages.measure(built, told.case), [])
    yield "clocks", lambda: (recounting.measure(built), [])
    yield "sweep", lambda: (sweep.measure(built), [])
    yield "export", lambda: noting(exporting.measure(built))
    yield "working days", lambda: (counting.measure(built), [])
    yield "papers", lambda: noting(papers.measure(report))
    yield "duplicates", lambda: noting(matching.measure(built))
    # Last: it adds cases.
    yield "submit", lambda: noting(submitting.measure(built))


def _statements(built: Built, told: Case) -> dict[str, int]:
    coordinator = Browser(built.people["coordinator"])
    counted = {name: queries_of(lambda path=path: coordinator.get(path)) for name, path in pages.paths(told).items()}
    counted["sweep, nothing new"] = queries_of(lambda: remind(at=built.at, day=built.today))
    return counted

"""The list of cases, its last page, the desk and the case page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from django.urls import reverse

from accounts.standing import Standing
from audit.models import Event, Trail
from bench.browsing import Browser
from bench.building import Built, events_of
from bench.findings import Finding, Gate
from bench.measuring import side_by_side
from cases.models import Case, Conflict, TeamMember
from deadlines.models import Deadline
from deadlines.statutory import Kind
from deadlines.working_days import long_date

PAGE = 50
_LINK = re.compile(r'href="/cases/(WFI-[^/"]+)/"')
_ROW = re.compile(r'<th scope="row".*?</tr>', re.DOTALL)
_NEXT_DUE = re.compile(r'<td data-label="Next due"[^>]*>(.*?)</td>', re.DOTALL)


def paths(told: Case) -> dict[str, str]:
    """The pages that are measured, by name. `told` is the case whose page is."""
    return {
        "cases": reverse("caseload:cases"),
        "cases, last page": _last_page(),
        "desk": reverse("caseload:desk"),
        "case page": reverse("caseload:case", args=[told.reference]),
    }


def _last_page() -> str:
    """The address of the page with the fifty oldest cases."""
    ordered = Case.objects.order_by("received_on", "pk").values_list("received_on", "pk")
    day, pk = ordered[PAGE]
    return f"{reverse('caseload:cases')}?after={day.isoformat()}_{pk}"


def measure(built: Built, told: Case) -> list[Finding]:
    """P1, P2, the desk and P3, each checked against a naive answer first."""
    coordinator = Browser(built.people["coordinator"])
    nobody = Browser()
    where = paths(told)
    _check_list(coordinator, where["cases"], built, newest=True)
    _check_list(coordinator, where["cases, last page"], built, newest=False)
    _check_desk(coordinator, built)
    return [
        *_lists(coordinator, nobody, where),
        *_desk(coordinator, nobody, where),
        *_case_page(coordinator, nobody, where, told),
    ]


def _lists(coordinator: Browser, nobody: Browser, where: dict[str, str]) -> list[Finding]:
    last = (Case.objects.count() - 1) // PAGE + 1
    series = side_by_side(
        {
            "list": lambda: coordinator.get(where["cases"]),
            "bare query": lambda: nobody.get("/bench/cases/"),
            "admin": lambda: coordinator.get("/admin/cases/case/"),
            "last page": lambda: coordinator.get(where["cases, last page"]),
            "admin's last page": lambda: coordinator.get(f"/admin/cases/case/?p={last}"),
            "empty page": lambda: nobody.get("/bench/hello/"),
        }
    )
    return [
        Finding.of("P1 list of cases", series, "list", "bare query", Gate(10)),
        Finding.of("P1 list of cases", series, "admin", "list", Gate(1, at_least=True)),
        Finding.of("P2 last page of the list", series, "last page", "list", Gate(1.5)),
        Finding.of("P2 last page of the list", series, "admin's last page", "last page", Gate(1, at_least=True)),
        Finding.of("   the yardsticks", series, "admin", "bare query"),
        Finding.of("   the yardsticks", series, "bare query", "empty page"),
    ]


def _desk(coordinator: Browser, nobody: Browser, where: dict[str, str]) -> list[Finding]:
    series = side_by_side(
        {
            "desk": lambda: coordinator.get(where["desk"]),
            "bare query": lambda: nobody.get("/bench/desk/"),
            "admin's list": lambda: coordinator.get("/admin/cases/case/"),
        }
    )
    return [
        Finding.of("   the desk", series, "desk", "bare query", Gate(25)),
        Finding.of("   the desk", series, "admin's list", "desk", Gate(0.7, at_least=True)),
    ]


def _case_page(coordinator: Browser, nobody: Browser, where: dict[str, str], told: Case) -> list[Finding]:
    series = side_by_side(
        {
            "case page": lambda: coordinator.get(where["case page"]),
            "bare queries": lambda: nobody.get(f"/bench/case/{told.reference}/"),
            "admin's form": lambda: coordinator.get(f"/admin/cases/case/{told.pk}/change/"),
        }
    )
    return [
        Finding.of("P3 case page", series, "case page", "bare queries", Gate(25)),
        Finding.of("P3 case page", series, "admin's form", "case page", Gate(0.7, at_least=True)),
    ]


def add_events(built: Built, told: Case, number: int) -> None:
    """Give a case so many more events."""
    trail = Trail.objects.get(pk=told.chain_id)
    rows = events_of(trail, number, actor=built.people["coordinator"], at=built.at, first=trail.length + 1)
    Event.objects.bulk_create(rows, batch_size=1000)
    Trail.objects.filter(pk=trail.pk).update(length=trail.length + number)


# --- naive answers ----------------------------------------------------------------------------------------------


def _may_see(by: Standing, case: Case) -> bool:
    """Row by row, in Python: whether this person holds the whole case."""
    if any(row.declared_on <= by.today for row in Conflict.objects.filter(case=case, user=by.user, lifted_on=None)):
        return False
    for member in TeamMember.objects.filter(case=case, part="whole_case"):
        if member.starts_on > by.today or (member.ends_on and member.ends_on < by.today):
            continue
        if any(
            member.membership_id == held.membership_id or (member.role, member.agency_id) == (held.role, held.agency_id)
            for held in by.held
        ):
            return True
    return False


def _next_due(case: Case) -> str:
    waiting = [
        clock
        for clock in Deadline.objects.filter(case=case).select_related("limit")
        if clock.is_open and clock.due_on and clock.limit.kind != Kind.NOT_BEFORE
    ]
    if not waiting:
        return "Nothing due"
    first = min(waiting, key=lambda clock: (clock.due_on or date.max, clock.pk))
    assert first.due_on
    return f"{first.limit.title}: {long_date(first.due_on)}"


def _check_list(browser: Browser, path: str, built: Built, *, newest: bool) -> None:
    by = built.by("coordinator")
    ordered = sorted(Case.objects.all(), key=lambda case: (case.received_on, case.pk), reverse=True)
    at_the_end = ordered[:PAGE] if newest else ordered[-PAGE:]
    expected = [(case.reference, _next_due(case)) for case in at_the_end if _may_see(by, case)]
    assert len(expected) == PAGE, "the coordinator is to see every case"
    found = []
    for row in _ROW.findall(browser.get(path).text):
        clock = unescape(_NEXT_DUE.findall(row)[0]).partition("<br>")[0]
        found.append((_LINK.findall(row)[0], clock))
    assert found == expected, "the list of cases is not what a naive reading of the rows gives"


def _check_desk(browser: Browser, built: Built) -> None:
    by = built.by("coordinator")
    mine = [
        clock
        for clock in Deadline.objects.filter(met_on=None).select_related("limit").iterator()
        if clock.is_open
        and clock.due_on
        and clock.limit.kind != Kind.NOT_BEFORE
        and any(
            clock.owed_by_role == held.role and clock.owed_by_agency_id in (None, held.agency_id) for held in by.held
        )
    ]
    mine.sort(key=lambda clock: (clock.due_on or date.max, clock.pk))
    expected = [reverse("reminders:duty", args=[clock.pk]) for clock in mine[:25]]
    found = re.findall(r'href="(/messages/[^"]*)"', browser.get(reverse("caseload:desk")).text)
    assert found[: len(expected)] == expected, "the desk is not what a naive reading of the clocks gives"

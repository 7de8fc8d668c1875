"""A list of thirty rows asks the database as often as one of three: no page grows with the partnership's years."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case

from .rows import Rows

pytestmark = pytest.mark.django_db

# Which rows, the page that lists them, who looks, and a text that each row of the list shows once at least.
LISTS = {
    "cases": ("cases", "caseload:cases", "coordinator", "/cases/CIOS-2026-"),
    "cases of a partner": ("cases", "caseload:cases", "partner_police", "/cases/CIOS-2026-"),
    "cases narrowed every way": ("cases", "caseload:cases", "coordinator", "/cases/CIOS-2026-"),
    "what is due in a month": ("cases", "caseload:month", "coordinator", "CIOS-2026-"),
    "timeliness": ("missed_clocks", "caseload:timeliness", "coordinator", "They were ill"),
    "saved lists": ("saved_lists", "caseload:lists", "coordinator", "List "),
    "saved lists beside the cases": ("saved_lists", "caseload:cases", "coordinator", "List "),
    "referrals of an agency": ("referrals", "referrals:list", "lead", "Draft "),
    "referrals waiting": ("referrals", "referrals:queue", "coordinator", "CIOS-2026-"),
    "notifications": ("cases", "incident:list", "la_notifier", "CIOS-2026-"),
    "requests of an agency": ("returns", "agency_returns:list", "lead", "CIOS-2026-"),
    "requests of everyone": ("returns", "agency_returns:list", "coordinator", "CIOS-2026-"),
    "rapid reviews": ("rapid_reviews", "rapid_reviews:list", "coordinator", "CIOS-2026-"),
    "local reviews": ("local_reviews", "lcspr:list", "coordinator", "CIOS-2026-"),
    "actions of an agency": ("actions", "improvements:list", "action_owner", "CIOS-2026-"),
    "actions of everyone": ("actions", "improvements:list", "coordinator", "CIOS-2026-"),
    "messages not delivered": ("undelivered", "reminders:undelivered", "coordinator", "gone@example.org"),
    "people": ("people", "accounts:people", "coordinator", "Aaron "),
    "agencies": ("agencies_of_the_area", "accounts:agencies", "coordinator", "Aardvark School"),
    "public pages and reports": ("publications", "publications:manage", "coordinator", "Report "),
    "what people said": ("feedback", "publications:feedback", "coordinator", "Thank you"),
    "the library": ("publications", "publications:library", None, "Report "),
    "desk: clocks and dates to confirm": ("cases", "caseload:desk", "coordinator", "CIOS-2026-"),
    "desk: referrals": ("referrals", "caseload:desk", "coordinator", "CIOS-2026-"),
    "desk: decisions": ("decisions", "caseload:desk", "partner_icb", "CIOS-2026-"),
    "desk: returns asked for": ("returns", "caseload:desk", "coordinator", "CIOS-2026-"),
    "desk: returns to write": ("returns", "caseload:desk", "lead", "CIOS-2026-"),
    "desk: clocks that others owe": ("clocks_of_others", "caseload:desk", "coordinator", "CIOS-2026-"),
    "desk: actions of others": ("actions", "caseload:desk", "coordinator", "CIOS-2026-"),
    "desk: an agency's own referrals": ("referrals", "caseload:desk", "lead", "Outcome of your agency"),
    "desk: actions": ("actions", "caseload:desk", "action_owner", "CIOS-2026-"),
}
EVERY_WAY = "?status=open&stage=notification&received_from-day=1&received_from-month=1&received_from-year=2020"
INSIDE = {
    "case page": ("caseload:case", "reference", "coordinator"),
    "case page of a partner": ("caseload:case", "reference", "partner_la"),
    "clocks of a case": ("caseload:clocks", "reference", "coordinator"),
    "history": ("caseload:history", "reference", "coordinator"),
    "children and people": ("cases:people", "pk", "coordinator"),
    "team": ("cases:team", "pk", "coordinator"),
    "merged chronology": ("agency_returns:chronology", "pk", "coordinator"),
    "action plan": ("improvements:case", "pk", "coordinator"),
}


@pytest.fixture
def rows(cast, standing):
    return Rows(cast, standing)


def asked(client, url):
    """How many statements the page asks, and what it shows."""
    client.get(url)  # what is asked once in the life of a process is not counted
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200
    return [query["sql"] for query in queries.captured_queries], answer.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_no_more_often_for_thirty_rows_than_for_three(rows, cast, client, signed_in, name):
    make, page, who, mark = LISTS[name]
    visitor = signed_in(getattr(cast, who)) if who else client
    getattr(rows, make)(3)
    url = reverse(page) + (EVERY_WAY if name.endswith("every way") else "")
    with_three, shown_three = asked(visitor, url)
    getattr(rows, make)(27)
    with_thirty, shown_thirty = asked(visitor, url)

    assert 0 < shown_three.count(mark) < shown_thirty.count(mark)
    assert len(with_thirty) == len(with_three), _of_more(with_three, with_thirty)


@pytest.mark.parametrize("name", INSIDE)
def test_a_page_of_a_case_asks_no_more_often_when_much_has_happened_in_it(rows, cast, signed_in, name):
    page, key, who = INSIDE[name]
    case = rows.cases(1)[0]
    url = reverse(page, args=[getattr(Case.objects.get(pk=case.pk), key)])
    rows.in_case(case, 3)
    with_three, shown_three = asked(signed_in(getattr(cast, who)), url)
    rows.in_case(case, 27)
    with_thirty, shown_thirty = asked(signed_in(getattr(cast, who)), url)

    assert len(shown_three) < len(shown_thirty)
    assert len(with_thirty) == len(with_three), _of_more(with_three, with_thirty)


def _of_more(few, many):
    """The statements that are asked more often with more rows, for whoever has to find out why."""
    shapes = [sql.partition("WHERE")[0][:200] for sql in few], [sql.partition("WHERE")[0][:200] for sql in many]
    return {shape: (shapes[0].count(shape), shapes[1].count(shape)) for shape in set(shapes[1])
            if shapes[0].count(shape) != shapes[1].count(shape)}  # fmt: skip

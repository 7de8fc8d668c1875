"""The least work that any correct answer needs: the rows in one query and an HTTP response, without rights or markup.

The pages of the product show more than this (where each case stands, its next clock), so they can only lose.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from audit.models import Trail
from cases.models import Case
from deadlines.models import Deadline

_SHOWN = ("reference", "status", "title", "incident_la__name", "received_on")


def _text(rows: object) -> HttpResponse:
    return HttpResponse("\n".join("\t".join(map(str, row)) for row in rows), content_type="text/plain")  # type: ignore[attr-defined]


@login_not_required
def hello(request: HttpRequest) -> HttpResponse:
    """Nothing at all."""
    return HttpResponse("hello")


@login_not_required
def cases(request: HttpRequest) -> HttpResponse:
    """The fifty newest cases."""
    return _text(Case.objects.order_by("-received_on", "-pk").values_list(*_SHOWN)[:50])


@login_not_required
def oldest_cases(request: HttpRequest) -> HttpResponse:
    """The fifty oldest."""
    return _text(Case.objects.order_by("received_on", "pk").values_list(*_SHOWN)[:50])


@login_not_required
def desk(request: HttpRequest) -> HttpResponse:
    """The twenty-five clocks of one role that are due first."""
    clocks = Deadline.objects.open().filter(owed_by_role="coordinator", due_on__isnull=False)
    return _text(clocks.order_by("due_on", "pk").values_list("case__reference", "code", "due_on", "limit__title")[:25])


_CASE = """
SELECT c.reference, c.status, c.title, c.received_on, a.name
FROM cases_case c JOIN accounts_agency a ON a.id = c.incident_la_id WHERE c.reference = %s
"""
_EVENTS = """
SELECT e.number, e.at, e.verb, e.capacity, u.name
FROM audit_event e JOIN cases_case c ON c.chain_id = e.trail_id JOIN accounts_user u ON u.id = e.actor_id
WHERE c.reference = %s ORDER BY e.number DESC LIMIT 50
"""


@login_not_required
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case and fifty of its events."""
    with connection.cursor() as cursor:
        cursor.execute(_CASE, [reference])
        facts = cursor.fetchall()
        cursor.execute(_EVENTS, [reference])
        return _text([*facts, *cursor.fetchall()])


@login_not_required
def insert(request: HttpRequest) -> HttpResponse:
    """One row, committed."""
    with transaction.atomic():
        Trail.mint()
    return HttpResponse("done")

"""The lists: one's own and one's agency's referrals, and those that wait for the partnership."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PersonRequest
from deadlines.models import Deadline
from deadlines.register import Register
from referrals import presenting, rights
from referrals.filters import ReferralFilter
from referrals.known_before import NOTIFYING
from referrals.lifecycle import OPEN, Status
from referrals.models import Referral

A_PAGE = 25


@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    """The referrals this person may see, the latest first."""
    by = request.by
    seen = Referral.objects.visible_to(by).select_related("agency", "author", "opened")
    narrowed = ReferralFilter(request.GET, queryset=seen)
    page = Paginator(narrowed.qs, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": narrowed,
        "page": page,
        "lines": presenting.lines(list(page.object_list)),
        "may_refer": rights.REFER.allows(by),
        "may_triage": rights.TRIAGE.allows(by),
        "to_approve": _to_approve(request),
    }
    return render(request, "referrals/list.html", context)


def _to_approve(request: PersonRequest) -> list[presenting.Line]:
    """Those that wait for this person's approval: their own agency's, but not their own."""
    by = request.by
    if not by.holds(*rights.APPROVE.held_by):
        return []
    waiting = Referral.objects.visible_to(by).filter(status=Status.AWAITING_APPROVAL).exclude(author=by.user)
    return presenting.lines(list(waiting.select_related("agency", "author", "opened")[:A_PAGE]))


@require_GET
def queue(request: PersonRequest) -> HttpResponse:
    """What waits for the partnership, the oldest first: how long, how complete, and the clock that may be running."""
    by = request.by
    rights.TRIAGE.require(by)
    waiting = (
        Referral.objects.visible_to(by)
        .filter(status__in=OPEN)
        .select_related("agency", "opened", "case")
        .order_by("submitted_at", "pk")
    )
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    clocks = Deadline.objects.filter(case__in=[row.case_id for row in rows], code__in=NOTIFYING)
    context = {
        "page": page,
        "lines": presenting.queue_lines(
            rows, clocks.open().select_related("limit"), on=by.today, register=Register.read()
        ),
    }
    return render(request, "referrals/queue.html", context)

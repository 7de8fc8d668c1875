"""Help for each stage, made from the limits, rules and addresses that are in force here."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import Partnership
from deadlines.models import Limit
from deadlines.presenter import days, edition_words
from deadlines.statutory import Unit
from deadlines.working_days import london_date
from decisions.models import Kind, Rule, rule_for


@dataclass(frozen=True)
class Topic:
    """One page of help. `limits` are the codes whose rows in force it shows, `decision` the kind whose rule."""

    slug: str
    title: str
    sentence: str
    limits: tuple[str, ...] = ()
    decision: str = ""


TOPICS = (
    Topic("referring", "Referring a case", "Write, have approved and send a referral.", ("T01",)),
    Topic("deciding", "Deciding on the criteria", "How the partners decide, unseen by each other.", (), Kind.CRITERIA),
    Topic(
        "notifying",
        "Notifying a serious incident",
        "The local authority's duty, and its clocks.",
        ("T01", "T02", "T02a", "T03", "T04"),
    ),
    Topic(
        "rapid-review",
        "The rapid review",
        "From the notification to the national body.",
        ("T05", "T06", "T08"),
        Kind.RAPID_REVIEW_SIGN_OFF,
    ),
    Topic(
        "local-review",
        "The local review",
        "From the partners' decision to publication.",
        ("T07", "T09", "T10", "T11", "T12", "T15"),
        Kind.LCSPR_SIGN_OFF,
    ),
    Topic("publishing", "Publishing", "Notice, publication, and the year after it.", ("T10", "T11", "T13", "T14")),
    Topic("clocks", "Clocks and reminders", "How dates are worked out, and who is told.", ("T01", "T05", "T09", "T10")),
    Topic("access", "Who sees what", "Parts of a case, conflicts of interest, cover, and the history."),
)
BY_SLUG = {topic.slug: topic for topic in TOPICS}
UNITS: dict[str, str] = {Unit.WORKING_DAYS: "working day", Unit.MONTHS: "month", Unit.YEARS: "year"}


@dataclass(frozen=True)
class LimitInWords:
    title: str
    length: str
    trigger: str
    edition: str
    note: str


def _in_words(limit: Limit) -> LimitInWords:
    unit = UNITS.get(limit.unit)
    length = days(limit.amount, unit) if unit and limit.amount else "As soon as it can be"
    return LimitInWords(limit.title, length, limit.trigger, edition_words(limit.edition), limit.edition_note)


@login_not_required
@require_GET
def contents(request):
    """The topics."""
    return render(request, "caseload/help/contents.html", {"topics": TOPICS})


@login_not_required
@require_GET
def topic(request, topic):
    """One topic, with the limits and the rule in force today."""
    found = BY_SLUG.get(topic)
    if found is None:
        raise Http404
    today = london_date(timezone.now())
    limits = [_in_words(Limit.objects.in_force(code, today)) for code in found.limits]
    rule = Rule(rule_for(found.decision)).label if found.decision else ""
    # Said once above the table: most limits of an edition carry the same note.
    notes = list(dict.fromkeys(limit.note for limit in limits if limit.note))
    context = {"topic": found, "limits": limits, "notes": notes, "rule": rule, "partnership": Partnership.this()}
    return render(request, [f"caseload/help/{found.slug}.html", "caseload/help/topic.html"], context)

"""P4: sending a referral, with its case, children, team, notification, clocks, paper and chained events."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator

from django.urls import reverse

from audit import chain
from audit.models import Event, Trail
from bench.browsing import Browser
from bench.building import Built
from bench.findings import Finding, Gate
from bench.measuring import queries_of, side_by_side
from demo.journey import Journey
from demo.prose import HEAD_INJURY
from referrals.models import PageAnswers, Referral

ROUNDS = 11


def measure(built: Built) -> tuple[list[Finding], str]:
    """Approving a referral in the browser, beside a view that inserts one row. Also what it asks of the database."""
    drafts = list(_drafts(built, ROUNDS + 3))
    lead, nobody = Browser(built.people["hospital_lead"]), Browser()
    waiting = iter(drafts)

    def submit() -> None:
        _submit(lead, next(waiting))

    series = side_by_side({"referral sent": submit, "bare insert": lambda: nobody.get("/bench/insert/")}, rounds=ROUNDS)
    statements = queries_of(submit)
    _check(drafts)
    return [
        Finding.of("P4 submit", series, "referral sent", "bare insert", Gate(250)),
    ], f"Sending a referral asks {statements} statements of the database."


def _submit(lead: Browser, draft: Referral) -> None:
    answer = lead.post(reverse("referrals:approve", args=[draft.pk]), {"token": secrets.token_urlsafe(24)})
    assert answer.location == reverse("referrals:confirmation", args=[draft.pk])


def _drafts(built: Built, number: int) -> Iterator[Referral]:
    """Referrals that wait for their lead: one written along the real path, the others copies of it."""
    first = Journey(built.world, HEAD_INJURY, began=built.today).sent_to_lead().referral
    first.refresh_from_db()
    pages = list(PageAnswers.objects.filter(referral=first).values())
    yield first
    for n in range(number - 1):
        facts = {
            field.attname: getattr(first, field.attname)
            for field in Referral._meta.concrete_fields
            if field.attname not in ("id", "chain_id")
        }
        trail = Trail.objects.create(key=str(uuid.UUID(int=n + 10**9)))
        copy = Referral.objects.create(**facts, chain=trail)
        PageAnswers.objects.bulk_create(PageAnswers(**{**page, "id": None, "referral_id": copy.pk}) for page in pages)
        yield copy


def _check(drafts: list[Referral]) -> None:
    """Every one was sent, has a reference of its own, and a chain without a broken link."""
    sent = [Referral.objects.select_related("case__chain").get(pk=draft.pk) for draft in drafts]
    assert all(row.is_sent and row.paper_id for row in sent)
    cases = [row.case for row in sent if row.case]
    assert len({case.reference for case in cases}) == len(drafts)
    for case in cases:
        previous = ""
        events = list(Event.objects.filter(trail=case.chain_id).order_by("number"))
        for event in events:
            assert event.previous == previous, f"a broken link in the chain of {case}"
            assert event.digest == chain.digest_of(event, case.chain.key)
            previous = event.digest
        assert [event.number for event in events] == list(range(1, case.chain.length + 1))

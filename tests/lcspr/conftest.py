"""The local review that Westmoor's partners decided to carry out on Wednesday 28 October 2026."""

import re
from datetime import date

import pytest

from cases.models import Child
from decisions.actions import record_position
from lcspr import actions
from lcspr.headings import SUITABILITY
from lcspr.models import Review
from tests.rapid_reviews.conftest import (  # noqa: F401
    PARTNERS,
    at,
    case_one,
    conclude,
    met,
    prepared,
    review,
    sent,
    sign,
    signed,
    signing,
    when,
)

DECIDED = date(2026, 10, 28)
# Example of specification 9.2: to publish that day the report is sent by Tuesday 24 November.
PLANNED = date(2026, 12, 3)
SUITABLE = {key: f"Found: {key}" for key, _ in SUITABILITY}
ANALYSIS = "<p>Two records did not speak to each other, so nobody saw both bruises.</p>"


@pytest.fixture
def local(signed, when):
    """Opened a fortnight after the partners decided."""
    return actions.open_review(signed, by=when("coordinator", 11, 11))


@pytest.fixture
def reviewer(local, when, cast):
    return actions.appoint_reviewer(
        local, cast.reviewer.memberships.get(), by=when("coordinator", 11, 12), suitability=SUITABLE
    )


@pytest.fixture
def begun(local, reviewer, when):
    by = when("coordinator", 11, 12, hour=13)
    actions.set_terms(
        local.terms,
        by=by,
        seen_version=local.terms.version,
        purpose="To learn how agencies worked together",
        scope_from=date(2024, 3, 1),
        scope_until=date(2026, 3, 27),
        lines_of_enquiry="How was the child heard?",
        method="A systems approach",
    )
    actions.agree_terms(local, by=by)
    return local


@pytest.fixture
def write(when):
    """`write(review, key, html)`: the reviewer writes a section."""

    def of(review, key, html, who="reviewer", day=(11, 13)):
        section = review.draft.sections.get(key=key)
        actions.write(review, section, html, by=when(who, *day), seen_version=section.version)
        return section

    return of


@pytest.fixture
def written(begun, write, when):
    """Every section but one, and two recommendations."""
    for key in ("introduction", "child", "events", "learning", "response"):
        write(begun, key, f"<p>What there is to say under {key}.</p>")
    write(begun, "analysis", ANALYSIS)
    write(begun, "improvements", "<p>One chronology for each child.</p>")
    by = when("reviewer", 11, 13)
    actions.recommend(begun, by=by, text="Agree one chronology by June", intended_outcome="Nobody lacks half the story")
    actions.recommend(begun, by=by, text="Ask fathers too")
    return begun


@pytest.fixture
def handed_in(written, when):
    actions.hand_in(written, by=when("reviewer", 11, 14))
    return written


@pytest.fixture
def asked(handed_in, when):
    """The partners have been asked to sign."""
    actions.open_sign_off(handed_in, by=when("coordinator", 11, 16))
    return handed_in


@pytest.fixture
def agree(cast, when):
    """`agree(review)`: all partners sign; `only` names some, `view` another view."""

    def of(review, view="agree", only=PARTNERS):
        for person, agency in only:
            seat = review.sign_off.seats.get(agency=getattr(cast.agencies, agency))
            record_position(seat, by=when(person, 11, 17), view=view, reasons=f"Reasons of the {agency}")

    return of


@pytest.fixture
def approved(asked, agree, when):
    """Approved on 18 November."""
    agree(asked)
    actions.conclude_sign_off(
        asked, by=when("coordinator", 11, 18), outcome="agree", rationale="It answers its terms of reference"
    )
    return asked


@pytest.fixture
def planned(approved, when):
    actions.plan_publication(
        approved,
        PLANNED,
        by=when("coordinator", 11, 18, hour=13),
        public_title="A bruise seen twice",
        communications="Petra Council speaks.",
    )
    return approved


@pytest.fixture
def send_copies(when):
    """`send_copies(review, month, day)`: every recipient has the full report."""

    def of(review, month, day, only=("panel", "secretary_of_state", "ofsted")):
        for recipient in only:
            actions.record_copy_sent(
                review, recipient, by=when("coordinator", month, day, hour=14), sent_at=at(2026, month, day, 11)
            )

    return of


@pytest.fixture
def published(planned, send_copies, when):
    """On 3 December 2026, as planned."""
    send_copies(planned, 11, 24)
    actions.publish(planned, by=when("coordinator", 12, 3), summary="Two agencies each saw a bruise.")
    return planned


@pytest.fixture
def clocks():
    """`clocks(code, **lookups)`: the clocks of that code, by recipient."""
    from deadlines.models import Deadline

    def of(code, **lookups):
        return {clock.recipient: clock for clock in Deadline.objects.filter(code=code, **lookups).order_by("pk")}

    return of


@pytest.fixture
def now():
    """`now(review)`: the row as it is in the database."""

    def of(review):
        return Review.objects.get(pk=review.pk)

    return of


@pytest.fixture
def child(case_one):
    return Child.objects.get(case=case_one)


def hidden_value(page, name):
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    found = re.search(r'value="([^"]*)"', tag.group(0)) if tag else None
    return found.group(1) if found else ""


@pytest.fixture
def form_of():
    """`form_of(client, url, **typed)`: what the page's form would send, with its hidden fields."""

    def of(client, url, **typed):
        page = client.get(url).content.decode()
        kept = {name: hidden_value(page, name) for name in ("token", "seen_version") if f'name="{name}"' in page}
        return {**kept, **typed}

    return of


@pytest.fixture
def parts():
    """`parts(name, day, time)`: a date, or an instant, as its boxes send it."""

    def of(name, day, time=""):
        boxes = {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
        return {**boxes, f"{name}-time": time} if time else boxes

    return of

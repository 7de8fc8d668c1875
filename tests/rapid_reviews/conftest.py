"""Westmoor's case whose notification was sent on Thursday 8 October 2026, and the rapid review that followed."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from cases.actions import add_child, admit, open_case
from cases.parts import Part
from decisions.actions import record_position
from decisions.criteria import REVIEW_CRITERIA
from notifications.incident.actions import open_notification, record_awareness
from rapid_reviews import actions


def at(year, month, day, hour=12, minute=0):
    """An instant, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def when(cast, standing):
    """`when(person, month, day, year=2026)`: that person's standing at midday (UTC) of the day."""

    def of(person, month, day, year=2026, hour=12):
        return standing(getattr(cast, person), at(year, month, day, hour))

    return of


@pytest.fixture
def case_one(cast, when):
    """The case as it was opened on 5 October 2026."""
    by = when("coordinator", 10, 5)
    case = open_case(by=by, incident_la=cast.agencies.westmoor, title="A baby with a head injury", harm="serious_harm")
    add_child(
        case,
        by=by,
        identity={"full_name": "Zephyrine Quillfeather", "born_on": date(2026, 3, 2), "nhs_number": "9434765919"},
        age_years=0,
        ethnicity="WBRI",
        current_safety="In hospital, with a nurse at all times",
    )
    return case


@pytest.fixture
def prepared(case_one, when):
    """A notification being prepared; the authority knew on Monday 5 October."""
    notification = open_notification(
        case_one, by=when("la_notifier", 10, 6), received_on=date(2026, 10, 5), kind="s16c_serious_harm"
    )
    record_awareness(
        notification,
        by=when("la_notifier", 10, 6),
        la_first_aware_at=at(2026, 10, 5, 9),
        abuse_first_suspected_at=at(2026, 10, 5, 9),
    )
    return notification


@pytest.fixture
def review(prepared, when, cast, case_one):
    """Sent on 8 October, so that the review is due on 29 October. Gail and Chidi hold the review papers."""
    by = when("la_notifier", 10, 8, hour=15)
    started = actions.record_notification_sent(prepared, by=by, sent_at=at(2026, 10, 8, 14), reference="CSINS-0007")
    for user in (cast.group_member, cast.panel_chair):
        admit(case_one, Part.REVIEW_PAPERS, by=by, membership=user.memberships.get())
    return started


@pytest.fixture
def met(review, when):
    """The panel met on 22 October and answered every criterion."""
    by = when("coordinator", 10, 23)
    actions.record_meeting(
        review,
        by=by,
        held_on=date(2026, 10, 22),
        chair="Chidi Chair",
        conflicts="None declared",
        discussion="What the visits showed",
        partners_views="All three think a local review is needed",
    )
    for criterion in REVIEW_CRITERIA:
        actions.answer_criterion(review, criterion.code, by=by, answer="met", narrative=f"Why {criterion.code}")
    return review


@pytest.fixture
def signing(met, when):
    """The partners have been asked to sign on 27 October."""
    actions.open_sign_off(met, by=when("coordinator", 10, 27), recommendation="initiate_lcspr")
    return met


PARTNERS = (("partner_la", "westmoor"), ("partner_icb", "icb"), ("partner_police", "police"))


@pytest.fixture
def sign(cast, when):
    """`sign(decision, view, day=(10, 28))`: all three partners sign that view; `only` names some of them."""

    def of(decision, view="initiate_lcspr", day=(10, 28), only=PARTNERS):
        for person, agency in only:
            record_position(
                decision.seats.get(agency=getattr(cast.agencies, agency)),
                by=when(person, *day),
                view=view,
                reasons=f"Reasons of the {agency}",
            )
        decision.refresh_from_db()

    return of


@pytest.fixture
def conclude(when):
    """`conclude(review, outcome)`: the coordinator concludes the sign-off on 28 October."""

    def of(review, outcome="initiate_lcspr", day=(10, 28), **more):
        return actions.conclude(
            review, by=when("coordinator", *day), outcome=outcome, rationale="The learning is not yet known", **more
        )

    return of


@pytest.fixture
def signed(signing, sign, conclude):
    sign(signing.sign_off)
    return conclude(signing)


@pytest.fixture
def sent(signed, when):
    """Sent on 29 October, the last day."""
    return actions.record_sent_to_panel(signed, by=when("coordinator", 10, 29), sent_at=at(2026, 10, 29, 11))


@pytest.fixture
def partners():
    return SimpleNamespace(all=PARTNERS, la=PARTNERS[:1])

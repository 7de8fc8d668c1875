"""The rapid review report: everything it says, and nothing it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from accounts.models import Partnership
from agency_returns.lifecycle import ANSWERED, ReturnStatus
from agency_returns.models import AgencyReturn, ChronologyEntry
from decisions.criteria import REVIEW_CRITERIA
from decisions.models import Decision
from documents.models import Section
from govuk.words import date_in_words, instant_in_words, time_in_words

from .models import Meeting, RapidReview

# The guidance asks for a short list of key events, not a chronology that hides the facts.
MOST_EVENTS = 200
NOT_ANSWERED = "Not answered"
# Section -> what stands with it, in the order of the headings of specification 2.4.
TABLES = {
    "involvement": "with_agencies",
    "timeline": "with_events",
    "learning": "with_learning",
    "earlier-learning": "then_criteria",
}


@dataclass(frozen=True)
class SectionInReport:
    """One heading with its text, and which table made from the rows stands under it."""

    heading: str
    html: str
    with_agencies: bool = False
    with_events: bool = False
    with_learning: bool = False
    then_criteria: bool = False


@dataclass(frozen=True)
class AgencyInReport:
    name: str
    answer: str
    summary: str


@dataclass(frozen=True)
class EventInReport:
    when: str
    time: str
    agency: str
    event: str
    child_seen: str
    significance: str


@dataclass(frozen=True)
class CriterionInReport:
    text: str
    basis: str
    answer: str
    narrative: str


@dataclass(frozen=True)
class ActionInReport:
    text: str
    owner: str
    due: str


@dataclass(frozen=True)
class PersonInReport:
    name: str
    agency: str
    role: str


@dataclass(frozen=True)
class MeetingInReport:
    held_on: str
    chair: str
    present: tuple[PersonInReport, ...]
    apologies: tuple[PersonInReport, ...]
    conflicts: str
    documents_seen: str
    discussion: str
    partners_views: str


@dataclass(frozen=True)
class SignatureInReport:
    """One partner's signature: the position that stood when the sign-off was concluded."""

    body: str
    signed_by: str
    capacity: str
    signed_at: str
    view: str
    reasons: str
    differs: bool


@dataclass(frozen=True)
class RapidReviewReport:
    """The report. `signatures`, `outcome` and what follows are empty in the copy that is put before the partners."""

    partnership: str
    national_body: str
    reference: str
    notification_reference: str
    notified_on: str
    children: tuple[str, ...]
    sections: tuple[SectionInReport, ...]
    agencies: tuple[AgencyInReport, ...]
    events: tuple[EventInReport, ...]
    events_left_out: int
    criteria: tuple[CriterionInReport, ...]
    learning: tuple[str, ...]
    actions: tuple[ActionInReport, ...]
    meetings: tuple[MeetingInReport, ...]
    recommendation: str
    outcome: str = ""
    rationale: str = ""
    dissent: str = ""
    decided_on: str = ""
    signatures: tuple[SignatureInReport, ...] = ()

    @classmethod
    def of(cls, review: RapidReview) -> RapidReviewReport:
        """The report as it stands, not signed by anyone."""
        notification = review.notification
        here = Partnership.this()
        events = _events(review)
        return cls(
            partnership=here.name,
            national_body=here.national_body,
            reference=review.case.reference,
            notification_reference=notification.sent_reference,
            notified_on=instant_in_words(notification.sent_at) if notification.sent_at else "",
            children=tuple(child.pseudonym for child in review.case.child_set.all()),
            sections=tuple(_section(section) for section in review.draft.sections.all()),
            agencies=_agencies(review),
            events=events[:MOST_EVENTS],
            events_left_out=max(0, len(events) - MOST_EVENTS),
            criteria=_criteria(review),
            learning=tuple(point.text for point in review.learning_points.filter(removed_at=None)),
            actions=tuple(
                ActionInReport(action.text, str(action.owner), date_in_words(action.due_on))
                for action in review.immediate_actions.filter(removed_at=None).select_related("owner")
            ),
            meetings=tuple(_meeting(meeting) for meeting in review.meetings.all()),
            recommendation=review.get_recommendation_display(),
        )

    @classmethod
    def signed(cls, frozen: Mapping[str, Any], review: RapidReview, decision: Decision) -> RapidReviewReport:
        """What the partners signed, word for word, with what they decided and their signatures.

        Made from the copy frozen for signing, so that nothing can have changed in between.
        """
        return replace(
            thawed(frozen),
            outcome=review.get_outcome_display(),
            rationale=decision.rationale,
            dissent=decision.dissent,
            decided_on=date_in_words(review.decided_on) if review.decided_on else "",
            signatures=tuple(
                SignatureInReport(
                    body=str(position.seat.agency),
                    signed_by=str(position.signed_by),
                    capacity=position.capacity,
                    signed_at=instant_in_words(position.signed_at),
                    view=position.view_words,
                    reasons=position.reasons,
                    differs=position.view != decision.outcome,
                )
                for position in decision.standing_positions()
            ),
        )


def _section(section: Section) -> SectionInReport:
    table = TABLES.get(section.key)
    return SectionInReport(section.heading, section.html, **({table: True} if table else {}))


def thawed(content: Mapping[str, Any]) -> RapidReviewReport:
    """The dataclass again from its frozen content."""
    rows = {
        "sections": SectionInReport,
        "agencies": AgencyInReport,
        "events": EventInReport,
        "criteria": CriterionInReport,
        "actions": ActionInReport,
        "signatures": SignatureInReport,
    }
    again: dict[str, Any] = {name: tuple(row(**one) for one in content[name]) for name, row in rows.items()}
    again["meetings"] = tuple(
        MeetingInReport(
            **{
                **one,
                "present": tuple(PersonInReport(**person) for person in one["present"]),
                "apologies": tuple(PersonInReport(**person) for person in one["apologies"]),
            }
        )
        for one in content["meetings"]
    )
    again["children"], again["learning"] = tuple(content["children"]), tuple(content["learning"])
    return RapidReviewReport(**{**content, **again})


def _returns(review: RapidReview) -> list[AgencyReturn]:
    return list(
        AgencyReturn.objects.filter(request__occasion=review.requests_occasion)
        .exclude(status=ReturnStatus.WITHDRAWN)
        .select_related("request__agency", "request__case")
        .order_by("request__agency__name", "pk")
    )


def _agencies(review: RapidReview) -> tuple[AgencyInReport, ...]:
    """Every agency asked; what one said only once its return was accepted."""
    found = []
    for row in _returns(review):
        taken = row.status in ANSWERED
        if row.is_nil:
            answer, summary = "Nil return", "Nobody asked about is known to this agency."
        else:
            answer = "Return accepted" if taken else NOT_ANSWERED
            summary = row.involvement_summary if taken else ""
        found.append(AgencyInReport(str(row.request.agency), answer, summary))
    return tuple(found)


def _events(review: RapidReview) -> tuple[EventInReport, ...]:
    entries = (
        ChronologyEntry.objects.current()
        .key_events()
        .filter(
            agency_return__request__occasion=review.requests_occasion,
            agency_return__status=ReturnStatus.ACCEPTED,
        )
        .select_related("agency_return__request__agency")
        .order_by("sorts_as", "pk")
    )
    return tuple(
        EventInReport(
            when=entry.when,
            time=time_in_words(entry.time) if entry.time else "",
            agency=str(entry.agency_return.request.agency),
            event=entry.event,
            child_seen=entry.get_child_seen_display(),
            significance=entry.significance,
        )
        for entry in entries
    )


def _criteria(review: RapidReview) -> tuple[CriterionInReport, ...]:
    found = {finding.code: finding for finding in review.findings.all()}
    return tuple(
        CriterionInReport(
            text=criterion.text,
            basis=criterion.basis,
            answer=found[criterion.code].get_answer_display() if criterion.code in found else NOT_ANSWERED,
            narrative=found[criterion.code].narrative if criterion.code in found else "",
        )
        for criterion in REVIEW_CRITERIA
    )


def _meeting(meeting: Meeting) -> MeetingInReport:
    people = list(meeting.attendance.select_related("agency"))

    def those(presence: str) -> tuple[PersonInReport, ...]:
        return tuple(
            PersonInReport(row.name, str(row.agency) if row.agency else "", row.role)
            for row in people
            if row.presence == presence
        )

    return MeetingInReport(
        held_on=date_in_words(meeting.held_on),
        chair=meeting.chair,
        present=those("present"),
        apologies=those("apologies"),
        conflicts=meeting.conflicts,
        documents_seen=meeting.documents_seen,
        discussion=meeting.discussion,
        partners_views=meeting.partners_views,
    )

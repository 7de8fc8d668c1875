"""The rows of the register, before they are put into an edition of the guidance.

"{wt}" in an authority stands for the edition's chapter. Paragraph numbers of Working Together
are not given, because they were not read.
"""

from datetime import date
from typing import Final, NamedTuple

from deadlines.statutory.limits import Alternative, Confidence, Convention, Direction, Kind, TimeLimit, Unit

C = Convention
KNOWN, UNSURE = Confidence.KNOWN, Confidence.UNSURE
VERIFIED, LOCAL = Confidence.VERIFIED, Confidence.VERIFIED_LOCALLY
GUIDANCE_BEGAN: Final = date(2018, 6, 29)


def _ways(*conventions: Convention) -> tuple[Alternative, ...]:
    return tuple(Alternative(convention.value, convention) for convention in conventions)


FORWARD = _ways(C.EXCLUDE_TRIGGER, C.INCLUSIVE, C.ROLL_THEN_EXCLUDE, C.CLOSE_OF_BUSINESS)
BACKWARD = _ways(C.PUB_MINUS_N, C.CLEAR_DAYS)
MONTHS = _ways(C.CORRESPONDING_DATE)
SAME_DAY = _ways(C.SAME_WORKING_DAY)

LA_AWARE = "the local authority becomes aware of the incident"

# Readings found in local procedures that count the five days from another event. Shown beside, never the default.
OTHER_READINGS_OF_AWARENESS = (
    Alternative(
        "INCIDENT_DATE",
        C.EXCLUDE_TRIGGER,
        trigger="the incident happens",
        words="Counted from the day of the incident, as some local procedures have it",
    ),
    Alternative(
        "PARTNERSHIP_TOLD",
        C.EXCLUDE_TRIGGER,
        trigger="the partnership is told",
        words="Counted from the day the partnership was told, as one local procedure has it",
    ),
)


class Owed(NamedTuple):
    """Who owes a duty: in words, as the role that acts, and as the statutory body (blank: all of them)."""

    by: str
    role: str
    agency_kind: str = ""


LA = Owed("the local authority", "la_notifier", "la")
PARTNERS = Owed("the safeguarding partners", "partner")
LEAD_PARTNERS = Owed("the lead safeguarding partners", "senior_partner")
BUSINESS_UNIT = Owed("the partnership's business unit", "coordinator")
PANEL = Owed("the Panel; the business unit chases", "coordinator")


def row(
    code: str,
    title: str,
    authority: str,
    confidence: Confidence,
    amount: int,
    unit: Unit,
    trigger: str,
    stop: str,
    owed: Owed,
    counting: tuple[Alternative, ...],
    *,
    kind: Kind = Kind.DUE,
    direction: Direction = Direction.FORWARD,
    recipients: tuple[str, ...] = (),
    statutory: bool = True,
    note: str = "",
) -> TimeLimit:
    """A row of the register, in force since the guidance began and in no edition yet."""
    return TimeLimit(
        code=code,
        edition="",
        title=title,
        authority=authority,
        confidence=confidence,
        amount=amount,
        unit=unit,
        kind=kind,
        trigger=trigger,
        stop=stop,
        owed_by=owed.by,
        owed_by_role=owed.role,
        owed_by_agency_kind=owed.agency_kind,
        in_force_from=GUIDANCE_BEGAN,
        in_force_to=None,
        counting=counting,
        direction=direction,
        recipients=recipients,
        statutory=statutory,
        note=note,
    )


REGISTER: Final = (
    row(
        "T01",
        "Serious incident notification to the Panel",
        "Children Act 2004, section 16C(1); {wt}",
        VERIFIED,
        5,
        Unit.WORKING_DAYS,
        LA_AWARE,
        "the notification is submitted",
        LA,
        (*FORWARD, *OTHER_READINGS_OF_AWARENESS),
    ),
    row(
        "T02",
        "Telling the safeguarding partners of the incident",
        "{wt}; GOV.UK guidance on reporting a serious child safeguarding incident",
        VERIFIED,
        5,
        Unit.WORKING_DAYS,
        LA_AWARE,
        "the partners are told",
        LA,
        FORWARD,
    ),
    row(
        "T02a",
        "Copy of the notification to the partnership's business unit",
        "Local practice; no national time limit was found",
        LOCAL,
        0,
        Unit.WORKING_DAYS,
        "the notification is submitted",
        "the business unit has its copy",
        LA,
        (*SAME_DAY, Alternative("NEXT_WORKING_DAY", C.EXCLUDE_TRIGGER, amount=1, words="The working day after")),
        statutory=False,
    ),
    row(
        "T03",
        "Notification of the death of a looked-after child",
        "GOV.UK guidance on reporting a serious child safeguarding incident; {wt}",
        VERIFIED,
        5,
        Unit.WORKING_DAYS,
        "the local authority becomes aware of the death",
        "the notification is submitted",
        LA,
        FORWARD,
        note="where abuse or neglect is not suspected",
    ),
    row(
        "T04",
        "Notification of the death of a care leaver up to and including the age of 24",
        "{wt}",
        LOCAL,
        5,
        Unit.WORKING_DAYS,
        "the local authority becomes aware of the death",
        "the notification is submitted",
        LA,
        FORWARD,
        note="care leavers were added by the 2023 edition",
    ),
    row(
        "T05",
        "Rapid review completed and sent to the Panel",
        "{wt}; the Panel's guidance for safeguarding partners (an expectation, not statute)",
        LOCAL,
        15,
        Unit.WORKING_DAYS,
        "the serious incident notification is sent to the Panel",
        "the rapid review is sent to the Panel",
        PARTNERS,
        (
            *FORWARD,
            Alternative(
                "LA_AWARE",
                C.EXCLUDE_TRIGGER,
                trigger=LA_AWARE,
                words="Counted from the day the local authority became aware, the older reading",
            ),
            Alternative(
                "REFERRAL_ACCEPTED",
                C.EXCLUDE_TRIGGER,
                trigger="the referral is accepted",
                words="Counted from the day the referral was accepted, as one local procedure has it",
            ),
            Alternative(
                "WORKING_DAY_16",
                C.EXCLUDE_TRIGGER,
                amount=16,
                words="Sent on working day 16, as an older local chart has it: later than the guidance allows",
            ),
        ),
    ),
    row(
        "T06",
        "Copy of the rapid review and the decision to the Panel",
        "{wt}",
        KNOWN,
        0,
        Unit.NONE,
        "the rapid review is completed",
        "the rapid review and the decision are sent",
        PARTNERS,
        (),
        kind=Kind.AS_SOON_AS,
        note="it is owed as soon as the rapid review is complete, inside T05",
    ),
    row(
        "T07",
        "Telling the Panel, Ofsted and the Department for Education that a local review will be carried out, "
        "and the name of any reviewer",
        '{wt} ("as soon as"; the 5 working days are a reminder of this product, advisory)',
        KNOWN,
        5,
        Unit.WORKING_DAYS,
        "the partners decide to initiate a review, and again when a reviewer is appointed",
        "each recipient is told",
        PARTNERS,
        FORWARD,
        kind=Kind.ADVISORY,
        recipients=("panel", "ofsted", "dfe"),
    ),
    row(
        "T08",
        "The Panel's response to the rapid review",
        '{wt} ("promptly", no number found; 20 working days is when to ask, advisory)',
        UNSURE,
        20,
        Unit.WORKING_DAYS,
        "the Panel receives the rapid review",
        "the Panel's letter is received",
        PANEL,
        FORWARD,
        kind=Kind.ADVISORY,
    ),
    row(
        "T09",
        "Local child safeguarding practice review completed and published",
        "{wt}: as soon as possible and no later than six months",
        KNOWN,
        6,
        Unit.MONTHS,
        "the partners decide to initiate a review",
        "the review is published",
        PARTNERS,
        (
            *MONTHS,
            Alternative(
                "RR_SENT",
                C.CORRESPONDING_DATE,
                trigger="the rapid review is sent to the Panel",
                words="Counted from the day the rapid review was sent to the Panel",
            ),
            Alternative(
                "PANEL_LETTER",
                C.CORRESPONDING_DATE,
                trigger="the Panel's letter is received",
                words="Counted from the day the Panel's letter was received",
            ),
            Alternative(
                "REVIEWER_APPOINTED",
                C.CORRESPONDING_DATE,
                trigger="the reviewer is appointed",
                words="Counted from the day the reviewer was appointed",
            ),
        ),
    ),
    row(
        "T10",
        "Full report to the Panel, the Secretary of State and Ofsted before publication",
        "SI 2018/789, regulation 16; {wt}",
        KNOWN,
        7,
        Unit.WORKING_DAYS,
        "the planned day of publication",
        "the report is sent to each recipient",
        PARTNERS,
        BACKWARD,
        direction=Direction.BACKWARD,
        recipients=("panel", "secretary_of_state", "ofsted"),
    ),
    row(
        "T11",
        "Improvement information to the Panel and the Secretary of State where the report is not published in full",
        "SI 2018/789, regulation 16; {wt}",
        KNOWN,
        7,
        Unit.WORKING_DAYS,
        "the planned day of publication of that information",
        "the information is sent to each recipient",
        PARTNERS,
        BACKWARD,
        direction=Direction.BACKWARD,
        recipients=("panel", "secretary_of_state"),
    ),
    row(
        "T12",
        "Telling the Panel and the Secretary of State why a review is delayed",
        "{wt} (no number; advisory: at once when the delay is known, before T09 falls due, then every three months)",
        KNOWN,
        0,
        Unit.WORKING_DAYS,
        "the partners know that six months will not be met",
        "the notice of delay is sent to each recipient",
        PARTNERS,
        (
            *SAME_DAY,
            Alternative(
                "THREE_MONTHLY",
                C.CORRESPONDING_DATE,
                trigger="the last notice of delay is sent",
                amount=3,
                unit=Unit.MONTHS,
                words="The next update, three months after the last notice",
            ),
        ),
        kind=Kind.ADVISORY,
        recipients=("panel", "secretary_of_state"),
    ),
    row(
        "T13",
        "Published report or information kept publicly available for at least a year",
        "SI 2018/789, regulation 17",
        KNOWN,
        1,
        Unit.YEARS,
        "the report or information is published",
        "the year has passed",
        PARTNERS,
        _ways(C.ANNIVERSARY),
        kind=Kind.NOT_BEFORE,
    ),
    row(
        "T14",
        "Copy to the NSPCC national case review repository",
        "No statutory limit; on the day of publication is advisory",
        UNSURE,
        0,
        Unit.WORKING_DAYS,
        "the report is published",
        "the copy is sent",
        BUSINESS_UNIT,
        SAME_DAY,
        kind=Kind.ADVISORY,
    ),
    row(
        "T15",
        "Monitoring the progress and quality of the review",
        'SI 2018/789, regulation 14 ("at regular intervals"; one month is advisory)',
        VERIFIED,
        1,
        Unit.MONTHS,
        "the review starts, or progress was last monitored",
        "the monitoring is recorded",
        PARTNERS,
        MONTHS,
        kind=Kind.ADVISORY,
    ),
    row(
        "T16",
        "Capturing learning and taking corrective action during the review",
        "{wt}",
        KNOWN,
        0,
        Unit.NONE,
        "the review starts",
        "the action log is kept",
        PARTNERS,
        (),
        kind=Kind.CONTINUOUS,
        note="it is owed continuously while the review runs",
    ),
    row(
        "T17",
        "Yearly report of the partnership published, with copies to the Panel and the What Works centre",
        "Children Act 2004, section 16G; {wt}",
        UNSURE,
        9,
        Unit.END_OF_MONTH,
        "the year reported on ends",
        "the report is published",
        LEAD_PARTNERS,
        _ways(C.END_OF_MONTH),
        note="the end of September was set by the 2023 edition",
    ),
)

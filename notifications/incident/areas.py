"""Whose area it is: which authority notifies, which partnership reviews, and who else is told (specification 4.11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Agency
from cases.models import Case
from decisions.models import deciding_bodies
from notifications.register.models import Submission
from notifications.register.recipients import Recipient, ReturnType

from .models import Notification
from .national_form import children_of
from .routes import Route


@dataclass(frozen=True)
class Rule:
    """The authority that the rules name (None where what decides it is not known yet), and why, in sentences."""

    notifies: Agency | None
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Partner:
    """A safeguarding partner who is to have a copy, and the row of the register that says it was told."""

    name: str
    told: Submission | None

    @property
    def told_at(self) -> datetime | None:
        return self.told.sent_at if self.told else None


def rule_for(case: Case, kind: str) -> Rule:
    """Who notifies by the areas of the incident and of the child's home."""
    if kind == Route.LAC_DEATH_NO_ABUSE:
        return _looked_after(case)
    if kind == Route.CARE_LEAVER_DEATH:
        said = "A local authority notifies the death of a care leaver up to and including the age of 24."
        return Rule(None, (said, "No rapid review follows."))
    if case.outside_england:
        return _outside_england(case)
    return _in_england(case)


def _looked_after(case: Case) -> Rule:
    first = next(iter(children_of(case)), None)
    responsible = first.responsible_la if first else None
    said = ["The authority responsible for a looked after child notifies the child's death, wherever it happened."]
    if responsible is None:
        said.append("It is not known yet which authority that is.")
    elif responsible != case.incident_la:
        said.append(f"Tell the safeguarding partners of {case.incident_la} too, where it happened.")
    return Rule(responsible, (*said, "No rapid review follows."))


def _outside_england(case: Case) -> Rule:
    said = "It happened outside England: the authority of the area in which the child normally lives notifies."
    if case.home_la is None:
        return Rule(None, (said, "It is not known yet where the child normally lives."))
    return Rule(
        case.home_la,
        (said, "The partnership of that area reviews it, and asks what is being reviewed in the other country."),
    )


def _in_england(case: Case) -> Rule:
    said = [f"The authority of the area in which it happened notifies: {case.incident_la}."]
    if case.incident_la.out_of_area:
        said.append("The partnership of that area reviews it. Tell it what is known here, and cooperate.")
    elif case.home_la and case.home_la != case.incident_la:
        said.append(
            f"The child normally lives in the area of {case.home_la}: tell its safeguarding partners. "
            "The partnership of the area in which it happened leads the review, together with them."
        )
    return Rule(case.incident_la, tuple(said))


def differs(notification: Notification) -> bool:
    """Whether another authority notifies than the rules name. It is said, and prevents nothing."""
    named = rule_for(notification.case, notification.kind).notifies
    return named is not None and named.pk != notification.notifying_la_id


def partners_to_tell(notification: Notification, on: date) -> list[Partner]:
    """The safeguarding partners of this area on a local date, each with the copy it last had."""
    told = {
        row.recipient_name: row for row in _copies(notification) if row.recipient == Recipient.SAFEGUARDING_PARTNERS
    }
    return [
        Partner(str(body), told.get(str(body)))
        for body in deciding_bodies(notification.case, on)
        if body.pk != notification.notifying_la_id
    ]


def other_areas_told(notification: Notification) -> list[Submission]:
    """The copies that went to partners of other areas."""
    return [row for row in _copies(notification) if row.recipient == Recipient.OTHER_AREA]


def _copies(notification: Notification) -> list[Submission]:
    key = f"{notification._meta.label}:{notification.pk}"
    rows = Submission.objects.of_occasion(key).filter(return_type=ReturnType.NOTIFICATION_COPY).sent()
    return list(rows.select_related("sent_by").order_by("sent_at", "pk"))


def all_told_at(notification: Notification, on: date) -> datetime | None:
    """The instant at which the last of the partners was first told; None while one of them has not been."""
    first: dict[str, datetime] = {}
    for row in _copies(notification):
        if row.recipient == Recipient.SAFEGUARDING_PARTNERS and row.sent_at:
            first.setdefault(row.recipient_name, row.sent_at)
    named = [str(body) for body in deciding_bodies(notification.case, on) if body.pk != notification.notifying_la_id]
    if any(name not in first for name in named):
        return None
    return max((first[name] for name in named), default=None)


__all__ = ["Partner", "Rule", "all_told_at", "differs", "other_areas_told", "partners_to_tell", "rule_for"]

"""What has come to light since it was notified, as far as the department must hear of it: it is worse than was said."""

from __future__ import annotations

from typing import Any

from accounts.standing import Standing
from cases.models import Case, CaseStatus, Child

from .models import Notification

# What a child suffered, from the least to the worst that can be notified.
WORSE = (Case.Harm.NOT_KNOWN, Case.Harm.OTHER, Case.Harm.SERIOUS_HARM, Case.Harm.DEATH)
NOTIFIED_AS = {Case.Harm.SERIOUS_HARM: "serious harm", Case.Harm.OTHER: "another serious incident"}
MOST = 50


def worse_since(notification: Notification) -> list[str]:
    """A sentence for each child of whom the case now says worse than was last notified, or who was not notified.

    Empty for a notification that does not stand. A correction that says it ends it.
    """
    versions = sorted(notification.versions.all(), key=lambda version: version.number)
    if not notification.is_sent or not versions:
        return []
    notified = {child["key"]: child["answers"] for child in versions[-1].content["children"]}
    children = sorted(notification.case.child_set.all(), key=lambda child: child.number)
    return [said for child in children if (said := _worse(child, notified.get(f"cases.Child:{child.pk}")))]


def _worse(child: Child, notified: dict[str, Any] | None) -> str:
    if notified is None:
        return f"{child.pseudonym} was not in what was notified."
    was, now = _harm(notified.get("harm"), notified.get("died_on")), _harm(child.harm, child.died_on)
    if WORSE.index(now) <= WORSE.index(was):
        return ""
    before = f"{child.pseudonym} was notified as {NOTIFIED_AS[was]}" if was in NOTIFIED_AS else (
        f"It was notified without what happened to {child.pseudonym}"
    )  # fmt: skip
    if now == Case.Harm.DEATH:
        return f"{before}; the child has since died."
    return f"{before}; the case now says: {now.label[0].lower()}{now.label[1:]}."


def _harm(harm: Any, died_on: Any) -> Case.Harm:
    if died_on:
        return Case.Harm.DEATH
    return Case.Harm(harm) if harm in Case.Harm.values else Case.Harm.NOT_KNOWN


def to_correct(by: Standing) -> list[tuple[Notification, list[str]]]:
    """The notifications of open cases that this person may see and of which worse is known than was notified.

    Looks at the newest fifty; three queries however many there are.
    """
    standing = (
        Notification.objects.visible_to(by)
        .sent()
        .filter(case__status=CaseStatus.OPEN)
        .select_related("case")
        .prefetch_related("case__child_set", "versions")
        .order_by("-sent_at")[:MOST]
    )
    found = [(notification, worse_since(notification)) for notification in standing]
    return [(notification, said) for notification, said in found if said]


__all__ = ["to_correct", "worse_since"]

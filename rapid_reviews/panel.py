"""How a rapid review shows on the case page, and what it offers on a notification's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from accounts.rights import asked_once, found_for
from accounts.standing import Standing
from cases.models import Case
from cases.panel import Doing, Panel, Row
from decisions.models import Decision
from notifications.incident.models import Notification
from notifications.incident.rights import RECORD_SENT

from . import presenter
from .models import RapidReview


def panel(case: Case, by: Standing, on: date) -> Panel | None:
    """The latest rapid review in front, earlier ones (of a notification withdrawn) as rows."""
    reviews = asked_once(_of_case, case.pk, by)
    if not reviews:
        return None
    latest = reviews[0]
    url = latest.get_absolute_url()
    rows = [Row(row.key, str(row.value)) for row in presenter.facts(latest)]
    for response in latest.responses.visible_to(by):
        rows.append(Row("Answer", "; ".join(response.answers_in_words), url))
    rows += [
        Row(f"Earlier rapid review, of notification {one.notification.occasion}", one.get_status_display(),
            one.get_absolute_url())
        for one in reviews[1:]
    ]  # fmt: skip
    papers = ((latest.report, reverse("rapid_reviews:paper", args=[latest.pk])),) if latest.report else ()
    return Panel(
        order=40,
        title="Rapid review",
        state=latest.get_status_display(),
        colour=latest.colour,
        finished=latest.is_sent or latest.is_void,
        turn=presenter.turn_of(latest),
        url=url,
        rows=tuple(rows),
        doings=tuple(_doings(latest, by)),
        papers=papers,
    )


def _of_case(case: int, by: Standing) -> list[RapidReview]:
    """The rapid reviews of this case that this person may see, the latest first."""
    of_case = RapidReview.objects.visible_to(by).filter(case=case)
    of_case = of_case.select_related("notification", "case", "sign_off", "redecision", "report")
    return found_for(by, of_case.defer("report__content").order_by("-pk"))


def _doings(review: RapidReview, by: Standing) -> Iterable[Doing]:
    may = presenter.may(review, by)
    offered = (
        (may.edit, "Write the report", "review"),
        (may.open_sign_off and review.is_with_panel, "Ask the partners to sign", "open_sign_off"),
        (may.conclude, "Conclude the sign-off", "conclude"),
        (may.send, "Record that it was sent", "send"),
        (may.record_response and not review.is_answered, "Record the answer", "response"),
    )
    for allowed, words, page in offered:
        if allowed:
            yield Doing(words, reverse(f"rapid_reviews:{page}", args=[review.pk]))


def offers(notification: Notification, by: Standing) -> Iterable[Doing]:
    """On a notification's page: record that it was sent, or see the rapid review that followed."""
    if notification.is_preparing and not notification.is_notify_only and RECORD_SENT.allows(by, notification):
        yield Doing("Record that it was sent", reverse("rapid_reviews:record_sent", args=[notification.pk]))
    of_case = asked_once(_of_case, notification.case_id, by)
    review = next((one for one in of_case if one.notification_id == notification.pk), None)
    if review is not None:
        yield Doing("Open the rapid review", review.get_absolute_url())


def offers_on_decision(decision: Decision, by: Standing) -> Iterable[Doing]:
    """On the page of a decision that a rapid review asked for: read the review, and conclude once all is in."""
    of_case = asked_once(_of_case, decision.case_id, by)
    review = next((one for one in of_case if decision.pk in (one.sign_off_id, one.redecision_id)), None)
    if review is None:
        return
    yield Doing("Read the rapid review", review.get_absolute_url())
    if not decision.is_revealed:
        return
    may = presenter.may(review, by)
    if decision.pk == review.sign_off_id and may.conclude:
        yield Doing("Conclude the sign-off", reverse("rapid_reviews:conclude", args=[review.pk]))
    if decision.pk == review.redecision_id and may.conclude_again:
        yield Doing(
            "Conclude what the partners decided again", reverse("rapid_reviews:conclude_again", args=[review.pk])
        )

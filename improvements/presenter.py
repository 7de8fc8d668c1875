"""Recommendations and actions in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.standing import Standing
from documents.models import Upload
from govuk.rows import Row
from govuk.words import date_in_words, file_size, instant_in_words

from . import rights
from .models import Action, ActionPlan, Evidence, Recommendation

LONGEST_TITLE = 140


@dataclass(frozen=True)
class ActionLine:
    title: str
    url: str
    reference: str
    number: int
    agency: str
    target: str
    words: str
    colour: str


def standing_of(action: Action, *, on: date) -> tuple[str, str]:
    """The status in words and its colour; red only for overdue."""
    if action.is_overdue(on=on):
        return "Overdue", "red"
    return action.get_status_display(), action.colour


def action_line(action: Action, *, on: date) -> ActionLine:
    words, colour = standing_of(action, on=on)
    return ActionLine(
        title=action.text if len(action.text) <= LONGEST_TITLE else f"{action.text[: LONGEST_TITLE - 3]}...",
        url=action.get_absolute_url(),
        reference=action.case.reference,
        number=action.number,
        agency=action.lead_agency.name,
        target=date_in_words(action.target_on),
        words=words,
        colour=colour,
    )


def action_lines(actions: Iterable[Action], *, on: date) -> list[ActionLine]:
    return [action_line(action, on=on) for action in actions]


def action_rows(action: Action, *, on: date) -> list[Row]:
    """The facts of an action."""
    leads = [action.lead_agency.name]
    if action.lead_person:
        leads.append(str(action.lead_person.user))
    rows = [Row("Led by", leads), Row("Target date", date_in_words(action.target_on))]
    if action.learning:
        rows.insert(0, Row("Way of learning", action.get_learning_display()))
    if action.was_postponed:
        rows.append(Row("Target date first agreed", date_in_words(action.first_target_on)))
    if action.recommendation:
        rows.append(Row("Recommendation", f"{action.recommendation.number}. {action.recommendation.text}"))
    rows.append(Row("How we will know it made a difference", action.success_measure or "Not said yet"))
    rows.append(Row("What has been done", action.progress or "Nothing reported yet"))
    if action.completed_on:
        rows.append(Row("Completed", date_in_words(action.completed_on)))
    if action.may_be_embedded and action.impact_check_on:
        rows.append(Row("Check of impact due", date_in_words(action.impact_check_on)))
    return rows


@dataclass(frozen=True)
class FileShown:
    name: str
    size: str
    scan: str
    colour: str
    url: str


@dataclass(frozen=True)
class EvidenceShown:
    text: str
    byline: str
    files: tuple[FileShown, ...]


def evidence_shown(action: Action) -> list[EvidenceShown]:
    """What was given, each with its files."""
    rows = action.evidence.select_related("given_by").prefetch_related("uploads")
    return [
        EvidenceShown(
            text=given.text,
            byline=f"{given.given_by}, {instant_in_words(given.given_at)}",
            files=tuple(_file(action, given, upload) for upload in given.uploads.all()),
        )
        for given in rows
    ]


def _file(action: Action, given: Evidence, upload: Upload) -> FileShown:
    url = reverse("improvements:evidence_file", args=[action.pk, given.pk, upload.pk]) if upload.may_be_opened else ""
    return FileShown(upload.name, file_size(upload.size), upload.get_scan_display(), upload.scan_colour, url)


@dataclass(frozen=True)
class May:
    """What this person may do with an action now."""

    report: bool
    complete: bool
    check_impact: bool
    change_target: bool
    reopen: bool

    def __bool__(self) -> bool:
        return any((self.report, self.complete, self.check_impact, self.change_target, self.reopen))


def may(action: Action, by: Standing) -> May:
    assures = rights.ASSURE.allows(by, action)
    return May(
        report=action.is_unfinished and rights.REPORT.allows(by, action),
        complete=assures and action.may_be_completed,
        check_impact=assures and action.may_be_embedded,
        change_target=assures and action.is_unfinished,
        reopen=assures and action.may_be_reopened,
    )


@dataclass(frozen=True)
class RecommendationShown:
    """A recommendation with the actions that carry it out; `change_url` where this person may change it here."""

    anchor: str
    number: int
    source: str
    text: str
    intended_outcome: str
    withdrawn: str
    actions: tuple[ActionLine, ...]
    change_url: str = ""
    withdraw_url: str = ""


def plan_shown(plan: ActionPlan, *, by: Standing) -> tuple[list[RecommendationShown], list[ActionLine]]:
    """The recommendations of a case with their actions, and the actions that carry out none. Two queries."""
    actions = list(
        Action.objects.visible_to(by).filter(case_id=plan.pk).select_related("case", "lead_agency").order_by("number")
    )
    by_recommendation: dict[int, list[ActionLine]] = {}
    others = []
    for action in actions:
        line = action_line(action, on=by.today)
        if action.recommendation_id:
            by_recommendation.setdefault(action.recommendation_id, []).append(line)
        else:
            others.append(line)
    rows = Recommendation.objects.visible_to(by).filter(case_id=plan.pk).order_by("source", "made_by_review", "number")
    return [_recommendation(row, by_recommendation.get(row.pk, []), by=by) for row in rows], others


def _recommendation(row: Recommendation, actions: list[ActionLine], *, by: Standing) -> RecommendationShown:
    changes = row.was_recorded_here and not row.is_withdrawn and rights.REWORD.allows(by, row)
    return RecommendationShown(
        anchor=f"recommendation-{row.pk}",
        number=row.number,
        source=row.get_source_display(),
        text=row.text,
        intended_outcome=row.intended_outcome,
        withdrawn=f"Withdrawn on {date_in_words(row.withdrawn_on)}" if row.withdrawn_on else "",
        actions=tuple(actions),
        change_url=reverse("improvements:reword", args=[row.pk]) if changes else "",
        withdraw_url=reverse("improvements:withdraw", args=[row.pk]) if changes else "",
    )

"""What the pages show of a return: values in words, in the order of its sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst

from accounts.standing import Standing
from audit.events import key_of
from audit.models import Event
from cases.models import Identity
from decisions.criteria import BY_CODE
from govuk.approximate_date import ApproximateDate
from govuk.rows import Task
from govuk.words import date_in_words

from . import rights
from .forms import VIEWS
from .lifecycle import ReturnStatus
from .models import SECTIONS, SYSTEM_FACTORS, AgencyReturn, ChronologyEntry, InformationRequest, Section

PAGE = 50


@dataclass(frozen=True)
class Answer:
    """One field of a section in words; `lines` is more than one only for lists."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class SectionAsRead:
    """A section that says something. `labelled`: it asks several things, so each answer stands under its label."""

    title: str
    answers: tuple[Answer, ...]
    labelled: bool


def sections_as_read(agency_return: AgencyReturn) -> list[SectionAsRead]:
    """Every section that says something."""
    read = (
        SectionAsRead(section.title, _answers(agency_return, section), len(section.fields) > 1) for section in SECTIONS
    )
    return [section for section in read if section.answers]


def _answers(agency_return: AgencyReturn, section: Section) -> tuple[Answer, ...]:
    found = (
        Answer(capfirst(label_of(name)), _lines(name, getattr(agency_return, name)))
        for name in section.fields
        if name != "data_protection_confirmed"
    )
    return tuple(answer for answer in found if answer.lines)


def label_of(name: str) -> str:
    return str(getattr(AgencyReturn._meta.get_field(name), "verbose_name", name))


def _lines(name: str, value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    if name in ("period_from", "period_until"):
        return (ApproximateDate(value).text,)
    if name == "system_factors":
        words = dict(SYSTEM_FACTORS)
        return tuple(words.get(code, code) for code in value)
    if name == "criteria_views":
        words = dict(VIEWS)
        return tuple(
            f"{words.get(view, view)}: {BY_CODE[code].text}" for code, view in value.items() if code in BY_CODE
        )
    return (str(value),)


def both_texts(form: Any, theirs: dict[str, Any]) -> list[tuple[str, str, str]]:
    """For a stale edit: label, what stands now and what was typed, of every field in which they differ."""
    rows = []
    for name, standing in theirs.items():
        typed = form.cleaned_data.get(name)
        if typed != standing:
            field = form.fields.get(name)
            label = field.label if field is not None else label_of(name)
            rows.append((capfirst(str(label)), _text(standing), _text(typed)))
    return rows


def _text(value: Any) -> str:
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, dict):
        return "\n".join(_lines("criteria_views", value))
    if isinstance(value, list):
        return "\n".join(_lines("system_factors", value))
    if isinstance(value, ApproximateDate):
        return value.text
    return "" if value is None else str(value)


@dataclass(frozen=True)
class May:
    """What this person may do with a return now."""

    acknowledge: bool
    ask_for_approval: bool
    submit: bool
    nil: bool
    ask_a_colleague: bool
    look_up: bool
    accept: bool
    clarify: bool
    release: bool
    withdraw: bool
    chase: bool

    @property
    def follow_up(self) -> bool:
        """Whether there is anything for the business unit to do."""
        return self.accept or self.clarify or self.release or self.withdraw or self.chase


def may(agency_return: AgencyReturn, by: Standing) -> May:
    writes = agency_return.may_be_written and rights.WRITE.allows(by, agency_return)
    answers = agency_return.may_be_written and rights.ANSWER.allows(by, agency_return)
    judges = rights.JUDGE.allows(by, agency_return)
    follows_up = rights.FOLLOW_UP.allows(by, agency_return)
    can = agency_return.may_move_to
    return May(
        acknowledge=writes and can(ReturnStatus.ACKNOWLEDGED),
        ask_for_approval=writes and can(ReturnStatus.SUBMITTED) and not rights.APPROVE.allows(by, agency_return),
        submit=answers and can(ReturnStatus.SUBMITTED),
        nil=answers and not agency_return.says_something,
        ask_a_colleague=answers and not by.is_correspondent,
        look_up=writes,
        accept=judges and can(ReturnStatus.ACCEPTED),
        clarify=judges and can(ReturnStatus.RETURNED),
        release=agency_return.is_answered
        and agency_return.released_at is None
        and rights.RELEASE.allows(by, agency_return),
        withdraw=follows_up and can(ReturnStatus.WITHDRAWN),
        chase=follows_up and agency_return.may_be_written,
    )


def latest_question(agency_return: AgencyReturn) -> str:
    """What the agency is to make clear, while the return is with it for that."""
    if not agency_return.is_sent_back:
        return ""
    asked = Event.objects.filter(
        trail=agency_return.trail, subject=key_of(agency_return), to_status=ReturnStatus.RETURNED
    )
    event = asked.select_related("reason").order_by("-number").first()
    return event.reason.text if event is not None and hasattr(event, "reason") else ""


def still_needed(agency_return: AgencyReturn) -> list[str]:
    """The sections that say nothing yet: listed, and never in the way of sending."""
    return [section.title for section in SECTIONS if not _answers(agency_return, section)]


def tasks(agency_return: AgencyReturn) -> list[Task]:
    """The sections as a task list."""
    rows = []
    for section in SECTIONS:
        url = reverse("agency_returns:section", args=[agency_return.pk, section.key])
        begun = any(getattr(agency_return, name) for name in section.fields)
        rows.append(Task.completed(section.title, url) if begun else Task.not_started(section.title, url))
    return rows


def request_rows(request: InformationRequest) -> list[tuple[str, Any]]:
    """What was asked, for a summary list."""
    period = ""
    if request.scope_from or request.scope_until:
        start = date_in_words(request.scope_from) if request.scope_from else "the start of your records"
        end = date_in_words(request.scope_until) if request.scope_until else "now"
        period = f"{start} to {end}"
    about = [*(str(child) for child in request.children.all()), *(str(person) for person in request.people.all())]
    return [
        ("Agency", str(request.agency)),
        ("Due", date_in_words(request.due_on)),
        ("About", about),
        ("Period to look at", period or "Not limited"),
        ("Questions", request.questions.splitlines() or "The sections of the return"),
        ("Why you must answer", request.statutory_basis),
    ]


def identity_rows(identity: Identity) -> list[tuple[str, Any]]:
    """Who somebody is, as far as it helps to search records."""
    born = date_in_words(identity.born_on) if identity.born_on else identity.born_text
    rows = [
        ("Name", identity.full_name),
        ("Other names", identity.other_names),
        ("Date of birth", born),
        ("Expected date of delivery", date_in_words(identity.expected_on) if identity.expected_on else ""),
        ("Address", [*identity.address.splitlines(), identity.postcode]),
        ("NHS number", identity.nhs_number),
        ("Unique pupil number", identity.upn),
    ]
    return [(term, value) for term, value in rows if value and value != [""]]


@dataclass(frozen=True)
class Line:
    """One request in a list, ready to be shown."""

    url: str
    reference: str
    agency: str
    due: str
    overdue: bool
    status: str
    colour: str


def lines(returns: Iterable[AgencyReturn], *, on: date) -> list[Line]:
    return [
        Line(
            url=reverse("agency_returns:return", args=[row.pk]),
            reference=row.request.case.reference,
            agency=str(row.request.agency),
            due=date_in_words(row.request.due_on),
            overdue=row.is_overdue(on=on),
            status=row.get_status_display(),
            colour=row.colour,
        )
        for row in returns
    ]


@dataclass(frozen=True)
class ChronologyPage:
    """Some entries in order, and the addresses of the pages before and after."""

    rows: list[ChronologyEntry]
    previous_url: str
    next_url: str


def chronology_page(entries: Any, query: QueryDict) -> ChronologyPage:
    """The page that `?after=` or `?before=` names, or the first. A mark that makes no sense gives the first."""
    after, before = _mark(query.get("after", "")), _mark(query.get("before", ""))
    if before and not after:
        found = list(entries.before(*before).order_by("-sorts_as", "-pk")[: PAGE + 1])
        more_before, more_after = len(found) > PAGE, True
        found = found[:PAGE][::-1]
    else:
        found = list((entries.after(*after) if after else entries)[: PAGE + 1])
        more_before, more_after = after is not None, len(found) > PAGE
        found = found[:PAGE]
    if not found:
        return ChronologyPage([], "", "")
    return ChronologyPage(
        found,
        previous_url=_url(query, "before", found[0]) if more_before else "",
        next_url=_url(query, "after", found[-1]) if more_after else "",
    )


def _mark(text: str) -> tuple[str, int] | None:
    sorts_as, _, pk = text.rpartition("_")
    return (sorts_as, int(pk)) if sorts_as and pk.isdecimal() and len(pk) < 19 else None


def _url(query: QueryDict, name: str, row: ChronologyEntry) -> str:
    kept = [(key, value) for key in query if key not in {"after", "before"} for value in query.getlist(key)]
    return "?" + urlencode([*kept, (name, f"{row.sorts_as}_{row.pk}")])

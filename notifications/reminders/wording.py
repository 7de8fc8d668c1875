"""What a message says: reference and link, never a name, a date of birth or what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Partnership, User
from deadlines.presenter import title_of

from .models import Reminder, Telling
from .recipients import case_of, subject_of


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
    reminders: list[Reminder] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)


@dataclass(frozen=True)
class ClockLine:
    """One clock, in one line of a letter."""

    reference: str
    duty: str
    due_on: date
    overdue: bool
    provisional: bool
    link: str


@dataclass(frozen=True)
class NewsLine:
    subject: str
    text: str
    link: str

    @property
    def says_its_link(self) -> bool:
        return self.link in self.text


def clocks(user: User, partnership: Partnership, reminders: list[Reminder], day: date) -> Letter:
    """A letter about clocks that are due now or overdue."""
    lines = _clock_lines(reminders, day)
    late = any(line.overdue for line in lines)
    references = sorted({line.reference for line in lines})
    subject = f"{'Overdue' if late else 'Due'}: {references[0] if len(references) == 1 else f'{len(lines)} duties'}"
    return _letter(subject, user, partnership, lines, [], reminders, [])


def digest(
    user: User, partnership: Partnership, reminders: list[Reminder], tellings: list[Telling], day: date
) -> Letter:
    """The day's letter."""
    lines = _clock_lines(reminders, day)
    news_lines = [_news_line(user, partnership, telling) for telling in tellings]
    return _letter(f"Your work on {day.day} {day:%B %Y}", user, partnership, lines, news_lines, reminders, tellings)


def news(user: User, partnership: Partnership, telling: Telling) -> Letter:
    """A letter about one event."""
    line = _news_line(user, partnership, telling)
    return _letter(line.subject, user, partnership, [], [line], [], [telling])


def _letter(subject, user, partnership, clock_lines, news_lines, reminders, tellings) -> Letter:
    context = {"user": user, "partnership": partnership, "clocks": clock_lines, "news": news_lines}
    return Letter(
        subject=" ".join(subject.split())[:200],
        text=render_to_string("reminders/mail/letter.txt", context),
        html=render_to_string("reminders/mail/letter.html", context),
        reminders=reminders,
        tellings=tellings,
    )


def _clock_lines(reminders: list[Reminder], day: date) -> list[ClockLine]:
    """One line for each clock, however many of its milestones went by."""
    lines = {}
    for reminder in reminders:
        clock = reminder.deadline
        lines[clock.pk] = ClockLine(
            reference=clock.case.reference if clock.case else "the partnership",
            duty=title_of(clock),
            due_on=reminder.due_on,
            overdue=reminder.due_on < day,
            provisional=clock.provisional,
            link=settings.SITE_URL + reverse("reminders:duty", args=[clock.pk]),
        )
    return list(lines.values())


def _news_line(user: User, partnership: Partnership, telling: Telling) -> NewsLine:
    event = telling.event
    subject = subject_of(event)
    case = case_of(event, subject)
    link = settings.SITE_URL + reverse("reminders:news", args=[event.pk])
    context = {
        "user": user,
        "partnership": partnership,
        "reference": case.reference if case else "",
        "subject_words": subject._meta.verbose_name if subject is not None else "",
        "link": link,
        "event": event,
    }
    return NewsLine(
        subject=render_to_string(f"{telling.template}.subject.txt", context).strip(),
        text=render_to_string(f"{telling.template}.txt", context).strip(),
        link=link,
    )

"""What a message says: reference and link, never a name, a date of birth or what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Partnership, User
from accounts.roles import Role
from audit.models import Event
from deadlines.models import BankHoliday
from deadlines.presenter import days, title_of
from deadlines.working_days import BeyondKnownHolidays, Calendar, long_date

from . import parts, troubles
from .models import Reminder, Telling, Wording
from .parts import BrokenWording, Parts
from .recipients import case_of, subject_of
from .schedule import LADDER, Rung

# How many references a subject names before it only counts.
NAMED = 1


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
    reminders: list[Reminder] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)


@dataclass(frozen=True)
class ClockLine:
    """One clock, as it stands in a letter."""

    reference: str
    duty: str
    subject: str
    owed: str
    why: str
    overdue: bool
    provisional: bool
    link: str


@dataclass(frozen=True)
class NewsLine:
    subject: str
    text: str
    why: str
    link: str

    @property
    def says_its_link(self) -> bool:
        return self.link in self.text


@dataclass(frozen=True)
class Writer:
    """Writes the letters of one pass, in the partnership's words where they can be used, as shipped where not."""

    partnership: Partnership
    calendar: Calendar
    kept: Mapping[str, Parts]
    at: datetime
    day: date
    # Whose events are those of the scheduler.
    scheduler: int

    @classmethod
    def of(cls, *, at: datetime, day: date) -> Writer:
        """Everything that is the same for all letters, in a constant number of queries."""
        kept = {row.name: Parts(row.subject, row.owed, row.why) for row in Wording.objects.all()}
        return cls(Partnership.this(), BankHoliday.objects.calendar(), kept, at, day, User.objects.the_scheduler().pk)

    def clocks(self, user: User, reminders: list[Reminder]) -> Letter:
        """A letter about clocks that are due now or overdue."""
        lines = self._clock_lines(reminders)
        if len({line.reference for line in lines}) == NAMED:
            subject = next((line.subject for line in lines if line.overdue), lines[0].subject)
        else:
            late = any(line.overdue for line in lines)
            subject = f"{'Overdue' if late else 'Due'}: {len(lines)} duties"
        return self._letter(subject, user, lines, [], reminders, [])

    def digest(self, user: User, reminders: list[Reminder], tellings: list[Telling]) -> Letter:
        """The day's letter."""
        return self._of_both(f"Your work on {long_date(self.day)}", user, reminders, tellings)

    def catch_up(self, user: User, reminders: list[Reminder], tellings: list[Telling]) -> Letter:
        """One letter with everything that could not be said while messages stood still."""
        return self._of_both(
            f"Catching up on {long_date(self.day)}",
            user,
            reminders,
            tellings,
            before="Several things are said here at once, because messages could not be sent for a while "
            "or because much has happened.",
        )

    def news(self, user: User, telling: Telling) -> Letter:
        """A letter about one event."""
        line = self._news_line(user, telling)
        return self._letter(line.subject, user, [], [line], [], [telling])

    def _of_both(self, subject, user, reminders, tellings, before="") -> Letter:
        news = [self._news_line(user, telling) for telling in tellings]
        return self._letter(subject, user, self._clock_lines(reminders), news, reminders, tellings, before)

    def _letter(self, subject, user, clock_lines, news_lines, reminders, tellings, before="") -> Letter:
        context = {
            "user": user,
            "partnership": self.partnership,
            "before": before,
            "clocks": clock_lines,
            "news": news_lines,
            "preferences": "" if user.correspondent else settings.SITE_URL + reverse("reminders:preferences"),
        }
        return Letter(
            subject=" ".join(subject.split())[:200],
            text=render_to_string("reminders/mail/letter.txt", context),
            html=render_to_string("reminders/mail/letter.html", context),
            reminders=reminders,
            tellings=tellings,
        )

    def _clock_lines(self, reminders: list[Reminder]) -> list[ClockLine]:
        """One line for each clock, however many of its milestones went by: the latest one says why."""
        lines = {}
        for reminder in sorted(reminders, key=lambda one: (one.due_on, one.deadline_id, -one.milestone)):
            clock = reminder.deadline
            reference = clock.case.reference if clock.case else "the partnership"
            facts = {
                "reference": reference,
                "partnership": self.partnership.name,
                "duty": title_of(clock),
                "due_on": long_date(reminder.due_on),
                "role": role_words(clock.owed_by_role),
                "days": self._days_to(reminder.due_on),
            }
            said = self._said(_name_of(reminder, self.day), facts)
            lines[clock.pk] = ClockLine(
                reference=reference,
                duty=facts["duty"],
                subject=said.subject,
                owed=said.owed,
                why=said.why,
                overdue=reminder.due_on < self.day and not clock.is_advisory,
                provisional=clock.provisional,
                link=settings.SITE_URL + reverse("reminders:duty", args=[clock.pk]),
            )
        return list(lines.values())

    def _days_to(self, due_on: date) -> str:
        first, last = sorted([self.day, due_on])
        try:
            return days(self.calendar.working_days_between(first, last))
        except BeyondKnownHolidays:
            return days((last - first).days, "day")

    def _said(self, name: str, facts: Mapping[str, str]) -> Parts:
        """The parts of a letter about a clock: as chosen, or as shipped when what was chosen cannot be used."""
        if name in self.kept:
            try:
                return self.kept[name].filled(facts)
            except BrokenWording as error:
                troubles.report(f"wording:{name}", error, at=self.at)
        return parts.CLOCKS[name].filled(facts)

    def _news_line(self, user: User, telling: Telling) -> NewsLine:
        event = telling.event
        link = settings.SITE_URL + reverse("reminders:news", args=[event.pk])
        subject = subject_of(event)
        case = case_of(event, subject)
        reference = case.reference if case else ""
        name = telling.template
        said = None
        if name in self.kept:
            facts = {"reference": reference, "partnership": self.partnership.name}
            try:
                said = self.kept[name].filled(facts)
            except BrokenWording as error:
                troubles.report(f"wording:{name}", error, at=self.at)
        if said is None:
            try:
                said = shipped_news(
                    name,
                    user=user,
                    partnership=self.partnership,
                    reference=reference,
                    subject_words=subject._meta.verbose_name if subject is not None else "",
                    link=link,
                    event=event,
                )
            except Exception as error:  # whatever is wrong with a template, the person is told that there is something
                troubles.report(f"wording:{name}", error, at=self.at)
                said = Parts(f"News: {reference or self.partnership.name}", "Something has happened.", parts.WHY_NEWS)
        return NewsLine(subject=said.subject, text=said.owed, why=said.why, link=link)


def shipped_news(name: str, *, event: Event | None = None, **facts: object) -> Parts:
    """The parts of a letter about an event, as its room wrote them."""
    context = {**facts, "event": event}
    return Parts(
        render_to_string(f"{name}.subject.txt", context).strip(),
        render_to_string(f"{name}.txt", context).strip(),
        parts.WHY_NEWS,
    )


def role_words(role: str) -> str:
    """The role as it stands in a sentence."""
    words = str(Role(role).label) if role in Role.values else "person responsible"
    return words[:1].lower() + words[1:]


def _name_of(reminder: Reminder, day: date) -> str:
    if reminder.due_on < day and reminder.deadline.is_advisory:
        return parts.PAST_ADVICE
    if reminder.rung in LADDER or reminder.rung == Rung.NOBODY:
        return parts.PASSED_UP if reminder.due_on < day else parts.BEFORE
    if reminder.due_on < day:
        return parts.OVERDUE
    return parts.TODAY if reminder.due_on == day else parts.BEFORE

"""What one time limit of the register says: `TimeLimit`, and the named ways of counting it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from deadlines.working_days import LONDON


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    END_OF_MONTH = "end_of_month"  # the amount is the number of the month: 9 is September
    NONE = "none"


class Kind(StrEnum):
    DUE = "due"
    ADVISORY = "advisory"  # a day to be reminded on; passing it is no breach
    NOT_BEFORE = "not_before"
    CONTINUOUS = "continuous"
    AS_SOON_AS = "as_soon_as"


class Direction(StrEnum):
    FORWARD = "forward"
    BACKWARD = "backward"


class Confidence(StrEnum):
    """How surely the wording is known, as the register of sources marks it."""

    VERIFIED = "verified"
    VERIFIED_LOCALLY = "verified in a local restatement"
    KNOWN = "known, wording not checked"
    UNSURE = "unsure, sources differ or it may have changed"


class Convention(StrEnum):
    """How days are counted. The first that a limit lists is its default."""

    EXCLUDE_TRIGGER = "EXCLUDE_TRIGGER"
    INCLUSIVE = "INCLUSIVE"
    ROLL_THEN_EXCLUDE = "ROLL_THEN_EXCLUDE"
    CLOSE_OF_BUSINESS = "CLOSE_OF_BUSINESS"
    SAME_WORKING_DAY = "SAME_WORKING_DAY"
    PUB_MINUS_N = "PUB_MINUS_N"
    CLEAR_DAYS = "CLEAR_DAYS"
    CORRESPONDING_DATE = "CORRESPONDING_DATE"
    ANNIVERSARY = "ANNIVERSARY"
    END_OF_MONTH = "END_OF_MONTH"


CUT_OFF: Final = time(17)


def is_after_cut_off(instant: datetime) -> bool:
    """Whether it was after 5pm in London at this instant; only ROLL_THEN_EXCLUDE asks."""
    return instant.astimezone(LONDON).time() > CUT_OFF


WORDS: Final[dict[Convention, str]] = {
    Convention.EXCLUDE_TRIGGER: "The day of the trigger is day 0; due by the end of the last working day",
    Convention.INCLUSIVE: "The day of the trigger counts as working day 1 if it is a working day",
    Convention.ROLL_THEN_EXCLUDE: (
        "A trigger on a day that is not a working day, or after 5pm, is treated as happening on the next working day"
    ),
    Convention.CLOSE_OF_BUSINESS: "The day of the trigger is day 0; due by 5pm on the last working day",
    Convention.SAME_WORKING_DAY: "The day of the trigger, or the next working day if it is not one",
    Convention.PUB_MINUS_N: "Counted back from publication; the day of publication is not counted",
    Convention.CLEAR_DAYS: "Counted back from publication; neither that day nor the day of sending counts",
    Convention.CORRESPONDING_DATE: (
        "The same day of the month, or the last day of a shorter month; weekends and bank holidays do not move it"
    ),
    Convention.ANNIVERSARY: "The same date in a later year; the anniversary of 29 February is 28 February",
    Convention.END_OF_MONTH: "The last day of the named month",
}


class UnknownLimit(LookupError):
    """No limit of that name is in force on that day."""


class NoDateOfItsOwn(ValueError):
    """The duty is continuous, or falls inside another clock: there is no date to work out."""


class NotItsConvention(ValueError):
    """The limit does not offer that way of counting."""


class WrongTrigger(ValueError):
    """The limit cannot be counted from that day."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A named way of counting one limit: the default's facts, with what differs put over them."""

    name: str
    convention: Convention
    trigger: str = ""
    amount: int | None = None
    unit: Unit | None = None
    words: str = ""

    def __str__(self) -> str:
        return self.words or WORDS[self.convention]


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One row of the register of time limits, as one edition of the guidance has it.

    `amount` counts `unit`. `trigger` says what happened on day 0, `stop` what satisfies the
    clock. `in_force_to` is the last day of the edition, None while it is current. `recipients`
    is empty unless the same thing is owed to several, each with a clock of its own. `statutory`
    is false for what is only local practice. `note` is about the limit, `edition_note` about how
    far the edition has been checked. `variant_of` names the edition that this is a local variant of.
    """

    code: str
    edition: str
    title: str
    authority: str
    confidence: Confidence
    amount: int
    unit: Unit
    kind: Kind
    trigger: str
    stop: str
    owed_by: str
    owed_by_role: str
    owed_by_agency_kind: str
    in_force_from: date
    in_force_to: date | None
    counting: tuple[Alternative, ...]
    direction: Direction = Direction.FORWARD
    recipients: tuple[str, ...] = ()
    statutory: bool = True
    note: str = ""
    edition_note: str = ""
    variant_of: str = ""

    @property
    def convention(self) -> str:
        """The name of the default way of counting; blank where nothing is counted."""
        return self.counting[0].name if self.counting else ""

    @property
    def is_advisory(self) -> bool:
        return self.kind is Kind.ADVISORY

    @property
    def has_date(self) -> bool:
        return self.unit is not Unit.NONE

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)

    def way(self, name: str | None = None) -> Alternative:
        """The way of counting with that name, by default the first. NotItsConvention otherwise."""
        if not self.counting:
            raise NoDateOfItsOwn(f"{self.code} has no date of its own: {self.note}")
        if name is None:
            return self.counting[0]
        for way in self.counting:
            if way.name == name:
                return way
        offered = ", ".join(way.name for way in self.counting)
        raise NotItsConvention(f"{self.code} is not counted by {name}. It is counted by: {offered}.")

    def under(self, name: str | None = None) -> "TimeLimit":
        """This limit with the amount, unit and trigger of the way of counting named."""
        way = self.way(name)
        return replace(
            self,
            amount=self.amount if way.amount is None else way.amount,
            unit=self.unit if way.unit is None else way.unit,
            trigger=way.trigger or self.trigger,
        )

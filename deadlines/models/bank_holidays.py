"""Bank holidays as rows, so that one proclaimed at short notice needs no release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models

from accounts.rights import asked_once
from deadlines.bank_holidays import FIRST_YEAR
from deadlines.working_days import Calendar, long_date


@lru_cache(maxsize=4)
def _calendar(holidays: tuple[tuple[date, str], ...], first: int, last: int) -> Calendar:
    return Calendar(dict(holidays), date(last, 12, 31), date(first, 1, 1))


# Any number, the same in every process, that nothing else in the database locks by.
THE_CALENDAR = 0x62616E6B


def _wait(*, shared: bool) -> None:
    # SQLite has one writer at a time, and every transaction of ours is a writer's from its beginning.
    if connection.vendor != "postgresql":
        return
    lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [THE_CALENDAR])


def _as_it_is() -> Calendar:
    return BankHoliday.objects.all()._made()


class BankHolidayQuerySet(models.QuerySet["BankHoliday"]):
    def calendar(self, *, adding: tuple[date, str] | None = None, leaving_out: date | None = None) -> Calendar:
        """The calendar of these rows, as it is or as one change would make it. Two queries.

        It knows the years that have been declared entered, and refuses beyond them. With no year
        declared it knows nothing and refuses everything. A page that only shows reads it once.
        """
        if adding is None and leaving_out is None:
            return asked_once(_as_it_is)
        return self._made(adding, leaving_out)

    def _made(self, adding: tuple[date, str] | None = None, leaving_out: date | None = None) -> Calendar:
        years = KnownYear.objects.aggregate(first=models.Min("year"), last=models.Max("year"))
        holidays = dict(self.order_by("date").values_list("date", "name"))
        if adding:
            holidays[adding[0]] = adding[1]
        if leaving_out:
            holidays.pop(leaving_out, None)
        if years["first"] is None:
            return Calendar({}, date(FIRST_YEAR - 1, 12, 31), date(FIRST_YEAR, 1, 1))
        return _calendar(tuple(sorted(holidays.items())), years["first"], years["last"])

    def counting(self) -> Calendar:
        """The calendar to store a due date by. Until the transaction ends no bank holiday is added or removed.

        Many may count at once; a change of the bank holidays waits for them, and then sees what they have counted.
        """
        _wait(shared=True)
        return self.calendar()

    def changing(self) -> None:
        """Wait until nobody is counting, and have everybody wait who would begin, until the transaction ends."""
        _wait(shared=False)

    def sources(self, days: Iterable[date]) -> dict[date, str]:
        """Where each of these days was announced as a bank holiday, for those that are one. One query."""
        return dict(self.filter(date__in=list(days)).values_list("date", "source"))


class BankHoliday(models.Model):
    """A bank holiday in England and Wales. Added and removed only by the verbs, which move the open clocks."""

    date = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=300, blank=True)
    entered_by = models.CharField(max_length=200, blank=True)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.name}, {long_date(self.date)}"


class KnownYear(models.Model):
    """A year all of whose bank holidays have been entered. The known years follow one another without a gap."""

    year = models.PositiveSmallIntegerField(
        unique=True, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(2100)]
    )
    entered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)

    @classmethod
    def last(cls) -> int | None:
        """The last known year."""
        found: int | None = cls.objects.aggregate(last=models.Max("year"))["last"]
        return found

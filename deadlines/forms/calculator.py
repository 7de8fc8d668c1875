"""What is asked when counting a date."""

from typing import Any

from django import forms as django_forms

from deadlines.register import Register
from deadlines.statutory import (
    WORDS,
    Alternative,
    NoDateOfItsOwn,
    NotItsConvention,
    TimeLimit,
    UnknownLimit,
    WorkedOut,
    WrongTrigger,
)
from deadlines.working_days import BeyondKnownHolidays
from govuk import fields, forms

# Which question a refusal belongs to.
AT_FAULT = {
    NoDateOfItsOwn: "limit",
    NotItsConvention: "convention",
    UnknownLimit: "date",
    WrongTrigger: "date",
    BeyondKnownHolidays: "date",
}
TIDY = 60


class CalculatorForm(forms.Form):
    """A limit, a date and a way of counting. When valid, `worked_out` is the answer."""

    limit = django_forms.ChoiceField(label="Time limit")
    date = fields.DateField(
        label="Date to count from",
        help_text=(
            "The day the clock starts, for example 5 10 2026. For T10 and T11, the planned day of publication. "
            "For T17, 31 March."
        ),
    )
    convention = django_forms.ChoiceField(label="Way of counting", required=False)

    after_5pm = django_forms.BooleanField(
        label="It happened after 5pm",
        required=False,
        help_text="Asked only by ROLL_THEN_EXCLUDE",
    )

    method = "get"
    says_optional = False
    submit = "Work out the date"
    subjects = {"date": "the date to count from"}

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        self.register = register
        self.worked_out: WorkedOut | None = None
        super().__init__(*args, **kwargs)
        offered = _newest(register.limits)
        limits = [("", "Choose a time limit"), *((row.code, f"{row.code} {shortened(row.title)}") for row in offered)]
        self.fields["limit"].choices = limits  # type: ignore[attr-defined]
        ways = [("", "The usual way for this limit"), *_ways(offered)]
        self.fields["convention"].choices = ways  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        code, day = answers.get("limit"), answers.get("date")
        if not code or day is None:
            return answers
        try:
            self.worked_out = self.register.work_out(
                code, day, answers.get("convention") or None, after_cut_off=answers["after_5pm"]
            )
        except (LookupError, ValueError) as refusal:
            self.add_error(AT_FAULT[type(refusal)], str(refusal))
        return answers


def _newest(limits: tuple[TimeLimit, ...]) -> list[TimeLimit]:
    """The register as one list: each statutory limit once, as its newest edition has it."""
    newest = {
        limit.code: limit for limit in sorted(limits, key=lambda limit: limit.in_force_from) if limit.code[0] == "T"
    }
    return sorted(newest.values(), key=lambda limit: limit.code)


def shortened(title: str) -> str:
    return title if len(title) <= TIDY else f"{title[:TIDY].rsplit(' ', 1)[0]} ..."


def _ways(limits: list[TimeLimit]) -> list[tuple[str, str]]:
    own = {
        way.name: f"{limit.code} only: {_own_words(way)}"
        for limit in limits
        for way in limit.counting
        if way.name not in WORDS
    }
    shared = {way.name for limit in limits for way in limit.counting if way.name in WORDS}
    return [(name.value, f"{name.value}: {words}") for name, words in WORDS.items() if name in shared] + list(
        own.items()
    )


def _own_words(way: Alternative) -> str:
    return f"counted from the day {way.trigger}" if way.trigger else str(way)

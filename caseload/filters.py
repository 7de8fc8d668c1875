"""How a list of cases is narrowed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

import django_filters
from django.db.models import Exists, OuterRef, Q

from accounts.models import Agency
from accounts.standing import Standing
from agency_returns.models import InformationRequest
from cases.models import Case, CaseStatus, part_held
from cases.parts import Part
from deadlines.models import BankHoliday, Deadline
from deadlines.working_days import long_date
from govuk.fields import DateField
from improvements.models import Action, Recommendation
from referrals.models import Referral

from .stages import STAGES

CLOCKS = (("overdue", "Overdue"), ("due_soon", "Due soon"), ("not_confirmed", "Date not confirmed"))
# The latest stage that a case has reached, by its name in an address.
STAGE_MODELS = {name.lower().replace(" ", "-"): model for name, model in STAGES}
STAGE_CHOICES = tuple((name.lower().replace(" ", "-"), name) for name, _ in reversed(STAGES))
BOXES = ("day", "month", "year")


class DayFilter(django_filters.Filter):
    """One date in three boxes."""

    field_class = DateField


class CaseFilter(django_filters.FilterSet):
    """By stage, clock, agency, local authority, dates, theme, status and what happened."""

    stage = django_filters.ChoiceFilter(label="Stage", choices=STAGE_CHOICES, method="by_stage", empty_label="Any")
    clock = django_filters.ChoiceFilter(label="Clocks", choices=CLOCKS, method="by_clock", empty_label="Any")
    la = django_filters.ModelChoiceFilter(
        label="Local authority of the incident",
        field_name="incident_la",
        queryset=Agency.objects.none(),
        empty_label="Any",
    )
    agency = django_filters.ModelChoiceFilter(
        label="Agency involved", queryset=Agency.objects.none(), method="by_agency", empty_label="Any"
    )
    theme = django_filters.ChoiceFilter(label="Theme", choices=(), method="by_theme", empty_label="Any")
    harm = django_filters.ChoiceFilter(label="What happened", choices=Case.Harm.choices, empty_label="Any")
    status = django_filters.ChoiceFilter(label="Status", choices=CaseStatus.choices, empty_label="Any")
    received_from = DayFilter(label="Received from", field_name="received_on", lookup_expr="gte")
    received_until = DayFilter(label="Received until", field_name="received_on", lookup_expr="lte")

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args, by: Standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.filters["la"].queryset = Agency.objects.local_authorities().order_by("name")
        self.filters["agency"].queryset = Agency.objects.order_by("name")
        seen = Recommendation.objects.filter(part_held("case", by, Part.WHOLE_CASE), withdrawn_on=None)
        themes = seen.exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct()
        self.filters["theme"].extra["choices"] = [(theme, theme) for theme in themes]
        for one in self.filters.values():
            if not isinstance(one, DayFilter):
                # Never what was asked for: a list that a colleague shares may name what this person may not see.
                refusal = f"{one.label} must be one of those in the list"
                one.extra["error_messages"] = {"invalid_choice": refusal}

    def by_stage(self, cases, name, value):
        """The case has got to this stage and to none after it."""
        for stage, model in STAGE_MODELS.items():
            reached = Exists(model._base_manager.filter(case=OuterRef("pk")))
            if stage == value:
                return cases.filter(reached)
            cases = cases.filter(~reached)
        return cases

    def by_clock(self, cases, name, value):
        clocks = Deadline.objects.filter(case=OuterRef("pk"))
        narrowed = {
            "overdue": lambda: clocks.overdue(on=self.by.today),
            "due_soon": lambda: clocks.due_soon(on=self.by.today, calendar=BankHoliday.objects.calendar()),
            "not_confirmed": lambda: clocks.open().filter(provisional=True),
        }
        return cases.filter(Exists(narrowed[value]()))

    def by_agency(self, cases, name, value):
        """It referred the case, was asked what it knows, or was given an action."""
        return cases.filter(
            Q(Exists(Referral.objects.filter(case=OuterRef("pk"), agency=value, submitted_at__isnull=False)))
            | Q(Exists(InformationRequest.objects.filter(case=OuterRef("pk"), agency=value)))
            | Q(Exists(Action.objects.filter(case=OuterRef("pk"), lead_agency=value)))
        )

    def by_theme(self, cases, name, value):
        return cases.filter(Exists(Recommendation.objects.filter(case=OuterRef("pk"), theme=value, withdrawn_on=None)))

    def _parts(self, name: str) -> tuple[str, ...]:
        """The names under which an address says what a filter is set to."""
        return tuple(f"{name}-{box}" for box in BOXES) if isinstance(self.filters[name], DayFilter) else (name,)

    def _set(self) -> dict[str, str]:
        """The filters that narrow the list, and what each is set to in words."""
        if not self.is_bound:
            return {}
        self.form.is_valid()
        given = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        return {name: self._words(name, value) for name, value in given.items() if name in self.filters}

    def _words(self, name: str, value) -> str:
        if isinstance(value, date):
            return long_date(value)
        choices = dict(self.filters[name].extra.get("choices") or ())
        return str(choices.get(value, value))

    @property
    def query(self) -> str:
        """What the list is narrowed by, as the query of an address: what makes no sense is left out."""
        return self._query_of(self._set())

    def _query_of(self, names: Iterable[str]) -> str:
        return urlencode([(part, self.data.get(part, "")) for name in names for part in self._parts(name)])

    @property
    def words(self) -> list[str]:
        """What the list is narrowed by."""
        return [f"{self.filters[name].label}: {words}" for name, words in self._set().items()]

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What the list is narrowed by, each with the query that removes it."""
        narrowed = self._set()
        return [
            (f"{self.filters[name].label}: {words}", f"?{self._query_of(rest for rest in narrowed if rest != name)}")
            for name, words in narrowed.items()
        ]

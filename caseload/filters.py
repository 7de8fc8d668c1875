"""How a list of cases is narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import Exists, OuterRef

from accounts.models import Agency
from accounts.standing import Standing
from cases.models import Case, CaseStatus
from deadlines.models import BankHoliday, Deadline

CLOCKS = (("overdue", "Overdue"), ("due_soon", "Due soon"), ("not_confirmed", "Date not confirmed"))


class CaseFilter(django_filters.FilterSet):
    """By status, local authority, what happened, clock, and when it was received."""

    status = django_filters.ChoiceFilter(label="Status", choices=CaseStatus.choices, empty_label="Any")
    la = django_filters.ModelChoiceFilter(
        label="Local authority of the incident",
        field_name="incident_la",
        queryset=Agency.objects.none(),
        empty_label="Any",
    )
    harm = django_filters.ChoiceFilter(label="What happened", choices=Case.Harm.choices, empty_label="Any")
    clock = django_filters.ChoiceFilter(label="Clocks", choices=CLOCKS, method="by_clock", empty_label="Any")

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args, by: Standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.filters["la"].queryset = Agency.objects.local_authorities().order_by("name")

    def by_clock(self, cases, name, value):
        clocks = Deadline.objects.filter(case=OuterRef("pk"))
        narrowed = {
            "overdue": lambda: clocks.overdue(on=self.by.today),
            "due_soon": lambda: clocks.due_soon(on=self.by.today, calendar=BankHoliday.objects.calendar()),
            "not_confirmed": lambda: clocks.open().filter(provisional=True),
        }
        return cases.filter(Exists(narrowed[value]()))

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What the list is narrowed by, each with the query that removes it."""
        chips = []
        for name, given in self.filters.items():
            if not (value := self.data.get(name)):
                continue
            words = dict(given.field.choices).get(value) if hasattr(given.field, "choices") else None
            if name == "la":
                found = given.queryset.filter(pk=value).first() if str(value).isdigit() else None
                words = str(found) if found else None
            if words:
                rest = self.data.copy()
                for gone in (name, "after", "before"):
                    rest.pop(gone, None)
                chips.append((f"{given.label}: {words}", f"?{rest.urlencode()}"))
        return chips

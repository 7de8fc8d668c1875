"""How the list of requests is narrowed."""

from __future__ import annotations

import django_filters
from django import forms as django_forms

from accounts.standing import Standing

from .lifecycle import ANSWERED, ReturnStatus
from .models import AgencyReturn

SHOWN = (
    ("waiting", "Waiting for the agency"),
    ("overdue", "Overdue"),
    ("submitted", "Submitted, to be accepted"),
    ("answered", "Accepted or nil return"),
    ("withdrawn", "Withdrawn"),
)


class _FilterForm(django_forms.Form):
    says_optional = False


class ReturnFilter(django_filters.FilterSet):
    """By where the request stands, and by the reference of its case."""

    show = django_filters.ChoiceFilter(label="Show", choices=SHOWN, method="by_state", empty_label="All")
    reference = django_filters.CharFilter(
        label="Case reference", field_name="request__case__reference", lookup_expr="icontains", max_length=40
    )

    class Meta:
        model = AgencyReturn
        fields: list[str] = []
        form = _FilterForm

    def __init__(self, *args, by: Standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def by_state(self, returns, name, value):
        narrowed = {
            "waiting": returns.waiting,
            "overdue": lambda: returns.overdue(on=self.by.today),
            "submitted": lambda: returns.filter(status=ReturnStatus.SUBMITTED),
            "answered": lambda: returns.filter(status__in=ANSWERED),
            "withdrawn": lambda: returns.filter(status=ReturnStatus.WITHDRAWN),
        }
        return narrowed[value]()

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What the list is narrowed by, each with the query that removes it."""
        chips = []
        for name, given in self.filters.items():
            if not (value := self.data.get(name)):
                continue
            words = dict(SHOWN).get(value) if name == "show" else value
            if words:
                rest = self.data.copy()
                for gone in (name, "page"):
                    rest.pop(gone, None)
                chips.append((f"{given.label}: {words}", f"?{rest.urlencode()}"))
        return chips

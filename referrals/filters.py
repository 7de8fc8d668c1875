"""How a list of referrals is narrowed."""

from __future__ import annotations

from typing import Any

import django_filters

from accounts.models import Agency

from .models import EventKind, Referral, Status


class ReferralFilter(django_filters.FilterSet):
    """By where it stands, what is referred, and agency."""

    status = django_filters.ChoiceFilter(label="Status", choices=Status.choices, empty_label="Any")
    kind = django_filters.ChoiceFilter(label="What is referred", choices=EventKind.choices, empty_label="Anything")
    agency = django_filters.ModelChoiceFilter(
        label="Referring agency", queryset=Agency.objects.none(), empty_label="Any"
    )

    class Meta:
        model = Referral
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only the agencies of the list: the choice says nothing of referrals the person may not see.
        self.filters["agency"].queryset = Agency.objects.filter(pk__in=self.queryset.order_by().values("agency"))

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What the list is narrowed by, each with the query that removes it."""
        made = []
        for name, given in self.filters.items():
            chosen = self.form.cleaned_data.get(name) if self.form.is_bound and self.form.is_valid() else None
            if not chosen:
                continue
            words = str(chosen) if name == "agency" else dict(given.extra["choices"])[chosen]
            rest = self.data.copy()
            for gone in (name, "page"):
                rest.pop(gone, None)
            made.append((f"{given.label}: {words}", f"?{rest.urlencode()}"))
        return made

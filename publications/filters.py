"""How the public searches the library: by GET, for nothing in it is secret."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Q

from .models import Publication

MOST_WORDS = 8


class _Search(forms.Form):
    # Nothing in a search has to be filled in, and saying so beside each field is noise.
    says_optional = False


class LibraryFilter(django_filters.FilterSet):
    """By words (each of them somewhere in it), kind, and year of publication."""

    q = django_filters.CharFilter(label="Search the library", method="by_words", max_length=200)
    kind = django_filters.ChoiceFilter(label="Kind", choices=Publication.Kind.choices, empty_label="All kinds")
    year = django_filters.ChoiceFilter(
        label="Year of publication", field_name="published_on", lookup_expr="year", empty_label="All years"
    )

    class Meta:
        model = Publication
        form = _Search
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = self.queryset.order_by().values_list("published_on__year", flat=True).distinct()
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in sorted(years, reverse=True)]

    def by_words(self, rows, name, value):
        for word in value.split()[:MOST_WORDS]:
            rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(words__icontains=word))
        return rows

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What the list is narrowed by, each with the query that removes it."""
        chips = []
        for name, value in self.form.cleaned_data.items() if self.form.is_valid() else ():
            if value:
                given = self.filters[name]
                words = dict(given.field.choices).get(value, value) if hasattr(given.field, "choices") else f"“{value}”"
                rest = self.data.copy()
                for gone in (name, "page"):
                    rest.pop(gone, None)
                chips.append((f"{given.label}: {words}", f"?{rest.urlencode()}"))
        return chips

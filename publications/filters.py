"""How the public searches the library: by GET, for nothing in it is secret."""

import django_filters
from django.db.models import Q

from .models import Publication


class LibraryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search the library", method="by_words")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Publication.Kind.choices, empty_label="All kinds")
    year = django_filters.NumberFilter(label="Year of publication", field_name="published_on", lookup_expr="year")

    class Meta:
        model = Publication
        fields: list[str] = []

    def by_words(self, rows, name, value):
        for word in value.split()[:8]:
            rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(sections__icontains=word))
        return rows

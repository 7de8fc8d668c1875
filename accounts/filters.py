"""Finding people in the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Agency, Membership, User
from accounts.roles import Role
from govuk.forms import Form

STATES = (
    ("waiting", "Waiting for approval"),
    ("active", "Has a role now"),
    ("none", "Has no role now"),
    ("code", "Signs in with a code"),
    ("closed", "Account closed"),
)


class _Filter(Form):
    method = "get"
    says_optional = False
    submit = "Apply filters"


class PeopleFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By agency, role and state. Names are searched for by POST, so that none stands in an address."""

    agency = django_filters.ModelChoiceFilter(
        label="Agency", queryset=Agency.objects.all(), method="in_agency", empty_label="All agencies"
    )
    role = django_filters.ChoiceFilter(label="Role", choices=Role.choices, method="with_role", empty_label="All roles")
    state = django_filters.ChoiceFilter(label="State", choices=STATES, method="in_state", empty_label="All")

    class Meta:
        model = User
        fields: list[str] = []
        form = _Filter

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def _memberships(self) -> QuerySet[Membership]:
        """Those the filter speaks of: of the agency and role asked for, where they are asked for."""
        rows = Membership.objects.filter(user=OuterRef("pk"), refused_at=None)
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        if chosen.get("agency"):
            rows = rows.filter(agency=chosen["agency"])
        if chosen.get("role"):
            rows = rows.filter(role=chosen["role"])
        return rows

    def in_agency(self, people: QuerySet[User], name: str, agency: Agency) -> QuerySet[User]:
        return people.filter(Exists(self._memberships()))

    def with_role(self, people: QuerySet[User], name: str, role: str) -> QuerySet[User]:
        return people.filter(Exists(self._memberships()))

    def in_state(self, people: QuerySet[User], name: str, state: str) -> QuerySet[User]:
        held = Exists(self._memberships() & Membership.objects.on(self.on))
        if state == "waiting":
            return people.filter(Exists(self._memberships() & Membership.objects.waiting()))
        if state == "active":
            return people.filter(held)
        if state == "none":
            return people.filter(~held, is_active=True)
        if state == "code":
            return people.filter(correspondent=True)
        return people.filter(is_active=False)

    def chips(self) -> list[tuple[str, str]]:
        """What is filtered by, as words, and the query without it."""
        if not self.form.is_valid():
            return []
        words = []
        for name in ("agency", "role", "state"):
            value = self.form.cleaned_data.get(name)
            if not value:
                continue
            label = dict(self.form.fields[name].choices).get(value, value) if name != "agency" else value
            rest = self.form.data.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            words.append((str(label), f"?{rest.urlencode()}"))
        return words

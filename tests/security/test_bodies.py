"""Rows C6, C7 and D13: what is sent in a form's body names only what the form offers, and holds nobody up."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from audit.models import Event
from tests.permissions.addresses import is_of_a_case
from tests.permissions.expected import EXPECTED
from tests.permissions.test_pages import address_of
from tests.permissions.world import Everything

NOWHERE = 987654321
# What only a verb, a session or the clock sets.
NEVER_ASKED = {
    "id", "pk", "version", "created_by", "author", "actor", "by", "user_id", "approved_by", "signed_by", "submitted_at",
    "approved_at", "is_staff", "is_superuser", "is_active", "password_hash", "frozen", "frozen_sha256", "sha256", "chain",
    "trail", "reference_number", "correspondent", "capacity", "occasion", "released_at", "revealed_at", "concluded_at",
}  # fmt: skip


def forms_of(world: Everything) -> Iterator[tuple[str, str, str, forms.BaseForm]]:
    """`(name, person, url, form)` of every form on a page that its first opener gets."""
    for name, line in EXPECTED.items():
        opening = line.answers[200] - {"conflicted"}
        if line.pressed or not opening:
            continue
        person = "coordinator" if "coordinator" in opening else min(opening)
        url = address_of(name, world.side_of(person) if is_of_a_case(name) else world.house)
        response = world.client(person).get(url)
        for context in response.context or ():
            for layer in getattr(context, "dicts", [context]):
                for value in layer.values():
                    if isinstance(value, forms.BaseForm):
                        yield name, person, url, value


@pytest.fixture
def asked(world) -> list[tuple[str, str, str, forms.BaseForm]]:
    seen, found = set(), []
    for name, person, url, form in forms_of(world):
        if (name, type(form)) not in seen:
            seen.add((name, type(form)))
            found.append((name, person, url, form))
    return found


def not_offered(field: Any) -> Any:
    """A row of the kind that this field does not offer."""
    return field.queryset.model._base_manager.exclude(pk__in=field.queryset.values("pk")).order_by("-pk").first()


def revealing(form: forms.BaseForm, field: str) -> dict[str, str]:
    """The answer that brings this field into the form, where it is one that appears with an answer."""
    reveals = getattr(form, "reveals", {})
    return {
        form.add_prefix(asked): str(getattr(value, "value", value))
        for asked, shown in reveals.items()
        for value, fields in shown.items()
        if field in fields
    }


def said_of(response: Any, field: str, sent: object) -> str:
    """What the page says of the field, without the value itself."""
    for context in response.context or ():
        for layer in getattr(context, "dicts", [context]):
            for value in layer.values():
                if isinstance(value, forms.BaseForm) and value.is_bound and field in value.errors:
                    return re.sub(rf"\b{sent}\b", "", str(value.errors[field]))
    return "no error"


def test_c6_a_row_that_is_not_offered_is_answered_like_one_that_does_not_exist(world, asked):
    tried = 0
    for name, person, url, form in asked:
        for field_name, field in form.fields.items():
            if not isinstance(field, forms.ModelChoiceField) or (foreign := not_offered(field)) is None:
                continue
            before = Event.objects.filter(reading=False).count()
            answers = {}
            for sent in (getattr(foreign, field.to_field_name or "pk"), NOWHERE):
                said = {form.add_prefix(field_name): str(sent), **revealing(form, field_name)}
                response = world.client(person).post(url, said)
                assert response.status_code in (200, 400), (name, field_name)
                answers[sent == NOWHERE] = said_of(response, field_name, sent)
            assert answers[False] == answers[True] != "no error", (name, field_name)
            assert Event.objects.filter(reading=False).count() == before, (name, field_name)
            tried += 1
    assert tried >= 10


def test_c7_no_form_asks_for_what_only_a_verb_sets(asked):
    faults = {
        (name, type(form).__name__): found for name, _, _, form in asked if (found := set(form.fields) & NEVER_ASKED)
    }
    assert faults == {}


def test_c7_a_form_made_from_a_model_names_its_fields(asked):
    for name, _, _, form in asked:
        if isinstance(form, forms.BaseModelForm):
            named = form._meta.fields
            assert named and named != forms.ALL_FIELDS, (name, type(form).__name__)
            assert not {"case", "status", "version"} & set(named), (name, type(form).__name__)


@pytest.mark.parametrize(
    "name", ["cases:child", "cases:person", "referrals:page", "agency_returns:section", "lcspr:terms"]
)
def test_c7_fields_that_the_form_does_not_have_change_nothing(world, name):
    line = EXPECTED[name]
    person = "agency_lead" if "agency_lead" in line.answers[200] else "coordinator"
    url = address_of(name, world.side_of(person))
    row = {
        "cases:child": "child", "cases:person": "person", "referrals:page": "draft",
        "agency_returns:section": "agency_return", "lcspr:terms": "local",
    }[name]  # fmt: skip
    model = type(getattr(world.one, row))
    was = model._base_manager.filter(pk=getattr(world.one, row).pk).values().get()
    page = world.client(person).get(url)
    form = page.context["form"]
    sent = {form.add_prefix(field): "" for field in form.fields}
    sent |= {field: str(value) for field, value in form.initial.items() if isinstance(value, str | int)}
    extra = {
        "id": world.two.case.pk, "pk": world.two.case.pk, "case": world.two.case.pk, "case_id": world.two.case.pk,
        "status": "submitted", "version": 99, "author": world.people["coordinator"].pk, "agency": world.two.la.pk,
        "approved_by": world.people["partner"].pk, "decision": world.two.decision.pk, "is_staff": "1",
        "number": 7, "pseudonym": "Zephyrine", "due_on": "2020-01-01",
    }  # fmt: skip
    world.client(person).post(url, {**sent, **extra})
    now = model._base_manager.filter(pk=was["id"]).values().get()
    free = {"version", "touched_at", *form.fields}
    assert {key: value for key, value in now.items() if key not in free} == {
        key: value for key, value in was.items() if key not in free
    }
    assert now["version"] in (was["version"], was["version"] + 1)


def test_c7_the_names_that_forms_must_not_ask_for_are_fields_of_our_rows():
    """The list stays about something: most of its names are columns somewhere."""
    columns = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert len(NEVER_ASKED & columns) > 15


# A hundred thousand letters of what makes a careless pattern try every way to read it.
PIECES = ("a", "a ", "(", "1", "a@", "-", "<p", "\t", "1/", "QX7 ", "[", '{"a":', "<p></p>", "<ul>", "<blockquote>")
SLOW = [piece * (100_000 // len(piece)) + "!" for piece in PIECES]
SLOW += ["<p>a" + piece * 100_000 + "!</p>" for piece in (" ", "\u00a0", "\n", "&")]


def test_d13_no_field_takes_long_over_an_answer_that_is_far_too_long(asked):
    tried, slow = 0, {}
    for name, _, _, form in asked:
        for field_name, field in form.fields.items():
            for answer in SLOW:
                sent = MultiValueDict({f"{field_name}{part}": [answer] for part in ("", "-day", "-month", "-year")})
                began = time.process_time()
                with contextlib.suppress(ValidationError):
                    field.clean(field.widget.value_from_datadict(sent, {}, field_name))
                if (took := time.process_time() - began) > 1:
                    slow[name, field_name, answer[:3]] = round(took, 1)
                tried += 1
    assert tried > 1000
    assert slow == {}

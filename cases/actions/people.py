"""The children and people of a case: their coded facts, and who they are."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import amend
from cases import rights
from cases.models import Case, Child, Identity, Person


def reveal(identity: Identity, *, by: Standing, reason: str = "") -> Identity:
    """Show who someone is. Recorded with the reason given. Raises NotPermitted."""
    rights.REVEAL.require(by, identity.owner)
    record(identity.trail, "identity revealed", by=by, subject=identity.owner, reason=reason, reading=True)
    return identity


def correct_identity(identity: Identity, *, by: Standing, seen_version: int, **fields: Any) -> None:
    """Correct a name, birth, address or number. The event says which of them, never what they say.

    Raises StaleEdit when somebody corrected it since it was revealed.
    """
    rights.CORRECT_IDENTITY.require(by, identity.owner)
    amend(identity, by=by, verb="identity corrected", seen_version=seen_version, **fields)


@transaction.atomic
def add_child(
    case: Case, *, by: Standing, identity: dict[str, Any] | None = None, token: str | None = None, **facts: Any
) -> Child:
    """Add a child under the next pseudonym ("Child A"). `identity` holds the fields of `Identity`.

    Called by a stage's verb, which has checked its own right; `enter_child` is the page's verb.
    """
    hold(case.trail)
    number = case.child_set.count() + 1
    facts.setdefault("primary_subject", number == 1)
    facts.setdefault("pseudonym", f"Child {_letters(number)}")
    child = Child(case=case, number=number, **facts)
    child._history_user = by.user  # type: ignore[attr-defined]
    child.save()
    Identity.objects.create(child=child, **(identity or {}))
    record(case.trail, "child added", by=by, subject=child, token=token)
    return child


@transaction.atomic
def add_person(
    case: Case, *, by: Standing, identity: dict[str, Any] | None = None, token: str | None = None, **facts: Any
) -> Person:
    """Add someone of the household or around it, under a pseudonym ("Person 1").

    Called by a stage's verb, which has checked its own right; `enter_person` is the page's verb.
    """
    hold(case.trail)
    facts.setdefault("label", f"Person {case.person_set.count() + 1}")
    person = Person(case=case, **facts)
    person._history_user = by.user  # type: ignore[attr-defined]
    person.save()
    Identity.objects.create(person=person, **(identity or {}))
    record(case.trail, "person added", by=by, subject=person, token=token)
    return person


def enter_child(case: Case, *, by: Standing, token: str | None = None, **facts: Any) -> Child:
    """Somebody entitled adds a child to an open case by hand. `facts` as for `add_child`."""
    rights.EDIT_PEOPLE.require(by, case)
    return add_child(case, by=by, token=token, **facts)


def enter_person(case: Case, *, by: Standing, token: str | None = None, **facts: Any) -> Person:
    """Somebody entitled adds a person to an open case by hand. `facts` as for `add_person`."""
    rights.EDIT_PEOPLE.require(by, case)
    return add_person(case, by=by, token=token, **facts)


@transaction.atomic
def change_child(child: Child, *, by: Standing, seen_version: int, **facts: Any) -> None:
    """Change coded facts about a child. Making it the main subject takes that from the child that was.

    Raises StaleEdit when somebody changed it since it was opened.
    """
    rights.EDIT_PEOPLE.require(by, child)
    if facts.get("primary_subject"):
        hold(child.trail)
        for other in Child.objects.filter(case=child.case_id, primary_subject=True).exclude(pk=child.pk):
            amend(other, by=by, verb="child changed", primary_subject=False)
    amend(child, by=by, verb="child changed", seen_version=seen_version, **facts)


def change_person(person: Person, *, by: Standing, seen_version: int, **facts: Any) -> None:
    """Change facts about a person. Raises StaleEdit when somebody changed them since they were opened."""
    rights.EDIT_PEOPLE.require(by, person)
    amend(person, by=by, verb="person changed", seen_version=seen_version, **facts)


def _letters(number: int) -> str:
    """A to Z, then AA, AB and so on."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(65 + place) + letters
    return letters

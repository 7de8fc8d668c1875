"""The children and people of a case: their coded facts, and who they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import StaleEdit, amend
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
def link_siblings(child: Child, siblings: Iterable[Child], *, by: Standing) -> None:
    """Say which children of the case are this child's brothers and sisters: these, and no others. Said of both sides.

    Called by a stage's verb, which has checked its own right; `change_child` is the page's verb. Raises ValueError
    for the child itself and for a child of another case.
    """
    hold(child.trail)
    named = {one.pk: one for one in siblings}
    of_case = {one.pk: one for one in Child.objects.filter(case=child.case_id)}
    own = of_case.pop(child.pk)
    if not set(named) <= set(of_case):
        raise ValueError("Brothers and sisters are other children of the same case.")
    differing = set(named) ^ set(own.siblings.values_list("pk", flat=True))
    if not differing:
        return
    # One row of history for each child, as it is afterwards, and not one for each link.
    own.skip_history_when_saving = True
    own.siblings.set(named)
    del own.skip_history_when_saving
    for one in (own, *(of_case[pk] for pk in sorted(differing))):
        one.version += 1
        one._history_user = by.user
        one.save(update_fields=["version"])
        record(one.trail, "brothers and sisters changed", by=by, subject=one, changed=("siblings",))
    child.version = own.version


@transaction.atomic
def change_child(
    child: Child, *, by: Standing, seen_version: int, siblings: Iterable[Child] | None = None, **facts: Any
) -> None:
    """Change coded facts about a child. Making it the main subject takes that from the child that was.

    `siblings` are its brothers and sisters among the children of the case; None leaves them as they are. Raises
    StaleEdit when somebody changed it since it was opened.
    """
    rights.EDIT_PEOPLE.require(by, child)
    if siblings is not None:
        seen_version = _change_siblings(child, list(siblings), by=by, seen_version=seen_version, facts=facts)
    if facts.get("primary_subject"):
        hold(child.trail)
        for other in Child.objects.filter(case=child.case_id, primary_subject=True).exclude(pk=child.pk):
            amend(other, by=by, verb="child changed", primary_subject=False)
    amend(child, by=by, verb="child changed", seen_version=seen_version, **facts)


def _change_siblings(
    child: Child, siblings: list[Child], *, by: Standing, seen_version: int, facts: dict[str, Any]
) -> int:
    """Gives the version that the rest of the change may replace."""
    hold(child.trail)
    now = Child.objects.get(pk=child.pk)
    theirs = list(now.siblings.all())
    if set(theirs) == set(siblings):
        return seen_version
    if now.version != seen_version:
        standing = {name: getattr(now, name) for name in facts}
        raise StaleEdit(now, mine={**facts, "siblings": siblings}, theirs={**standing, "siblings": theirs})
    link_siblings(now, siblings, by=by)
    return now.version


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

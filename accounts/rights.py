"""Named rights: what a role may do. The verb asks first, the template asks the same object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import PermissionDenied

from .models import Cover, Membership, User
from .roles import MANAGING, Role
from .standing import Standing


class NotPermitted(PermissionDenied):
    """A colleague who may see this may not do that. Answered with 403."""


Answer = TypeVar("Answer")
Row = TypeVar("Row")
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def only_looking(by: Standing | None = None, opened: Iterable[Any] = ()) -> Iterator[None]:
    """While a page is put together and nothing changes: each question behind a right is asked of the database once.

    A page that shows thirty rights of one row would otherwise ask thirty times whether the row may be seen. Never
    around a verb. One inside another shares its answers. `opened` are rows that have just been opened for this person,
    so that it need not be asked again whether they may be seen.
    """
    before = _answers.get()
    answers = {} if before is None else before
    answers.update({_key(_sees, by, row): True for row in opened})
    token = _answers.set(answers)
    try:
        yield
    finally:
        _answers.reset(token)


def found_for(by: Standing, rows: Iterable[Row]) -> list[Row]:
    """These rows, which were read through `visible_to(by)`: while somebody is only looking it is not asked again
    whether they may be seen.
    """
    found = list(rows)
    if (answers := _answers.get()) is not None:
        answers.update({_key(_sees, by, row): True for row in found})
    return found


def asked_once(question: Callable[..., Answer], *about: Any) -> Answer:
    """The answer to a question of the database, remembered for as long as somebody is only looking."""
    answers = _answers.get()
    if answers is None:
        return question(*about)
    key = _key(question, *about)
    if key not in answers:
        answers[key] = question(*about)
    return answers[key]  # type: ignore[no-any-return]


def _key(question: Callable[..., Any], *about: Any) -> tuple[Any, ...]:
    # A case, and the same case as seen by those who hold only a part of it, are equal to Django.
    return question, *((type(one), one) for one in about)


def _once(question: Callable[[Standing, Any], bool], by: Standing, subject: Any) -> bool:
    # Rows without a key are all alike to a dictionary.
    if getattr(subject, "pk", None) is None:
        return question(by, subject)
    return asked_once(question, by, subject)


def _sees(by: Standing, subject: Any) -> bool:
    return bool(type(subject)._default_manager.visible_to(by).filter(pk=subject.pk).exists())


class Right:
    """A thing that may be done, the roles that may do it, and what must hold between person and subject.

    `where(by, subject)` narrows, for example to the subject's own agency or to anyone but its author.
    Whoever may not see the subject may do nothing to it: pass `unseen=True` only where there is none yet.
    """

    every: ClassVar[dict[str, Right]] = {}

    def __init__(
        self,
        words: str,
        *,
        held_by: Iterable[Role],
        where: Callable[[Standing, Any], bool] | None = None,
        unseen: bool = False,
    ) -> None:
        self.words = words
        self.held_by = frozenset(held_by)
        self.where = where
        self.unseen = unseen
        if words in Right.every:
            raise ValueError(f"There is a right to {words} already.")
        Right.every[words] = self

    def __repr__(self) -> str:
        return f"<Right to {self.words}>"

    def allows(self, by: Standing | None, subject: Any = None) -> bool:
        if by is None or not by.holds(*self.held_by):
            return False
        if self.where is not None and not _once(self.where, by, subject):
            return False
        return subject is None or self.unseen or _once(_sees, by, subject)

    def require(self, by: Standing, subject: Any = None) -> None:
        """Raise NotPermitted unless the right is held."""
        if not self.allows(by, subject):
            raise NotPermitted(f"You cannot {self.words}.")


def _is_about_somebody_else(by: Standing, subject: Any) -> bool:
    """Nobody approves, changes or ends their own access."""
    if isinstance(subject, User):
        return subject.pk != by.user.pk
    if isinstance(subject, Membership):
        return subject.user_id != by.user.pk
    return True


def _covers_own_or_other(by: Standing, subject: Any) -> bool:
    if by.is_correspondent:
        return False
    if isinstance(subject, Cover):
        subject = subject.membership
    if subject is None or by.holds(*MANAGING):
        return True
    return isinstance(subject, Membership) and subject.user_id == by.user.pk


SEE_PEOPLE = Right("see the people of the partnership", held_by=MANAGING)
MANAGE_PEOPLE = Right("change a person's access", held_by=MANAGING, where=_is_about_somebody_else)
MANAGE_AGENCIES = Right("change the agencies", held_by=MANAGING)
SET_UP = Right("change the partnership's details", held_by=MANAGING)
ARRANGE_COVER = Right("arrange cover", held_by=Role, where=_covers_own_or_other)

"""Named rights: what a role may do. The verb asks first, the template asks the same object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied

from .roles import Role
from .standing import Standing


class NotPermitted(PermissionDenied):
    """A colleague who may see this may not do that. Answered with 403."""


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
        if self.where is not None and not self.where(by, subject):
            return False
        if subject is None or self.unseen:
            return True
        rows = type(subject)._default_manager
        return bool(rows.visible_to(by).filter(pk=subject.pk).exists())

    def require(self, by: Standing, subject: Any = None) -> None:
        """Raise NotPermitted unless the right is held."""
        if not self.allows(by, subject):
            raise NotPermitted(f"You cannot {self.words}.")

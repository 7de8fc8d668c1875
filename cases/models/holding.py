"""What a person must hold of a case to see something of it: the one condition that every `visible_to` is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, Expression, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from accounts.standing import LONDON, Standing

# Where the id of the case is put once it is known of which table it is asked.
_THE_CASE = "{the case}"
NOON = time(12)


def held_now(by: Standing) -> Q:
    """Team memberships in force for this person: by membership, or by role in an agency."""
    mine = Q(membership_id__in=by.membership_ids)
    for held in by.held:
        mine |= Q(role=held.role, agency_id=held.agency_id)
    return mine & Q(starts_on__lte=by.today) & (Q(ends_on=None) | Q(ends_on__gte=by.today))


def part_held(path: str, by: Standing | None, *parts: str) -> PartHeld:
    """A condition: of the case that `path` leads to ("case", "request__case", "pk") this person holds one of the
    parts, and no conflict of interest bars them. Asked of each row by itself.

    The only statement of who may see what of a case.
    """
    return PartHeld(F(path), by, parts)


class PartHeld(Expression):
    """Two subqueries about one case. A page asks them of dozens of lists for one person, and putting them together
    takes Django longer than the database needs to answer: that is done once for each person and day. No row is kept,
    only the words of the question.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, case: Any, by: Standing | None, parts: tuple[str, ...]) -> None:
        super().__init__()
        self.case, self.by, self.parts = case, by, tuple(map(str, parts))

    @property
    def identity(self) -> tuple[Any, ...]:
        return type(self), self.case, self.by, self.parts

    def get_source_expressions(self) -> list[Any]:
        return [self.case]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.case,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        if self.by is None or not self.by.held or not self.parts:
            raise EmptyResultSet
        case, about = compiler.compile(self.case)
        assert not about, "the case is named by a column"
        words, params = _question(_on_its_day(self.by), self.parts, connection.alias)
        return words.replace(_THE_CASE, case), params


def _on_its_day(by: Standing) -> Standing:
    """What is held counts by the day: the same at noon as at any other time of it."""
    return replace(by, at=datetime.combine(by.today, NOON, tzinfo=LONDON))


@lru_cache(maxsize=512)
def _question(by: Standing, parts: tuple[str, ...], database: str) -> tuple[str, tuple[Any, ...]]:
    from .team import Conflict, TeamMember

    held, of_team = _exists(TeamMember.objects.filter(held_now(by), part__in=parts), "held", database)
    barred, of_conflicts = _exists(Conflict.objects.in_force(by.today).filter(user=by.user), "barred", database)
    return f"({held} AND NOT {barred})", (*of_team, *of_conflicts)


def _exists(rows: QuerySet[Any], name: str, database: str) -> tuple[str, tuple[Any, ...]]:
    """Whether there is such a row of the case. `name` is like no other name in any statement, so that the column
    that is put in later cannot be taken for one of these rows' own.
    """
    # No value is in these words.
    rows = rows.filter(case=RawSQL(_THE_CASE, (), output_field=BigIntegerField()))  # noqa: S611  # nosec B611
    query = rows.order_by().values_list(Value(1)).query
    words, params = query.relabeled_clone({rows.model._meta.db_table: name}).get_compiler(database).as_sql()
    return f"EXISTS ({words})", tuple(params)

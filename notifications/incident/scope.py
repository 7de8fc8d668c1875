"""Whether a route is for this child: the deaths that the national panel does not consider have their ages."""

from __future__ import annotations

from cases.models import Case, Child

from .national_form import children_of
from .routes import Route, is_care_leaver_age

CARE_LEAVER = "A care leaver's death is notified from the 18th birthday until the day before the 25th."
YOUNGER = "Somebody younger is a child: notify a serious incident where abuse or neglect is known or suspected."
LOOKED_AFTER = (
    "Somebody of 18 or older was not a looked after child. A care leaver's death is another kind of notification."
)


def not_in_scope(case: Case, kind: str, *, by_dates: bool = False) -> str:
    """Why this route is not for the first child of the case, in sentences; empty where it is, or nothing is known.

    With `by_dates` only the days of birth and death count, and not an age that was entered.
    """
    child = next(iter(children_of(case)), None)
    age = _age_at_death(child, by_dates=by_dates) if child else None
    if age is None:
        return ""
    if kind == Route.CARE_LEAVER_DEATH and not is_care_leaver_age(age):
        return f"{CARE_LEAVER} {YOUNGER}" if age < 18 else CARE_LEAVER
    if kind == Route.LAC_DEATH_NO_ABUSE and age >= 18:
        return LOOKED_AFTER
    return ""


def _age_at_death(child: Child, *, by_dates: bool) -> int | None:
    identity = getattr(child, "identity", None)
    age: int | None = identity.age_on(child.died_on) if identity and child.died_on else None
    return child.age_years if age is None and not by_dates else age

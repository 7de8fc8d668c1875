"""The routes that share the national form, and what follows from each (specification 3.2 and 0.1)."""

from __future__ import annotations

from django.db import models

from cases.models import Case


class Route(models.TextChoices):
    S16C_DEATH = "s16c_death", "Serious incident: a child has died"
    S16C_SERIOUS_HARM = "s16c_serious_harm", "Serious incident: a child has been seriously harmed"
    S16C_OTHER = "s16c_other", "Serious incident: other"
    LAC_DEATH_NO_ABUSE = "lac_death_no_abuse", "Death of a looked after child, no abuse or neglect suspected"
    CARE_LEAVER_DEATH = "care_leaver_death", "Death of a care leaver aged 18 to 24"


# These tell the Secretary of State and Ofsted; the national panel does not consider them and no rapid review follows.
NOTIFY_ONLY = (Route.LAC_DEATH_NO_ABUSE, Route.CARE_LEAVER_DEATH)
CLOCK = {
    Route.LAC_DEATH_NO_ABUSE: "T03",
    Route.CARE_LEAVER_DEATH: "T04",
}
CARE_LEAVER_UNTIL = 25


def clock_of_route(route: str) -> str:
    """The limit within which the notification is to be sent."""
    return CLOCK.get(Route(route), "T01") if route else "T01"


def route_of_harm(harm: str) -> str:
    """The route that what happened points to, until somebody who knows says otherwise."""
    return {
        Case.Harm.DEATH: Route.S16C_DEATH,
        Case.Harm.SERIOUS_HARM: Route.S16C_SERIOUS_HARM,
    }.get(Case.Harm(harm), Route.S16C_OTHER)


def is_care_leaver_age(age: int | None) -> bool:
    """Whether a care leaver of this age in completed years is within the duty: 18, and not yet 25."""
    return age is not None and 18 <= age < CARE_LEAVER_UNTIL

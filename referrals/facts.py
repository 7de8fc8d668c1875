"""From what a referral says to the facts of a case. Pure, but for finding the agencies that were chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Agency
from cases.models import Case
from govuk.approximate_date import ApproximateDate
from notifications.incident.routes import Route

from .answers import key_of_page, place_of
from .answers.around import WHO
from .answers.children import CHILDREN, IDENTITY
from .answers.given import Answers
from .models import EventKind

_KNOWN = {"yes": True, "no": False}
ONE_LINE = 300


def _agency(code: Any) -> Agency | None:
    return Agency.objects.filter(pk=int(code)).first() if str(code).isdecimal() else None


def _approximate(stored: str) -> ApproximateDate | None:
    return ApproximateDate(stored) if stored and stored != "unknown" else None


def _exact(stored: str) -> date | None:
    known = _approximate(stored)
    return known.earliest if known and known.is_exact else None


def authority_of_incident(answers: Answers, agency: Agency, day: date) -> tuple[Agency, bool]:
    """The authority in whose area it happened, and whether the referral says so.

    Outside England it is the home authority (Children Act 2004 s16C(1)(b)). Where the referral does not say, it is
    the referring agency if that is an authority, otherwise the home authority, otherwise the first of the area: the
    case cannot wait for it, and the coordinator confirms it.
    """
    said = _agency(answers.value("authorities", "incident_la"))
    home = _agency(answers.value("authorities", "home_la"))
    if answers.value("where", "outside_england") == "yes" and home:
        return home, True
    if said:
        return said, True
    own = list(Agency.objects.on(day).local_authorities())
    for likely in (agency, home, *own):
        if likely in own:
            return likely, False
    raise LookupError("No local authority of this area is set up: the case has nowhere to go.")


def case_facts(answers: Answers, kind_title: str) -> dict[str, Any]:
    """Fields of `cases.Case`, without its authority of incident."""
    happened = answers.value("when", "incident_on")
    return {
        "home_la": _agency(answers.value("authorities", "home_la")),
        "harm": answers.value("harm", "harm") or Case.Harm.NOT_KNOWN,
        "incident_on": _exact(happened),
        "incident_date_text": "" if _exact(happened) or not happened else ApproximateDate(happened).text,
        "outside_england": _KNOWN.get(answers.value("where", "outside_england"), False),
        "location_type": answers.value("where", "location"),
        "title": _title(answers, kind_title),
    }


def notify_only_route(kind: str, answers: Answers) -> str:
    """The route on which a death is notified without a review, where that is referred; "" for a serious incident.

    With abuse or neglect known or suspected, the death of a looked-after child is a serious incident like any other.
    """
    if kind == EventKind.CARE_LEAVER_DEATH:
        return Route.CARE_LEAVER_DEATH
    suspected = answers.value("abuse", "abuse") in ("known", "suspected")
    return Route.LAC_DEATH_NO_ABUSE if kind == EventKind.LOOKED_AFTER_DEATH and not suspected else ""


def incident_as_notified(answers: Answers) -> dict[str, Any]:
    """What the referral says in answer to the national form's questions about the incident."""
    value = answers.value
    place = " ".join(value("where", "place").split())
    return {
        "incident_time": value("when", "incident_at"),
        "place": place if len(place) <= ONE_LINE else "",
        "country": value("where", "country"),
        "harm_types": value("harm", "harm_types"),
        "abuse_known": value("abuse", "abuse"),
        "abuse": value("abuse-details", "abuse_types"),
        "context": value("abuse-details", "abuse_contexts"),
        "perpetrators": value("abuse-details", "perpetrators"),
        "narrative": "\n\n".join(
            said for said in (value("description", "description"), value("abuse-details", "abuse_why")) if said
        ),
        "media": value("media", "media_details") or {"yes": "Yes", "no": "None known"}.get(value("media", "media"), ""),
    }


_HAPPENED = {Case.Harm.DEATH: "Death", Case.Harm.SERIOUS_HARM: "Serious harm"}


def _title(answers: Answers, kind_title: str) -> str:
    """What happened to whom, in coded facts only: "Serious harm: child aged 4"."""
    subjects = [
        number
        for number in answers.numbers("child")
        if answers.of("child", number, "identity", "subject") in ("subject", "")
    ]
    happened = _HAPPENED.get(answers.value("harm", "harm"), kind_title)
    if len(subjects) != 1:
        return f"{happened}: {len(subjects)} children" if subjects else happened
    if answers.of("child", subjects[0], "identity", "born") == "unborn":
        return f"{happened}: unborn child"
    age = age_at_incident(answers, subjects[0])
    if age is None:
        return f"{happened}: child of unknown age"
    return f"{happened}: {'baby under 1' if age == 0 else f'child aged {age}'}"


def age_at_incident(answers: Answers, number: int) -> int | None:
    """Completed years at the incident; None where what is known of the two dates leaves it open.

    A birthday on 29 February is attained on 1 March in other years.
    """
    ages = possible_ages(answers, number)
    return next(iter(ages)) if len(ages) == 1 and min(ages) >= 0 else None


def possible_ages(answers: Answers, number: int) -> set[int]:
    """The least and the greatest age in completed years that the two dates allow; empty where one is not known."""
    born = _approximate(answers.of("child", number, "identity", "born_on"))
    happened = _approximate(answers.value("when", "incident_on"))
    if born is None or happened is None:
        return set()
    ages = (
        _years(birth, day) for birth in (born.earliest, born.latest) for day in (happened.earliest, happened.latest)
    )
    return {age for age in ages if age is not None}


def _years(born: date | None, day: date | None) -> int | None:
    if born is None or day is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def child_identity(answers: Answers, number: int) -> dict[str, Any]:
    """Fields of `cases.Identity` for a child."""

    def said(page: str, name: str) -> Any:
        return answers.of("child", number, page, name)

    born, expected = said("identity", "born_on"), said("identity", "expected_on")
    attends = said("services", "school")
    return {
        "full_name": said("identity", "full_name"),
        "other_names": said("identity", "other_names"),
        "born_on": _exact(born),
        "born_text": ApproximateDate(born or expected).text if (born or expected) else _typed_birth(answers, number),
        "expected_on": _exact(expected),
        "address": said("address", "address"),
        "postcode": said("address", "postcode"),
        "nhs_number": said("numbers", "nhs_number"),
        "upn": said("numbers", "upn"),
        "local_id": said("numbers", "local_id"),
        "school": attends,
        "gp": said("services", "gp"),
    }


def _typed_birth(answers: Answers, number: int) -> str:
    """A date of birth, or of delivery, that was typed and could not be read: it says more than nothing."""
    place = place_of(key_of_page(CHILDREN, number, IDENTITY))
    typed = (answers.as_typed(place, IDENTITY.question(name)) for name in ("born_on", "expected_on"))
    return next((f"Typed as {words}"[:60] for words in typed if words), "")


_AS_ANSWERED = (
    ("about", "disability"),
    ("care", "looked_after"),
    ("care", "care_leaver"),
    ("care", "legal_status"),
    ("care", "placement"),
    ("plans", "child_in_need"),
    ("plans", "child_protection"),
    ("plans", "child_protection_category"),
    ("plans", "known_to_agency"),
    ("about", "sex"),
    ("about", "ethnicity"),
    ("services", "education"),
)


def child_facts(answers: Answers, number: int) -> dict[str, Any]:
    """Fields of `cases.Child` that were answered."""
    facts = {name: value for page, name in _AS_ANSWERED if (value := answers.of("child", number, page, name))}
    harm = answers.of("child", number, "safety", "harm")
    if harm in Case.Harm.values:
        facts["harm"] = harm
    return {
        **facts,
        "unborn": answers.of("child", number, "identity", "born") == "unborn",
        "age_years": age_at_incident(answers, number),
        "died_on": _exact(answers.of("child", number, "safety", "died_on")),
        "disabilities": answers.of("child", number, "about", "disabilities") or [],
        "responsible_la": _agency(answers.of("child", number, "care", "responsible_la")),
        "current_safety": answers.of("child", number, "safety", "safety"),
    }


def primary_subject(answers: Answers) -> int | None:
    """The number of the child the case is first about: the first who died or was harmed, or else the first."""
    numbers = answers.numbers("child")
    subjects = [n for n in numbers if answers.of("child", n, "identity", "subject") == "subject"]
    died = [n for n in subjects if answers.of("child", n, "safety", "harm") == Case.Harm.DEATH]
    return next(iter(died or subjects or numbers), None)


def person_identity(answers: Answers, number: int) -> dict[str, Any]:
    born = answers.of("person", number, "who", "born_on")
    return {
        "full_name": answers.of("person", number, "who", "full_name"),
        "other_names": answers.of("person", number, "who", "other_names"),
        "born_on": _exact(born),
        "born_text": ApproximateDate(born).text if born else "",
        "address": answers.of("person", number, "part", "address"),
    }


def person_facts(answers: Answers, number: int) -> dict[str, Any]:
    """Fields of `cases.Person`."""
    described = answers.of("person", number, "who", "relationship_described")
    words = answers.words(WHO.question("relationship"), answers.of("person", number, "who", "relationship"))
    return {
        "relationship": str(described or words)[:100],
        "in_household": _KNOWN.get(answers.of("person", number, "part", "in_household"), False),
        "parental_responsibility": answers.of("person", number, "part", "parental_responsibility") or "not_known",
        "suspected_of_harm": _KNOWN.get(answers.of("person", number, "part", "suspected_of_harm"), False),
        "note": answers.of("person", number, "part", "note"),
    }


def process_facts(answers: Answers, number: int) -> dict[str, Any] | None:
    """Fields of `cases.ParallelProcess`; None where not even its kind is known."""

    def said(name: str) -> Any:
        return answers.of("process", number, "process", name)

    if not said("kind"):
        return None
    return {
        "kind": said("kind"),
        "lead": said("lead"),
        "process_reference": said("process_reference"),
        "state": said("state"),
        "next_on": _exact(said("next_on")),
    }

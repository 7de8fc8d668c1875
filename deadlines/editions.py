"""The set of editions as a file: written, and read back strictly. Pure but for knowing the roles and bodies.

One JSON object: `format`, `version`, and `editions`, each with `name`, `in_force_from`, `in_force_to`, `variant_of`,
`note` and its `limits`. Nothing may be missing, nothing may be there that is not known, and every limit must count.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

from accounts.models import Body
from accounts.roles import Role
from deadlines.bank_holidays import seed_calendar
from deadlines.statutory import (
    STATUTORY_LIMITS,
    Alternative,
    Confidence,
    Convention,
    Direction,
    Kind,
    TimeLimit,
    Unit,
    due_on,
)

FORMAT: Final = "statutory time limits"
VERSION: Final = 1
LARGEST: Final = 1_000_000
MOST_EDITIONS, MOST_LIMITS, MOST_WAYS = 40, 60, 20
EARLIEST: Final = date(2018, 6, 29)
LATEST: Final = date(2100, 12, 31)
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,()&/-]{1,38}[A-Za-z0-9)]")
CODE: Final = re.compile(r"T\d\d[a-z]?")
WAY: Final = re.compile(r"[A-Z][A-Z0-9_]{1,38}")
RECIPIENTS: Final = frozenset({"panel", "ofsted", "dfe", "secretary_of_state"})
MOST: Final = {Unit.WORKING_DAYS: 260, Unit.MONTHS: 60, Unit.YEARS: 20, Unit.END_OF_MONTH: 12, Unit.NONE: 0}
FORWARD: Final = frozenset(
    {Convention.EXCLUDE_TRIGGER, Convention.INCLUSIVE, Convention.ROLL_THEN_EXCLUDE, Convention.CLOSE_OF_BUSINESS}
)
LENGTHS: Final = {"title": 300, "authority": 400, "trigger": 300, "stop": 300, "owed_by": 200, "note": 300}
# What the product itself counts by. An edition that left it out would keep a notification from being recorded as sent.
REGISTER: Final = {limit.code: limit for limit in STATUTORY_LIMITS}
NEEDED: Final = {"T05": "LA_AWARE", "T12": "THREE_MONTHLY"}
OF_THE_EDITION: Final = ("edition", "in_force_from", "in_force_to", "variant_of", "edition_note")
OF_THE_LIMIT: Final = tuple(field.name for field in fields(TimeLimit) if field.name not in OF_THE_EDITION)


class NotAnEdition(ValueError):
    """The file does not say what a set of editions says. The words name the place."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the guidance, or a local variant of one, with the limits it sets."""

    name: str
    in_force_from: date
    in_force_to: date | None
    variant_of: str
    note: str
    limits: tuple[TimeLimit, ...]


def editions_of(limits: Iterable[TimeLimit]) -> list[Edition]:
    """The limits put together by edition, the earliest first."""
    found: dict[str, list[TimeLimit]] = {}
    for limit in limits:
        found.setdefault(limit.edition, []).append(limit)
    editions = [
        Edition(
            name,
            min(row.in_force_from for row in rows),
            rows[0].in_force_to,
            rows[0].variant_of,
            max(row.edition_note for row in rows),
            tuple(sorted(rows, key=lambda row: row.code)),
        )
        for name, rows in found.items()
    ]
    return sorted(editions, key=lambda edition: (edition.in_force_from, edition.name))


def written(editions: Iterable[Edition]) -> str:
    """The set as a file. The same editions always give the same text."""
    return json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "editions": [
                {
                    "name": edition.name,
                    "in_force_from": edition.in_force_from.isoformat(),
                    "in_force_to": edition.in_force_to.isoformat() if edition.in_force_to else None,
                    "variant_of": edition.variant_of,
                    "note": edition.note,
                    "limits": [_plain(limit) for limit in edition.limits],
                }
                for edition in editions
            ],
        },
        indent=1,
        ensure_ascii=False,
    )


def _plain(limit: TimeLimit) -> dict[str, Any]:
    facts = asdict(limit)
    # Whether the note of the edition goes for this limit: those that rest on statute alone have been checked.
    return {name: facts[name] for name in OF_THE_LIMIT} | {"edition_note": limit.edition_note}


def read(text: str) -> list[Edition]:
    """The editions of a file. NotAnEdition says what is wrong with it, and where."""
    if len(text.encode()) > LARGEST:
        raise NotAnEdition("The file is too large.")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except NotAnEdition:
        raise
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is no mistake of JSON's, and is refused all the same.
        raise NotAnEdition(f"The file is not JSON: {error}.") from None
    found = _object(found, "The file", ("format", "version", "editions"))
    if found["format"] != FORMAT or found["version"] != VERSION or isinstance(found["version"], bool):
        raise NotAnEdition(f'The file must say format "{FORMAT}" and version {VERSION}.')
    editions = [
        _edition(row, f"Edition {n}") for n, row in enumerate(_list(found["editions"], "editions", MOST_EDITIONS), 1)
    ]
    names = [edition.name for edition in editions]
    if len(set(names)) != len(names):
        raise NotAnEdition("Two editions have the same name.")
    if not editions:
        raise NotAnEdition("The file holds no edition.")
    return editions


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    name, times = Counter(name for name, _ in pairs).most_common(1)[0] if pairs else ("", 0)
    if times > 1:
        raise NotAnEdition(f"{_shown(name)} is said twice.")
    return dict(pairs)


def _shown(name: str) -> str:
    """A name out of the file as it can stand on a page: what cannot be printed, half a sign too, is left out."""
    return "".join(sign for sign in name[:40] if sign.isprintable())


def _no_constant(name: str) -> Any:
    raise NotAnEdition(f"{name} is not a number that can be used.")


def _edition(row: Any, where: str) -> Edition:
    said = _object(row, where, ("name", "in_force_from", "in_force_to", "variant_of", "note", "limits"))
    name = _text(said["name"], f"{where}, name", 40)
    if not NAME.fullmatch(name):
        raise NotAnEdition(f"{where}, name must be 3 to 40 letters, digits and plain signs.")
    where = name
    begins = _day(said["in_force_from"], f"{where}, in_force_from")
    ends = None if said["in_force_to"] is None else _day(said["in_force_to"], f"{where}, in_force_to")
    if ends is not None and ends < begins:
        raise NotAnEdition(f"{where}: in_force_to must not be before in_force_from.")
    variant_of = _text(said["variant_of"], f"{where}, variant_of", 40, empty=True)
    note = _text(said["note"], f"{where}, note", 300, empty=True)
    limits = []
    for n, limit in enumerate(_list(said["limits"], f"{where}, limits", MOST_LIMITS), 1):
        limits.append(_limit(limit, f"{where}, limit {n}", (name, begins, ends, variant_of, note)))
    codes = [limit.code for limit in limits]
    if len(set(codes)) != len(codes):
        raise NotAnEdition(f"{where} sets one limit twice.")
    if not limits:
        raise NotAnEdition(f"{where} sets no limit.")
    return Edition(name, begins, ends, variant_of, note, tuple(sorted(limits, key=lambda limit: limit.code)))


def _limit(row: Any, where: str, edition: tuple[str, date, date | None, str, str]) -> TimeLimit:
    said = _object(row, where, (*OF_THE_LIMIT, "edition_note"))
    code = _text(said["code"], f"{where}, code", 10)
    if not CODE.fullmatch(code):
        raise NotAnEdition(f"{where}: code must be like T01 or T02a.")
    where = f"{edition[0]}, {code}"
    texts = {name: _text(said[name], f"{where}, {name}", most, empty=name == "note") for name, most in LENGTHS.items()}
    if said["edition_note"] not in ("", edition[4]):
        raise NotAnEdition(f"{where}: edition_note must be empty, or the note of the edition.")
    if not isinstance(said["statutory"], bool):
        raise NotAnEdition(f"{where}: statutory must be true or false.")
    role = _text(said["owed_by_role"], f"{where}, owed_by_role", 30)
    if role not in set(Role):
        raise NotAnEdition(f"{where}: there is no role {role}.")
    body = _text(said["owed_by_agency_kind"], f"{where}, owed_by_agency_kind", 30, empty=True)
    if body not in set(Body.values):
        raise NotAnEdition(f"{where}: owed_by_agency_kind must be one of {', '.join(filter(None, Body.values))}.")
    recipients = tuple(_list(said["recipients"], f"{where}, recipients", len(RECIPIENTS)))
    if not all(isinstance(name, str) and name in RECIPIENTS for name in recipients) or len(set(recipients)) < len(
        recipients
    ):
        raise NotAnEdition(f"{where}: recipients may be {', '.join(sorted(RECIPIENTS))}, each once.")
    limit = TimeLimit(
        code=code,
        **texts,
        edition=edition[0],
        in_force_from=edition[1],
        in_force_to=edition[2],
        variant_of=edition[3],
        edition_note=said["edition_note"],
        confidence=_one_of(Confidence, said["confidence"], f"{where}, confidence"),
        amount=_number(said["amount"], f"{where}, amount"),
        unit=_one_of(Unit, said["unit"], f"{where}, unit"),
        kind=_one_of(Kind, said["kind"], f"{where}, kind"),
        direction=_one_of(Direction, said["direction"], f"{where}, direction"),
        owed_by_role=role,
        owed_by_agency_kind=body,
        recipients=recipients,
        statutory=said["statutory"],
        counting=tuple(
            _way(way, f"{where}, way {n}")
            for n, way in enumerate(_list(said["counting"], f"{where}, counting", MOST_WAYS), 1)
        ),
    )
    _counts(limit, where)
    _can_be_run_by(limit, where)
    return limit


def _can_be_run_by(limit: TimeLimit, where: str) -> None:
    """The clocks that the stages start can be started by it, from the day they start them from."""
    known = REGISTER.get(limit.code)
    if known is None:
        return
    if known.has_date and not limit.has_date:
        raise NotAnEdition(f"{where}: it must have a date, because clocks run by it.")
    if limit.direction is not known.direction:
        raise NotAnEdition(f"{where}: direction must be {known.direction}.")
    if limit.unit is Unit.END_OF_MONTH and known.unit is not Unit.END_OF_MONTH:
        raise NotAnEdition(f"{where}: only a limit counted from the end of a year ends with a month.")
    if set(known.recipients) != set(limit.recipients):
        raise NotAnEdition(f"{where}: recipients must be {', '.join(known.recipients) or 'none'}.")
    needed = NEEDED.get(limit.code)
    if needed and needed not in {way.name for way in limit.counting}:
        raise NotAnEdition(f"{where}: counting must hold the way {needed}, because dates are shown by it.")


def _way(row: Any, where: str) -> Alternative:
    said = _object(row, where, tuple(field.name for field in fields(Alternative)))
    name = _text(said["name"], f"{where}, name", 40)
    if not WAY.fullmatch(name):
        raise NotAnEdition(f"{where}: name must be capital letters, digits and underscores.")
    return Alternative(
        name=name,
        convention=_one_of(Convention, said["convention"], f"{where}, convention"),
        trigger=_text(said["trigger"], f"{where}, trigger", 300, empty=True),
        amount=None if said["amount"] is None else _number(said["amount"], f"{where}, amount"),
        unit=None if said["unit"] is None else _one_of(Unit, said["unit"], f"{where}, unit"),
        words=_text(said["words"], f"{where}, words", 300, empty=True),
    )


def _counts(limit: TimeLimit, where: str) -> None:
    """Every way of counting fits its unit, and gives a date."""
    none = limit.unit is Unit.NONE
    if none != (not limit.counting) or none != (limit.kind in (Kind.CONTINUOUS, Kind.AS_SOON_AS)):
        raise NotAnEdition(f"{where}: a limit without a date has no unit, no way of counting and a kind that says so.")
    names = [way.name for way in limit.counting]
    if len(set(names)) != len(names):
        raise NotAnEdition(f"{where}: two ways of counting have the same name.")
    if limit.counting and limit.counting[0].trigger:
        raise NotAnEdition(f"{where}: the first way of counting is the limit's own and names no other trigger.")
    for way in limit.counting:
        under = limit.under(way.name)
        if under.amount > MOST[under.unit]:
            raise NotAnEdition(f"{where}, {way.name}: {under.amount} is too many.")
        if way.convention not in _fitting(under):
            raise NotAnEdition(f"{where}, {way.name}: {way.convention} does not count {under.unit}.")
        day = date(2026, 3, 31) if under.unit is Unit.END_OF_MONTH else date(2022, 10, 5)
        due_on(limit, day, seed_calendar(), way.name)


def _fitting(limit: TimeLimit) -> frozenset[Convention]:
    match limit.unit:
        case Unit.MONTHS if limit.amount:
            return frozenset({Convention.CORRESPONDING_DATE})
        case Unit.YEARS if limit.amount:
            return frozenset({Convention.ANNIVERSARY})
        case Unit.END_OF_MONTH if limit.amount:
            return frozenset({Convention.END_OF_MONTH})
        case Unit.WORKING_DAYS if limit.direction is Direction.BACKWARD and limit.amount:
            return frozenset({Convention.PUB_MINUS_N, Convention.CLEAR_DAYS})
        case Unit.WORKING_DAYS if limit.direction is Direction.FORWARD:
            return FORWARD if limit.amount else frozenset({Convention.SAME_WORKING_DAY})
    return frozenset()


def _object(value: Any, where: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotAnEdition(f"{where} must be an object.")
    if missing := [name for name in names if name not in value]:
        raise NotAnEdition(f"{where}: {missing[0]} is missing.")
    if unknown := sorted(set(value) - set(names)):
        raise NotAnEdition(f"{where}: {_shown(unknown[0])} is not known.")
    return value


def _list(value: Any, where: str, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise NotAnEdition(f"{where} must be a list of {most} or fewer.")
    return value


def _text(value: Any, where: str, most: int, *, empty: bool = False) -> str:
    if not isinstance(value, str) or len(value) > most or (not value.strip() and not empty):
        raise NotAnEdition(f"{where} must be a text of {most} characters or fewer.")
    if value != value.strip() or any(not sign.isprintable() for sign in value):
        raise NotAnEdition(f"{where} must be one line without spaces at its ends.")
    return value


def _number(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= max(MOST.values()):
        raise NotAnEdition(f"{where} must be a whole number from 0 to {max(MOST.values())}.")
    return value


def _day(value: Any, where: str) -> date:
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError
        day = date.fromisoformat(value)
        if not EARLIEST <= day <= LATEST:
            raise ValueError
    except ValueError:
        raise NotAnEdition(f"{where} must be a date such as 2026-03-18, from 2018-06-29 on.") from None
    return day


def _one_of(kind: type[StrEnum], value: Any, where: str) -> Any:
    allowed = [str(name) for name in kind]
    if not isinstance(value, str) or value not in set(allowed):
        raise NotAnEdition(f"{where} must be one of: {', '.join(allowed)}.")
    return kind(value)

"""What is done with several cases of a list at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import Membership
from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.models import Trail
from caseload import rights
from caseload.lines import COLUMNS, CaseLine, case_lines, columns_known
from cases.actions import assign
from cases.models import Case, TeamMember
from cases.rights import ASSIGN
from documents.spreadsheet import Column, Spreadsheet, write_csv, write_xlsx

WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


@transaction.atomic
def give_access(
    cases: Iterable[Case],
    part: str,
    membership: Membership,
    *,
    by: Standing,
    ends_on: date | None = None,
    token: str | None = None,
) -> int:
    """Give a person, through one of their memberships, a part of each of these cases: in how many it was new.

    Each is an event of its case, as if given there; all or none are given. Raises NotPermitted, CannotHold when the
    role may not hold that part, and AlreadySubmitted when the token was used before.
    """
    ASSIGN.require(by)
    cases = list(cases)
    for case in cases:
        ASSIGN.require(by, case)
    house = Trail.of_the_house()
    hold(house, *(case.trail for case in cases))
    refuse_repeat(token)
    before = TeamMember.objects.filter(case__in=cases, part=part, membership=membership).count()
    for case in cases:
        assign(case, part, membership, by=by, ends_on=ends_on)
    after = TeamMember.objects.filter(case__in=cases, part=part, membership=membership).count()
    record(house, "access to several cases given", by=by, subject=membership, changed=[part], token=token)
    return after - before


@transaction.atomic
def export_cases(cases: Iterable[Case], columns: Iterable[str], file_format: str, *, by: Standing) -> Spreadsheet:
    """These lines of the list of cases as "csv" or "xlsx", with these columns; each is recorded as read in its case.

    Raises NotPermitted.
    """
    rights.EXPORT_CASES.require(by)
    cases = list(cases)
    for case in cases:
        rights.EXPORT_CASES.require(by, case)
    hold(Trail.of_the_house(), *(case.trail for case in cases))
    sheet = WRITERS[file_format](columns_to_export(columns), case_lines(cases, on=by.today, columns=columns))
    for case in cases:
        record(case.trail, "exported in a list", by=by, subject=case, reading=True)
    record(Trail.of_the_house(), "list of cases exported", by=by, changed=[sheet.sha256], reading=True)
    return sheet


def columns_to_export(columns: Iterable[str]) -> list[Column]:
    """The reference, the description, and these columns; of what is next due also how it stands."""
    found: list[Column] = [("Reference", lambda line: line.reference), ("Description", lambda line: line.title)]
    for place, name in enumerate(columns_known(columns)):
        found.append((COLUMNS[name], _text_of(place)))
        if name == "clock":
            found.append(("How it stands", _tag_of(place)))
    return found


def _text_of(place: int):
    def read(line: CaseLine) -> str:
        return line.cells[place].text

    return read


def _tag_of(place: int):
    def read(line: CaseLine) -> str:
        return line.cells[place].tag

    return read

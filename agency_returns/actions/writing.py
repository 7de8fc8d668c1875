"""Writing a return: its sections, its chronology and what is attached to it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import Membership
from accounts.standing import Standing
from agency_returns import rights
from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import AgencyReturn, Attachment, ChronologyEntry, Section
from audit.events import hold, record
from audit.lifecycle import AlreadyDone, amend, transition
from cases.actions import admit
from cases.models import Identity
from cases.parts import Part
from documents.uploads import accept as accept_file


class NotYourColleague(ValueError):
    """The person asked to write does not work for the agency."""


def _open_for_writing(agency_return: AgencyReturn, *, by: Standing) -> None:
    rights.WRITE.require(by, agency_return)
    hold(agency_return.trail)
    if AgencyReturn.objects.get(pk=agency_return.pk).may_be_written:
        return
    raise AlreadyDone("The return has been sent, or the request was withdrawn.")


def _written(agency_return: AgencyReturn, *, by: Standing) -> None:
    """Remember who wrote, so that somebody else approves; the first words make it a draft."""
    agency_return.writers.add(by.user)
    now = AgencyReturn.objects.get(pk=agency_return.pk)
    if now.author_id is None:
        now.author = by.user
        now._history_user = by.user  # type: ignore[attr-defined]
        now.save(update_fields=["author"])
    if now.status in (ReturnStatus.REQUESTED, ReturnStatus.ACKNOWLEDGED):
        transition(now, ReturnStatus.DRAFT, by=by, verb="return begun")
    agency_return.refresh_from_db(fields=["status", "version", "author"])


@transaction.atomic
def save_section(
    agency_return: AgencyReturn, section: Section, *, by: Standing, seen_version: int, **fields: Any
) -> None:
    """Keep one section as written. Raises StaleEdit when somebody changed the return since `seen_version`."""
    _open_for_writing(agency_return, by=by)
    if unknown := set(fields) - set(section.fields):
        raise ValueError(f"Not of this section: {', '.join(sorted(unknown))}.")
    if amend(agency_return, by=by, verb="return written", seen_version=seen_version, **fields):
        _written(agency_return, by=by)


@transaction.atomic
def add_entry(agency_return: AgencyReturn, *, by: Standing, token: str | None = None, **facts: Any) -> ChronologyEntry:
    """Add an event to the agency's chronology. `on` is a date as far as it is known."""
    _open_for_writing(agency_return, by=by)
    entry = ChronologyEntry(agency_return=agency_return, **facts)
    entry._history_user = by.user  # type: ignore[attr-defined]
    entry.save()
    record(entry.trail, "chronology entry added", by=by, subject=entry, token=token)
    _written(agency_return, by=by)
    return entry


@transaction.atomic
def edit_entry(entry: ChronologyEntry, *, by: Standing, seen_version: int, **facts: Any) -> None:
    """Change an entry; what it said before is kept. Raises StaleEdit."""
    _open_for_writing(entry.agency_return, by=by)
    if entry.removed_at is not None:
        raise AlreadyDone("The entry has been removed.")
    if amend(entry, by=by, verb="chronology entry changed", seen_version=seen_version, **facts):
        _written(entry.agency_return, by=by)


@transaction.atomic
def remove_entry(entry: ChronologyEntry, *, by: Standing, seen_version: int | None = None) -> None:
    """Take an entry out of the chronology; what it said is kept in its history."""
    _open_for_writing(entry.agency_return, by=by)
    if entry.removed_at is not None:
        raise AlreadyDone("The entry has been removed.")
    amend(entry, by=by, verb="chronology entry removed", seen_version=seen_version, removed_at=by.at)
    _written(entry.agency_return, by=by)


@transaction.atomic
def attach(agency_return: AgencyReturn, file: Any, *, by: Standing) -> Attachment:
    """Add a file. Raises `documents.uploads.Refused` when it is not one that may be attached."""
    _open_for_writing(agency_return, by=by)
    attachment = Attachment.objects.create(agency_return=agency_return, upload=accept_file(file, by=by))
    record(attachment.trail, "file attached", by=by, subject=attachment)
    _written(agency_return, by=by)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Standing) -> None:
    """Take a file away from the return. Its bytes are kept with the case until the case is disposed of."""
    _open_for_writing(attachment.agency_return, by=by)
    if not Attachment.objects.current().filter(pk=attachment.pk).update(removed_at=by.at):
        raise AlreadyDone("The file has been removed.")
    record(attachment.trail, "file removed", by=by, subject=attachment)


@transaction.atomic
def ask_to_write(agency_return: AgencyReturn, membership: Membership, *, by: Standing) -> None:
    """Give a colleague of the same agency this return to write. Raises NotYourColleague for anyone else."""
    rights.ANSWER.require(by, agency_return)
    if not Membership.objects.on(by.today).filter(pk=membership.pk, agency=agency_return.agency).exists():
        raise NotYourColleague("This person does not work for your agency.")
    admit(agency_return.case, Part.OWN_RETURN, by=by, membership=membership, row=agency_return)
    record(agency_return.trail, "colleague asked to write", by=by, subject=agency_return)


@transaction.atomic
def look_up(agency_return: AgencyReturn, *, by: Standing) -> list[tuple[str, Identity]]:
    """Whom to search the records for: each pseudonym in scope with who it stands for. Every one is a reveal."""
    rights.LOOK_UP.require(by, agency_return)
    request = agency_return.request
    found = [
        *((child.pseudonym, child) for child in request.children.all()),
        *((person.label, person) for person in request.people.all()),
    ]
    revealed = []
    for pseudonym, subject in found:
        record(
            agency_return.trail,
            "identity revealed",
            by=by,
            subject=subject,
            reason="To search the agency's records",
            reading=True,
        )
        revealed.append((pseudonym, subject.identity))
    return revealed

"""Writing a draft. Nothing typed is ever refused: what cannot be accepted is kept as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import Agency
from accounts.standing import Standing
from audit.events import hold, key_of, record
from audit.lifecycle import AlreadyDone, StaleEdit, amend
from audit.models import Event, Trail
from documents.models import Upload
from documents.uploads import discard
from referrals import rights
from referrals.answers import GROUPS, MOST_OF_A_GROUP, Group, key_of_page, place_of
from referrals.answers.children import CHILDREN, IDENTITY
from referrals.models import Attachment, EventKind, PageAnswers, Referral

SAVED = "page saved"


class TooMany(Exception):
    """There are as many children, people or agencies on the referral as it can hold."""


class AlreadyAttached(Exception):
    """This very file, under the same name, is on the referral."""


@transaction.atomic
def start_draft(
    *, by: Standing, agency: Agency, kind: str = EventKind.SERIOUS_INCIDENT, token: str | None = None
) -> Referral:
    """Begin a referral for an agency in which `by` refers. The page about the contact is filled in with their details.

    Raises AlreadySubmitted when this very form was sent before.
    """
    rights.REFER.require(by, agency)
    referral = Referral.objects.create(
        kind=EventKind(kind),
        agency=agency,
        author=by.user,
        chain=Trail.mint(),
        started_at=by.at,
        touched_at=by.at,
    )
    record(referral.chain, "referral started", by=by, subject=referral, token=token)
    contact = {
        "contact_name": by.user.name,
        "contact_role": by.user.job_title,
        "contact_phone": by.user.phone,
        "contact_email": by.user.email,
    }
    PageAnswers.objects.create(referral=referral, page="referrer", answers=contact, saved_at=by.at, saved_by=by.user)
    return referral


def _writable(referral: Referral, *, by: Standing) -> Referral:
    """The draft as it is now, its chain held. Raises AlreadyDone when it can no longer be written."""
    rights.WRITE.require(by, referral)
    hold(referral.trail)
    referral.refresh_from_db()
    if not referral.can_be_written:
        raise AlreadyDone("This referral has been sent on and can no longer be changed.")
    # Whoever tries to change it is working on it. Undone with the transaction where the change is refused.
    referral.touched_at = by.at
    Referral.objects.filter(pk=referral.pk).update(touched_at=by.at)
    return referral


@transaction.atomic
def save_page(
    referral: Referral,
    page: str,
    answers: Mapping[str, Any],
    *,
    by: Standing,
    seen_version: int | None = None,
    typed: Mapping[str, Any] | None = None,
) -> PageAnswers:
    """Save one page of a draft (see `referrals.answers` for its shape), whether or not all of it could be accepted.

    `typed` is the whole page as it was typed, when something on it was not accepted. `seen_version` is the version
    the page had when it was opened, 0 for one never saved; without it the page as it stands is replaced. Saving what
    is saved already changes nothing. Raises UnknownPage, ValueError for what does not fit the page's questions,
    AlreadyDone when the draft was sent on, and StaleEdit, with both texts, when somebody saved the page since.
    """
    place = place_of(page)
    if unknown := set(answers) - set(place.page.names):
        raise ValueError(f"{', '.join(sorted(unknown))}: not asked on {page}.")
    for name, answer in answers.items():
        place.page.question(name).check(answer)
    now = _writable(referral, by=by)
    kept = {"answers": _plain(dict(answers)), "typed": _plain(dict(typed or {}))}
    if "siblings" in kept["answers"]:
        kept["answers"]["siblings"] = _children_there_are(now, kept["answers"]["siblings"], besides=place.number)
    row = PageAnswers.objects.filter(referral=now, page=page).first()
    if row is not None and (row.answers, row.typed) == (kept["answers"], kept["typed"]):
        return row
    if seen_version is not None and seen_version != (row.version if row else 0):
        theirs = row or PageAnswers(referral=now, page=page, version=0)
        raise StaleEdit(theirs, mine=kept, theirs={"answers": theirs.answers, "typed": theirs.typed})
    if place.group:
        _count_up(now, place.group, place.number)
    if row is None:
        row = PageAnswers(referral=now, page=page, version=0)
    were = row.answers.get("siblings") or []
    row.answers, row.typed, row.version = kept["answers"], kept["typed"], row.version + 1
    row.saved_at, row.saved_by = by.at, by.user
    row.save()
    others = _tell_siblings(now, place.number, were, row.answers.get("siblings") or [], by=by)
    _record_saving(now, sorted([page, *others]), by=by)
    return row


def _record_saving(referral: Referral, pages: list[str], *, by: Standing) -> None:
    """One event for a page that somebody saves again and again while typing."""
    last = Event.objects.filter(trail=referral.chain, reading=False).order_by("-number").first()
    this = (SAVED, key_of(referral), pages, by.user.pk)
    if last is None or (last.verb, last.subject, last.changed, last.actor_id) != this:
        record(referral.chain, SAVED, by=by, subject=referral, changed=pages)


def _children_there_are(referral: Referral, codes: Any, *, besides: int) -> list[str]:
    """In their order, without a child that was removed while this was written."""
    return [str(number) for number in referral.answers().other_children(besides) if str(number) in (codes or [])]


def _tell_siblings(referral: Referral, number: int, were: list[str], are: list[str], *, by: Standing) -> list[str]:
    """Say the same on the pages of the other children, so that it is said of both. Gives the pages that changed."""
    own, changed = str(number), []
    for code in sorted(set(were) ^ set(are), key=int):
        page = key_of_page(CHILDREN, int(code), IDENTITY)
        row = PageAnswers.objects.filter(referral=referral, page=page).first()
        row = row or PageAnswers(referral=referral, page=page, version=0)
        said = {*(row.answers.get("siblings") or []), own} if code in are else _without(row, own)
        row.answers = {**row.answers, "siblings": sorted(said, key=int)}
        if row.typed:
            row.typed = {**row.typed, "siblings": row.answers["siblings"]}
        row.version += 1
        row.saved_at, row.saved_by = by.at, by.user
        row.save()
        changed.append(page)
    return changed


def _without(row: PageAnswers, code: str) -> set[str]:
    return {one for one in row.answers.get("siblings") or [] if one != code}


def _plain(value: Any) -> Any:
    """JSON that every database keeps: a NUL character says nothing, and PostgreSQL refuses it."""
    if isinstance(value, str):
        return str(value).replace("\x00", "")
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _count_up(referral: Referral, group: Group, number: int) -> None:
    if number > MOST_OF_A_GROUP * 10:
        raise TooMany(f"There can be {MOST_OF_A_GROUP} of these on a referral.")
    if number > referral.last_numbers.get(group.key, 0):
        referral.last_numbers = {**referral.last_numbers, group.key: number}
        Referral.objects.filter(pk=referral.pk).update(last_numbers=referral.last_numbers)


@transaction.atomic
def add_one(referral: Referral, group: str, *, by: Standing) -> int:
    """Add a child, person, agency or process to the draft, with nothing known of it; gives its number.

    Raises TooMany when there are thirty.
    """
    kind = GROUPS[group]
    now = _writable(referral, by=by)
    if len(now.answers().numbers(group)) >= MOST_OF_A_GROUP:
        raise TooMany(f"There can be {MOST_OF_A_GROUP} of these on a referral.")
    number = now.last_numbers.get(group, 0) + 1
    _count_up(now, kind, number)
    PageAnswers.objects.create(
        referral=now, page=key_of_page(kind, number, kind.pages[0]), saved_at=by.at, saved_by=by.user
    )
    record(now.chain, f"{group} added to referral", by=by, subject=now)
    return number


@transaction.atomic
def remove_one(referral: Referral, group: str, number: int, *, by: Standing) -> None:
    """Take a child, person, agency or process out of the draft, with all that was written of it."""
    stem = f"{GROUPS[group].key}-{number}-"
    now = _writable(referral, by=by)
    siblings = now.answers().siblings(number) if group == CHILDREN.key else []
    gone, _ = PageAnswers.objects.filter(referral=now, page__startswith=stem).delete()
    if not gone:
        raise AlreadyDone("It has been removed already.")
    _tell_siblings(now, number, [str(one) for one in siblings], [], by=by)
    record(now.chain, f"{group} removed from referral", by=by, subject=now)


@transaction.atomic
def change_kind(referral: Referral, kind: str, *, by: Standing, seen_version: int | None = None) -> None:
    """Say that the referral is about another kind of event."""
    now = _writable(referral, by=by)
    amend(now, by=by, verb="kind of referral changed", seen_version=seen_version, kind=EventKind(kind))


@transaction.atomic
def attach(referral: Referral, upload: Upload, *, by: Standing) -> Attachment:
    """Attach a file that has been accepted. Raises AlreadyAttached when the same one is there."""
    now = _writable(referral, by=by)
    if Attachment.objects.filter(referral=now, upload__name=upload.name, upload__sha256=upload.sha256).exists():
        raise AlreadyAttached(upload.name)
    attachment = Attachment.objects.create(referral=now, upload=upload, added_by=by.user, added_at=by.at)
    record(now.chain, "file attached", by=by, subject=attachment)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Standing) -> None:
    """Take a file off the draft; its bytes are removed."""
    now = _writable(attachment.referral, by=by)
    upload = attachment.upload
    record(now.chain, "file removed", by=by, subject=attachment)
    attachment.delete()
    discard(upload)

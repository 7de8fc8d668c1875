"""Writing a paper in sections: every saving is kept, nobody overwrites what they have not seen."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from audit.events import Actor
from audit.lifecycle import StaleEdit
from govuk import rich_text

from .models import Comment, Draft, Section, SectionVersion


@transaction.atomic
def new_draft(title: str, sections: Iterable[tuple[str, ...]], *, by: Actor) -> Draft:
    """A draft with its sections: (key, heading) or (key, heading, guidance) or (key, heading, guidance, first text).

    The owner points at the draft and records the event: a draft knows no case.
    """
    draft = Draft.objects.create(title=title)
    for number, (key, heading, *more) in enumerate(sections, start=1):
        guidance, html = (*more, "", "")[:2]
        section = Section.objects.create(draft=draft, number=number, key=key, heading=heading, guidance=guidance)
        if html:
            save_section(section, html, by=by, seen_version=0)
    return draft


@transaction.atomic
def save_section(section: Section, html: str, *, by: Actor, seen_version: int) -> SectionVersion | None:
    """Keep a new version of the text, cleaned to the allowed formatting.

    `seen_version` is the section's version when the page was opened (0 for one never written). Returns the version
    that now stands, which is the earlier one when nothing differs (None: nothing was ever written). Raises StaleEdit
    with both texts when somebody saved in between.
    """
    clean = str(rich_text.clean(html))
    now = Section.objects.select_for_update().get(pk=section.pk)
    if now.version != seen_version and now.html != clean:
        raise StaleEdit(now, mine={"html": clean}, theirs={"html": now.html})
    if now.html == clean:
        section.html, section.version = now.html, now.version
        return now.versions.filter(number=now.version).first()
    moved = Section.objects.filter(pk=now.pk, version=seen_version).update(html=clean, version=seen_version + 1)
    if not moved:
        raise StaleEdit(now, mine={"html": clean}, theirs={"html": now.html})
    section.html, section.version = clean, seen_version + 1
    return SectionVersion.objects.create(
        section=now, number=seen_version + 1, html=clean, saved_by=by.user, saved_at=by.at
    )


def restore(section: Section, number: int, *, by: Actor, seen_version: int) -> SectionVersion | None:
    """Make what the section said at an earlier version its newest version. Raises SectionVersion.DoesNotExist."""
    earlier = section.versions.get(number=number)
    return save_section(section, earlier.html, by=by, seen_version=seen_version)


def comment(section: Section, text: str, *, by: Actor) -> Comment:
    """A remark beside a section."""
    return Comment.objects.create(section=section, text=text.strip(), made_by=by.user, made_at=by.at)


def resolve(remark: Comment, *, by: Actor) -> bool:
    """Settle a remark; False when somebody has settled it already."""
    return bool(Comment.objects.filter(pk=remark.pk, resolved_at=None).update(resolved_at=by.at, resolved_by=by.user))


@transaction.atomic
def discard(draft: Draft) -> None:
    """Remove a draft with all its versions and remarks. Only for disposal: the owner has recorded why."""
    Comment.objects.filter(section__draft=draft).delete()
    SectionVersion.objects.filter(section__draft=draft).delete()
    Section.objects.filter(draft=draft).delete()
    draft.delete()

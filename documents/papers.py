"""Issuing a paper: its content is frozen at once, its PDF and Word are made from that by the worker."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string

from audit.events import Actor

from .freezing import frozen, sha256_of
from .kicking import kick
from .models import IssuedDocument
from .typesetting import TookTooMuch, typeset

_log = logging.getLogger(__name__)

# Longer than all the papers of one round may take together: a lease that lapses means the worker died.
LEASE = timedelta(minutes=10)
MOST_TRIES = 3
A_ROUND = 20
WAITING, READY, FAILED = (
    IssuedDocument.Rendering.WAITING,
    IssuedDocument.Rendering.READY,
    IssuedDocument.Rendering.FAILED,
)
TOO_LONG = "It is too long, or something in it cannot be set. Shorten it, or split it, and issue it again."
DIED = "The program that prepares papers stopped three times. Tell the partnership's business unit."


def issue(
    paper: Any,
    *,
    kind: str,
    title: str,
    reference: str,
    template: str,
    by: Actor,
    with_word: bool = False,
    marking: str = "OFFICIAL-SENSITIVE",
) -> IssuedDocument:
    """Freeze a paper's dataclass, in the caller's transaction, and ask the worker to prepare it after commit.

    Dates in the dataclass are frozen in words. `template` extends documents/paper.html and gets `paper` (the frozen
    content) and `issued`. `title` and `reference` hold no name of a child. Issuing cannot fail for want of a worker.
    """
    content = frozen(paper)
    issued = IssuedDocument.objects.create(
        kind=kind,
        title=title,
        reference=reference,
        marking=marking,
        template=template,
        content=content,
        content_sha256=sha256_of(content),
        with_word=with_word,
        issued_at=by.at,
        issued_by=by.user,
        capacity=by.capacity[:300],
    )
    transaction.on_commit(kick, robust=True)
    return issued


def html_of(issued: IssuedDocument) -> str:
    """The paper as HTML that needs nothing else: its style is inside. Raises ValueError if the content was changed."""
    if sha256_of(issued.content) != issued.content_sha256:
        raise ValueError(f"The content of issued document {issued.pk} is not what was frozen.")
    return render_to_string(issued.template, {"paper": issued.content, "issued": issued})


def render_waiting(*, at: datetime, limit: int = A_ROUND) -> int:
    """Prepare up to `limit` waiting papers; returns how many became ready. Running twice equals running once.

    Each is claimed with a lease by a conditional update; a worker that dies leaves a lease that lapses, and the
    paper is prepared again. After three tries it is marked failed, with a reason in plain words.
    """
    _give_up(at=at)
    ready = 0
    for _ in range(limit):
        issued = _claimed(at=at)
        if issued is None:
            break
        ready += _render(issued, at=at)
    return ready


def some_wait(*, at: datetime) -> bool:
    """Whether a paper waits that nobody has claimed."""
    return IssuedDocument.objects.filter(_waiting(at), tries__lt=MOST_TRIES).exists()


def _waiting(at: datetime) -> Q:
    return Q(rendering=WAITING) & (Q(claimed_until=None) | Q(claimed_until__lt=at))


def _give_up(*, at: datetime) -> None:
    IssuedDocument.objects.filter(_waiting(at), tries__gte=MOST_TRIES).update(
        rendering=FAILED, failure=DIED, claimed_until=None
    )


def _claimed(*, at: datetime) -> IssuedDocument | None:
    """The next waiting paper, ours until the lease lapses; None when there is none."""
    while True:
        issued = IssuedDocument.objects.filter(_waiting(at), tries__lt=MOST_TRIES).order_by("tries", "pk").first()
        if issued is None:
            return None
        claimed = IssuedDocument.objects.filter(_waiting(at), pk=issued.pk, tries=issued.tries).update(
            tries=F("tries") + 1, claimed_until=at + LEASE
        )
        if claimed:
            issued.tries += 1
            return issued


def _render(issued: IssuedDocument, *, at: datetime) -> bool:
    try:
        made = _made(issued)
    except TookTooMuch as error:
        _log.warning("issued document %s was not prepared: %s", issued.pk, error)
        _return(issued, TOO_LONG)
        return False
    except Exception as error:  # one bad template must not keep the other papers waiting
        _log.error("issued document %s was not prepared: %s", issued.pk, type(error).__name__, exc_info=True)
        _return(issued, "The program that prepares papers failed. Tell the partnership's business unit.")
        return False
    return _keep(issued, made, at=at)


def _made(issued: IssuedDocument) -> dict[str, bytes]:
    """The HTML, the PDF and, where wanted, the Word document."""
    html = html_of(issued)
    facts = {
        "identifier": issued.content_sha256[:32],
        "title": issued.title,
        "reference": issued.reference,
        "marking": issued.marking,
        "issued_at": issued.issued_at.isoformat(),
    }
    made = {"html": html.encode(), "pdf": typeset("pdf", html, facts, static=_static())}
    if issued.with_word:
        made["word"] = typeset("word", html, facts, static=_static())
    return made


def _static() -> Path:
    found = finders.find("papers/paper.css")
    if not found:
        raise FileNotFoundError("papers/paper.css is not among the static files.")
    return Path(found).parent


def _keep(issued: IssuedDocument, made: dict[str, bytes], *, at: datetime) -> bool:
    """Store the files and mark the paper ready, unless somebody else was quicker: then nothing of ours stays."""
    stored = []
    kept: dict[str, Any] = {}
    try:
        for form, content in made.items():
            field = getattr(issued, form)
            field.save(form, ContentFile(content), save=False)
            stored.append((field.storage, field.name))
            kept |= {
                form: field.name,
                f"{form}_sha256": hashlib.sha256(content).hexdigest(),
                f"{form}_size": len(content),
            }
        # The number of the try is the ticket: a worker that lost its lease holds an old one.
        won = IssuedDocument.objects.filter(pk=issued.pk, rendering=WAITING, tries=issued.tries).update(
            rendering=READY, rendered_at=at, claimed_until=None, failure="", **kept
        )
    except BaseException:
        _remove(stored)
        raise
    if not won:
        _remove(stored)
    return bool(won)


def _remove(stored: list[tuple[Any, str]]) -> None:
    for storage, name in stored:
        storage.delete(name)


def _return(issued: IssuedDocument, why: str) -> None:
    """Give the claim back for another try, or mark the paper failed after the last."""
    last = issued.tries >= MOST_TRIES
    IssuedDocument.objects.filter(pk=issued.pk, rendering=WAITING, tries=issued.tries).update(
        rendering=FAILED if last else WAITING, claimed_until=None, failure=why
    )


def try_again(issued: IssuedDocument) -> None:
    """Let a failed paper be prepared once more, from the same frozen content."""
    IssuedDocument.objects.filter(pk=issued.pk, rendering=FAILED).update(rendering=WAITING, tries=0, failure="")
    transaction.on_commit(kick, robust=True)


def discard(issued: IssuedDocument) -> None:
    """Remove the row, and its files once that is committed. Only for disposal: the owner has recorded why."""
    stored = [(field.storage, str(field.name)) for field in (issued.html, issued.pdf, issued.word) if field]
    issued.delete()
    transaction.on_commit(lambda: _remove(stored))

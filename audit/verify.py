"""Proving the chains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from . import chain
from .models import Anchor, Event, Trail


@dataclass(frozen=True)
class Broken:
    """The first broken link of a chain."""

    trail: str
    number: int
    why: str

    def __str__(self) -> str:
        return f"chain {self.trail}, event {self.number}: {self.why}"


def first_break(trail: Trail) -> Broken | None:
    """Walk one chain from its start; None when every link holds."""
    previous, number, known = "", 0, chain.keys()
    for event in Event.objects.filter(trail=trail).order_by("number").select_related("reason").iterator(2000):
        number += 1
        if event.number != number:
            return Broken(trail.key, number, "the event is missing")
        if event.previous != previous:
            return Broken(trail.key, number, "it does not follow the event before it")
        if event.key_id not in known:
            return Broken(trail.key, number, f"its key {event.key_id} is not among AUDIT_KEYS")
        if event.digest != chain.digest_of(event, trail.key):
            return Broken(trail.key, number, "its content was changed")
        reason = getattr(event, "reason", None)
        if reason and chain.reason_digest(reason.text, reason.salt, event.key_id) != event.reason_hash:
            return Broken(trail.key, number, "its reason was changed")
        previous = event.digest
    if (number, previous) != (trail.length, trail.head):
        return Broken(trail.key, number + 1, "the end of the chain was cut off or added to")
    return None


def breaks() -> Iterator[Broken]:
    """The first broken link of each chain that does not hold, and every chain cut against an anchor."""
    for trail in Trail.objects.order_by("key").iterator():
        if broken := first_break(trail):
            yield broken
    for anchor in Anchor.objects.order_by("at"):
        yield from against(anchor)


def against(anchor: Anchor) -> Iterator[Broken]:
    """Compare the chains with an anchor taken earlier: a cut tail or a missing chain shows."""
    if anchor.digest != chain.seal(chain.canonical({"at": anchor.at, "lengths": anchor.lengths}), anchor.key_id):
        yield Broken("anchors", anchor.pk, "the anchor was changed")
        return
    for key, (length, head) in anchor.lengths.items():
        if not length:
            continue
        event = Event.objects.filter(trail__key=key, number=length).only("digest").first()
        if event is None or event.digest != head:
            yield Broken(key, length, f"it differs from the anchor of {anchor.at:%d %B %Y %H:%M} UTC")


def cast_anchor(*, at: datetime) -> Anchor:
    """Seal every head at this instant. The printed digest is what is kept off the machine."""
    with transaction.atomic():
        lengths = {trail.key: [trail.length, trail.head] for trail in Trail.objects.order_by("key")}
        key_id = chain.newest_key_id()
        return Anchor.objects.create(
            at=at,
            heads=len(lengths),
            lengths=lengths,
            key_id=key_id,
            digest=chain.seal(chain.canonical({"at": at, "lengths": lengths}), key_id),
        )

"""Proving the chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

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


ANCHOR_EVERY = timedelta(days=1)
_READ = ("trail_id", "digest", "reason__text", "reason__salt", *chain.CHAINED)


def first_break(trail: Trail) -> Broken | None:
    """Walk one chain from its start; None when every link holds. Nobody adds to it meanwhile."""
    with transaction.atomic():
        head = Trail.objects.select_for_update().get(pk=trail.pk)
        return _first_of(head, _links(Event.objects.filter(trail=head)), chain.keys())


def breaks() -> Iterator[Broken]:
    """The first broken link of each chain that does not hold, and every chain that differs from an anchor."""
    for trail in list(_suspected()):
        if broken := first_break(trail):
            yield broken
    previous = ""
    for anchor in Anchor.objects.order_by("pk"):
        if anchor.previous != previous:
            yield Broken("anchors", anchor.pk, "an anchor before it is missing")
        previous = anchor.digest
        yield from against(anchor)


def _suspected() -> Iterator[Trail]:
    """The chains that look broken when all events are read at once, without a lock: people go on working meanwhile."""
    known = chain.keys()
    waiting = {trail.pk: trail for trail in Trail.objects.all()}
    for trail_id, links in groupby(_links(Event.objects.all()), key=itemgetter(0)):
        trail = waiting.pop(trail_id, None)
        # One that began after the heads were read is left for the next time.
        if trail is not None and _first_of(trail, links, known):
            yield trail
    yield from (trail for trail in waiting.values() if trail.length or trail.head)


def _links(events: Any) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = (
        events.order_by("trail_id", "number").values_list(*_READ).iterator(chunk_size=5000)
    )
    return rows


def _first_of(trail: Trail, links: Iterable[tuple[Any, ...]], known: Mapping[str, bytes]) -> Broken | None:
    previous, number = "", 0
    for _, digest, reason, salt, *values in links:
        number += 1
        facts = dict(zip(chain.CHAINED, values, strict=True))
        if facts["number"] != number:
            return Broken(trail.key, number, "the event is missing")
        if facts["previous"] != previous:
            return Broken(trail.key, number, "it does not follow the event before it")
        if facts["key_id"] not in known:
            return Broken(trail.key, number, f"its key {facts['key_id']} is not among AUDIT_KEYS")
        if digest != chain.digest_of_facts(facts, trail.key, known):
            return Broken(trail.key, number, "its content was changed")
        if reason is not None and chain.reason_digest(reason, salt, facts["key_id"]) != facts["reason_hash"]:
            return Broken(trail.key, number, "its reason was changed")
        previous = digest
    if (number, previous) != (trail.length, trail.head):
        return Broken(trail.key, number + 1, "the end of the chain was cut off or added to")
    return None


def against(anchor: Anchor) -> Iterator[Broken]:
    """Compare the chains with an anchor taken earlier: a cut tail, a missing or a rebuilt chain shows."""
    known = chain.keys()
    if anchor.key_id not in known or anchor.digest != _sealed(anchor):
        yield Broken("anchors", anchor.pk, "the anchor was changed")
        return
    for key, (length, head) in anchor.lengths.items():
        digest = Event.objects.filter(trail__key=key, number=length).values_list("digest", flat=True).first()
        if digest != head:
            yield Broken(key, length, f"it differs from the anchor of {anchor.at:%d %B %Y %H:%M} UTC")


def _sealed(anchor: Anchor) -> str:
    facts = {"at": anchor.at, "heads": anchor.heads, "lengths": anchor.lengths, "previous": anchor.previous}
    return chain.seal(chain.canonical(facts), anchor.key_id)


def is_kept(digest: str) -> bool:
    """Whether an anchor printed earlier is still among ours. If it is not, the anchors themselves were cut."""
    return Anchor.objects.filter(digest=digest.strip().lower()).exists()


def anchor_if_due(*, at: datetime) -> Anchor | None:
    """Cast an anchor unless there is one of the last day; running twice equals running once."""
    with transaction.atomic():
        Trail.objects.select_for_update().get(pk=Trail.of_the_house().pk)
        if Anchor.objects.filter(at__gt=at - ANCHOR_EVERY).exists():
            return None
        return cast_anchor(at=at)


def cast_anchor(*, at: datetime) -> Anchor:
    """Seal every head at this instant. The printed digest is what is kept off the machine."""
    with transaction.atomic():
        # Two anchors at once would both follow the same one: the chain of the house is their lock.
        Trail.objects.select_for_update().get(pk=Trail.of_the_house().pk)
        anchored: dict[str, int] = {}
        for lengths in Anchor.objects.order_by("pk").values_list("lengths", flat=True).iterator():
            anchored.update({key: length for key, (length, _) in lengths.items()})
        last = Anchor.objects.order_by("pk").last()
        trails = list(Trail.objects.order_by("key"))
        anchor = Anchor(
            at=at.replace(microsecond=0),
            heads=len(trails),
            lengths={
                trail.key: [trail.length, trail.head] for trail in trails if trail.length > anchored.get(trail.key, 0)
            },
            previous=last.digest if last else "",
            key_id=chain.newest_key_id(),
        )
        anchor.digest = _sealed(anchor)
        anchor.save()
    return anchor

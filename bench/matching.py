"""Possible duplicates of a referral, among a child of every case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bench.building import Built
from bench.findings import Finding
from bench.measuring import queries_of, side_by_side
from cases.models import Case, Child, Identity
from referrals.duplicates import possible_duplicates

AT_MOST_QUERIES = 2
AT_A_TIME = 2000
# The keys of the trails of the cases that were written in bulk begin like this.
IN_BULK = "00000000"
FIRST = ("Zephyrine", "Ottoline", "Marigold", "Peregrine", "Tamsin", "Jory", "Loveday", "Caspian", "Elowen", "Merryn")
LAST = ("Quill", "Feather", "Gannet", "Penrose", "Tremain", "Carlyon", "Marsh", "Vane", "Finch", "Thorne", "Beck")
ENDS = ("", "ton", "ley", "wood", "by", "ham", "more", "ings", "field", "worth", "stead")
_COMPARED = ("pk", "incident_on", "child_set__identity__full_name", "child_set__identity__born_on")


def measure(built: Built) -> tuple[list[Finding], str]:
    """The ranking beside the bare reading of the same rows. The one child that is the same must come first."""
    _name_everyone(built)
    by = built.by("coordinator")
    told, twin = Case.objects.filter(chain__key__startswith=IN_BULK).order_by("pk")[:2]
    mine = Identity.objects.filter(child__case=told).first()
    assert mine is not None
    Identity.objects.filter(child__case=twin).update(
        full_name=mine.full_name.replace("e", "a"), born_on=mine.born_on, postcode=mine.postcode, address=mine.address
    )

    def ranked() -> object:
        return possible_duplicates(told, by=by)

    def bare() -> object:
        return list(Case.objects.order_by().values_list(*_COMPARED))

    found = possible_duplicates(told, by=by)
    assert found and found[0].case == twin, "the same child, spelt another way, does not come first"
    asked = queries_of(ranked)
    assert asked <= AT_MOST_QUERIES, f"possible duplicates ask {asked} queries"
    children = Identity.objects.exclude(child=None).count()
    series = side_by_side({"possible duplicates": ranked, "bare query": bare}, rounds=7)
    finding = Finding.of("   possible duplicates", series, "possible duplicates", "bare query")
    return [finding], f"Possible duplicates: {children:,} children compared in {asked} queries."


def _name_everyone(built: Built) -> None:
    """A child with a name, a birthday and an address for each case that has none."""
    without = list(Case.objects.filter(chain__key__startswith=IN_BULK, child_set=None).order_by("pk"))
    for at in range(0, len(without), AT_A_TIME):
        cases = without[at : at + AT_A_TIME]
        children = Child.objects.bulk_create([Child(case=case, number=1, pseudonym="Child A") for case in cases])
        Identity.objects.bulk_create(list(_identities(built, children)))


def _identities(built: Built, children: list[Child]) -> Iterator[Identity]:
    chance = built.chance
    for child in children:
        yield Identity(
            child=child,
            full_name=f"{chance.choice(FIRST)} {chance.choice(LAST)}{chance.choice(ENDS)}",
            born_on=built.today - timedelta(days=chance.randrange(18 * 365)),
            address=f"{chance.randrange(1, 200)} {chance.choice(LAST)}{chance.choice(ENDS)} Street",
            postcode=f"TR{chance.randrange(1, 27)} {chance.randrange(1, 10)}AB",
        )

"""Row C5: no list, count, search, export or choice tells of the other side."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from documents.models import UploadText
from tests.permissions.expected import EXPECTED
from tests.permissions.world import ROLES, TWO, Everything

# Everything but what is opened by its own key: lists, desks, searches, forms with choices.
LISTS = [
    name
    for name, line in EXPECTED.items()
    if name.startswith(("caseload:", "referrals:", "incident:", "rapid_reviews:", "agency_returns:", "lcspr:", "improvements:"))
    and not line.pressed
    and line.answers[200]
    and name not in ("agency_returns:reply", "caseload:help_topic")
]  # fmt: skip
SEES_BOTH = {"coordinator"}


def of_the_other_side(world: Everything) -> re.Pattern[str]:
    """Anything that would tell of side two: its references, titles, names and the titles of its drafts."""
    two = world.two
    cases = (two.case, two.middle, two.late, two.ended, two.death.case)
    words = [case.reference for case in cases]
    words += [two.case.title, *TWO.child_name.split(), *TWO.sibling[0].split(), f"Draft {two.draft.pk}<"]
    return re.compile("|".join(re.escape(word) for word in words if word), re.IGNORECASE)


def plain_addresses() -> list[str]:
    from tests.permissions.addresses import parts_of

    return [name for name in LISTS if not parts_of(name)]


@pytest.mark.parametrize("role", [role for role in ROLES if role not in SEES_BOTH])
def test_c5_no_list_shows_anything_of_the_other_side(world, role):
    telling = of_the_other_side(world)
    for name in plain_addresses():
        answer = world.client(role).get(reverse(name))
        assert not telling.search(answer.getvalue().decode()), name


@pytest.mark.parametrize("role", [role for role in ROLES if role not in SEES_BOTH])
def test_c5_no_search_finds_or_counts_anything_of_the_other_side(world, role):
    client, url = world.client(role), reverse("caseload:search")
    nothing = client.post(url, {"words": "Zzyzx"}).content
    two = world.two
    for words in (TWO.child_name, "underwillow", two.case.reference, two.case.title[:40]):
        found = client.post(url, {"words": words}).content
        assert shape(found, words) == shape(nothing, "Zzyzx"), words


def test_c5_a_name_in_a_file_is_found_and_spelt_for_nobody_who_may_not_see_names(world):
    url = reverse("caseload:search")
    said = "What the mother of Zephyrine Quillfeather said to the nurse."
    UploadText.objects.create(upload=world.one.notification_file.upload, words=said, read_at=world.now)
    for role, entitled in (("partner", True), ("auditor", False)):
        found = world.client(role).post(url, {"words": "nurse"}).content.decode()
        assert (world.one.case.reference in found) == entitled
        spelt = world.client(role).post(url, {"words": "Quilfeather"}).content.decode()
        assert ("quillfeather" in spelt.lower()) == entitled


def shape(page: bytes, words: str) -> str:
    """The page without what was typed and without the tokens of its forms."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return text.replace(words, "")


def test_c5_a_search_that_matches_both_sides_shows_only_ones_own(world):
    answer = world.client("partner").post(reverse("caseload:search"), {"words": "-20"}).content.decode()
    assert world.one.case.reference in answer
    assert not of_the_other_side(world).search(answer)


@pytest.mark.parametrize("role", ["agency_lead", "la_notifier", "partner", "reviewer"])
def test_c5_filters_and_orders_never_widen_a_list(world, role):
    telling = of_the_other_side(world)
    asked = (
        f"?agency={world.world.agencies['hospital'].pk}",
        f"?incident_la={world.two.la.pk}",
        "?status=&state=&case=&q=Underwillow",
        "?ordering=child__identity__full_name",
        "?case__child__identity__full_name__startswith=P",
        "?page=2",
        "?after=0",
    )
    for name in (
        "caseload:cases",
        "referrals:list",
        "agency_returns:list",
        "improvements:list",
        "lcspr:list",
        "incident:list",
    ):
        for query in asked:
            answer = world.client(role).get(reverse(name) + query)
            assert answer.status_code == 200, name + query
            assert not telling.search(answer.content.decode()), name + query


def test_c5_the_list_of_the_one_is_as_long_whether_or_not_there_is_another(world):
    """What cannot be seen is not counted either: totals are those of one's own rows."""
    listed = world.client("partner").get(reverse("caseload:cases")).content.decode()
    own = (world.one.case, world.one.middle, world.one.late, world.one.ended, world.one.death.case)
    assert all(case.reference in listed for case in own)
    assert not re.search(rf"\b{2 * len(own)} (cases|results)", listed)

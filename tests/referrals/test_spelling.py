"""Names and addresses written by different people, and how two children of two referrals are ranked by them."""

from datetime import date

import pytest

from cases.actions import add_child, open_case
from referrals.duplicates import possible_duplicates
from referrals.spelling import letters, likeness, names_in, same_house, trigrams

BORN = date(2019, 3, 4)
ADDRESS = {"address": "14 Fore Street, Redruth", "postcode": "TR15 1AA"}
MOVED = {"address": "Flat 2, 9 Sea Road, Looe", "postcode": "PL13 2BB"}
CHILD = {"full_name": "Siân Trevelyan-Jones", "born_on": BORN, **ADDRESS}
NAME, LIKE_NAME = "A child has the same or almost the same name", "A child has a similar name"
BIRTH, LIKE_BIRTH = "A child was born on the same day", "A child was born on almost the same date"
HOME, EXPECTED = "A child lives at the same address", "A child was expected at about the same time"


def test_accents_capitals_and_the_order_of_names_make_no_difference():
    assert trigrams(letters("Zoë O’Brien-Smith")) == trigrams(letters("smith zoe O BRIEN"))
    assert letters("Łukasz Weiß\u200b") == ("lukasz", "weiss")
    assert likeness(trigrams(letters("Oliver Moor")), trigrams(letters("Katherine Penrose"))) < 0.1
    assert likeness(trigrams(letters("")), trigrams(letters(""))) == 0


def test_a_name_in_another_alphabet_is_compared_too():
    one, other, another = (trigrams(letters(name)) for name in ("محمّد علي", "محمد علي", "王小明"))
    assert (likeness(one, other), likeness(one, another)) == (1, 0)


@pytest.mark.parametrize("nobody", ["", "X", "N/A", "Unknown", "Baby girl", "not known", "—"])
def test_what_stands_for_an_unknown_name_is_no_name(nobody):
    assert names_in(nobody, "") == ()


def test_the_house_next_door_is_another_house():
    assert same_house("Flat 2, 14a Fore Street", "14A Fore St, flat 2")
    assert not same_house("14 Fore Street", "16 Fore Street")


@pytest.fixture
def found(cast, standing):
    """`found(other, mine=...)`: how the case of one child is alike to the case of another, and with what score."""

    def of(other, mine=CHILD, said=None):
        by = standing(cast.coordinator)
        told, known = (open_case(by=by, incident_la=cast.agencies.westmoor, **(said or {})) for _ in range(2))
        add_child(told, by=by, identity=mine)
        add_child(known, by=by, identity=other)
        candidates = possible_duplicates(told, by=by)
        return (candidates[0].score, candidates[0].reasons) if candidates else (0, [])

    return of


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"full_name": "Sian Jones-Trevelyan"}, [NAME]),
        ({"full_name": "JONES, Sian", **MOVED}, [NAME]),
        ({"full_name": "Sian Mary Trevelyan Jones"}, [NAME]),
        ({"full_name": "Sian Treveylan-Jones"}, [NAME]),
        ({"full_name": "Sian TrevelyanJones"}, [NAME]),
        ({"full_name": "Shan Trevellian-Johns", "born_on": date(2019, 4, 3)}, [LIKE_NAME, LIKE_BIRTH]),
        ({"full_name": "Ella Penrose", **ADDRESS}, [HOME]),
        ({"full_name": "Ella Penrose", **ADDRESS, "address": "14 fore st Redruth"}, [HOME]),
        ({"full_name": "Ella Penrose", "born_on": BORN, **ADDRESS}, [HOME, BIRTH]),
        ({"full_name": "Unknown", "born_on": BORN, **MOVED}, [BIRTH]),
    ],
)
def test_one_child_or_its_family_is_found_however_it_is_written(found, other, why):
    assert found(other)[1] == why


@pytest.mark.parametrize(
    "other",
    [
        {"full_name": "Ella Penrose", **MOVED, "born_on": date(2011, 7, 9)},
        {"full_name": "Ella Penrose", **ADDRESS, "address": "16 Fore Street, Redruth"},
        {"full_name": "Sioned Trethewey-James", **MOVED},
    ],
)
def test_a_neighbour_and_a_stranger_with_a_name_like_it_are_not(found, other):
    assert found(other) == (0, [])


def test_a_name_that_sounds_the_same_is_similar(found):
    mine = {"full_name": "Mohammed Ali", "born_on": BORN}
    assert found({"full_name": "Muhamad Aly", "born_on": BORN}, mine)[1] == [BIRTH, LIKE_NAME]


@pytest.mark.parametrize(
    "other", [{"full_name": "Ella Rowe", "born_on": date(2026, 11, 20)}, {"expected_on": date(2026, 12, 4)}]
)
def test_a_child_not_born_yet_is_found_again_before_and_after_the_birth(found, other):
    expected = {"full_name": "Baby Penrose", "expected_on": date(2026, 12, 1), **ADDRESS}
    assert found({**other, **ADDRESS}, expected)[1] == [HOME, EXPECTED]


def test_of_a_child_nobody_can_name_the_day_of_the_incident_is_enough(found):
    assert found({}, {}, said={"incident_on": date(2026, 9, 5)})[1] == ["The incident was on the same day"]


def test_the_name_of_one_child_and_the_birthday_of_another_do_not_add_up(cast, standing):
    by = standing(cast.coordinator)
    told, mixed, right = (open_case(by=by, incident_la=cast.agencies.westmoor) for _ in range(3))
    add_child(told, by=by, identity={"full_name": "Ella Penrose", "born_on": BORN})
    add_child(told, by=by, identity={"full_name": "Jory Penrose", "born_on": date(2016, 1, 9)})
    add_child(mixed, by=by, identity={"full_name": "Ella Penrose", "born_on": date(2005, 8, 8)})
    add_child(mixed, by=by, identity={"full_name": "Tamsin Vane", "born_on": date(2016, 2, 9)})
    add_child(right, by=by, identity={"full_name": "Ela Penrose", "born_on": date(2019, 4, 3)})
    ranked = possible_duplicates(told, by=by)
    assert [(candidate.case, candidate.score) for candidate in ranked] == [(right, 37), (mixed, 60)][::-1]

"""Brothers and sisters among the children of a case: said of both, by pseudonym, and of no other case's child."""

import pytest
from django.urls import reverse

from audit.lifecycle import StaleEdit
from audit.models import Event
from cases.actions import add_child, change_child, link_siblings
from cases.models import Child


@pytest.fixture
def by(cast, standing):
    return standing(cast.coordinator)


@pytest.fixture
def children(case_one, by):
    first = case_one.child_set.get()
    return first, add_child(case_one, by=by), add_child(case_one, by=by)


def siblings():
    return {str(child): [str(one) for one in child.siblings.all()] for child in Child.objects.order_by("number")}


def page_of(child):
    return reverse("cases:child", args=[child.pk])


def test_who_may_change_a_child_links_it_to_another_and_takes_that_back(signed_in, cast, case_one, children):
    first, second, _ = children
    client = signed_in(cast.coordinator)
    facts = {"sex": "not_known", "ethnicity": "UNKNOWN", "disability": "not_known", "harm": "not_known"}
    facts |= dict.fromkeys(("looked_after", "care_leaver", "child_in_need", "child_protection"), "not_known")
    facts |= {"known_to_agency": "not_known", "education": "not_known"}
    for chosen, expected in ([second.pk], ["Child B"]), ([], []):
        first.refresh_from_db()
        answer = client.post(page_of(first), {**facts, "siblings": chosen, "seen_version": first.version})
        assert answer.status_code == 302
        assert siblings() == {"Child A": expected, "Child B": ["Child A"] if expected else [], "Child C": []}
        people = client.get(reverse("cases:people", args=[case_one.pk])).content.decode()
        assert people.count("Brother or sister of") == 2 * len(expected)


def test_each_childs_history_says_who_they_were_and_its_chain_that_it_was_changed(children, by):
    first, second, third = children
    link_siblings(first, [second, third], by=by)
    assert Event.objects.filter(verb="brothers and sisters changed").count() == 3
    link_siblings(first, [second, third], by=by)
    assert Event.objects.filter(verb="brothers and sisters changed").count() == 3, "nothing changed"
    link_siblings(third, [], by=by)
    for child, then, now in ((first, {second.pk, third.pk}, {second.pk}), (third, {first.pk}, set())):
        latest, before = child.history.order_by("-history_id")[:2]
        assert {row.to_child_id for row in latest.siblings.all()} == now
        assert {row.to_child_id for row in before.siblings.all()} == then
        assert latest.history_user == by.user
        assert Child.objects.get(pk=child.pk).version == child.history.count()


def test_a_child_of_another_case_or_the_child_itself_is_nobodys_brother_or_sister(
    signed_in, cast, case_one, case_two, children, by
):
    first, _, _ = children
    other = add_child(case_two, by=by)
    for wrong in (other, first):
        with pytest.raises(ValueError, match="same case"):
            link_siblings(first, [wrong], by=by)
    said = []
    for pk in (other.pk, 999_999, first.pk):
        form = signed_in(cast.coordinator).post(page_of(first), {"siblings": [pk], "seen_version": 1}).context["form"]
        said.append(form.errors["siblings"])
    assert said == [["Select only children of this case"]] * 3
    assert not Child.siblings.through.objects.exists()


def test_two_who_change_who_is_whose_do_not_overwrite_each_other(children, by):
    first, second, third = children
    change_child(second, by=by, seen_version=1, siblings=[first])
    with pytest.raises(StaleEdit) as stale:
        change_child(first, by=by, seen_version=1, siblings=[third], sex="male")
    assert (stale.value.mine["siblings"], stale.value.theirs["siblings"]) == ([third], [second])
    assert siblings()["Child A"] == ["Child B"]
    current = Child.objects.get(pk=first.pk)
    change_child(current, by=by, seen_version=current.version, siblings=[third], sex="male")
    assert siblings() == {"Child A": ["Child C"], "Child B": [], "Child C": ["Child A"]}
    assert Child.objects.get(pk=first.pk).sex == "male"

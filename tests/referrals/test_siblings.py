"""Whose brother or sister a child is: said once, true of both, and carried to the case."""

import pytest

from audit.lifecycle import StaleEdit
from audit.models import Event
from cases.models import Child
from referrals import actions, presenting
from tests.referrals.addresses import page, url


@pytest.fixture
def by(cast, standing):
    return standing(cast.referrer)


def said(referral):
    answers = referral.answers()
    return {number: answers.siblings(number) for number in answers.numbers("child")}


def missing(referral):
    return [str(gap) for gap in referral.answers().gaps() if "brother or sister" in gap.words]


def test_what_is_said_of_one_child_is_said_of_the_other_and_can_be_taken_back_from_either(written, by):
    actions.save_page(written, "child-2-identity", {"subject": "sibling", "siblings": ["1", "3"]}, by=by)
    assert said(written) == {1: [2], 2: [1, 3], 3: [2]}
    event = Event.objects.filter(trail=written.chain, verb="page saved").last()
    assert event.changed == ["child-1-identity", "child-2-identity", "child-3-identity"]
    actions.save_page(written, "child-3-identity", {"siblings": []}, by=by)
    assert said(written) == {1: [2], 2: [1], 3: []}
    assert written.answers().of("child", 1, "identity", "full_name") == "Zephyrine Quillfeather"


def test_whoever_has_the_other_childs_page_open_does_not_undo_it_unawares(written, by):
    seen = written.pages()["child-1-identity"].version
    actions.save_page(written, "child-2-identity", {"siblings": ["1"]}, by=by)
    with pytest.raises(StaleEdit):
        actions.save_page(written, "child-1-identity", {"siblings": []}, by=by, seen_version=seen)


def test_removing_a_child_leaves_the_others_right(written, cast, by, signed_in):
    actions.save_page(written, "child-2-identity", {"subject": "sibling", "siblings": ["1", "3"]}, by=by)
    actions.remove_one(written, "child", 1, by=by)
    assert said(written) == {2: [3], 3: [2]}
    check = signed_in(cast.referrer).get(url("check", written.pk)).content.decode()
    rows = {
        card.title: [str(row.value) for row in card.rows if row.key == "Brother or sister of"]
        for shown in presenting.shown_answers(written.answers(), with_identities=False)
        for card in shown.cards
    }
    assert (rows["Child 1"], rows["Child 2"]) == (["['Child 2']"], ["['Child 1']"])
    assert "Brother or sister of" in check
    actions.remove_one(written, "child", 3, by=by)
    assert said(written) == {2: []}
    assert missing(written) == [], "the only child there is has nobody to be linked to"


def test_it_is_missed_of_a_child_marked_as_a_brother_or_sister_and_of_no_other(written, by):
    assert missing(written) == ["Child 2: whose brother or sister the child is"]
    actions.save_page(written, "child-1-identity", {"siblings": ["2"]}, by=by)
    assert missing(written) == []


def test_the_page_asks_by_number_and_name_and_only_where_there_is_another_child(written, draft, cast, by, signed_in):
    client = signed_in(cast.referrer)
    field = client.get(page(written, "child-3-identity")).context["form"].fields["siblings"]
    assert field.choices == [("1", "Child 1: Zephyrine Quillfeather"), ("2", "Child 2: Ottoline Quillfeather")]
    for number in (2, 3):
        actions.remove_one(written, "child", number, by=by)
    assert "siblings" not in client.get(page(written, "child-1-identity")).context["form"].fields


@pytest.mark.parametrize("code", ["1", "9", "x"])
def test_a_number_that_is_no_other_child_is_refused_in_plain_words(written, cast, signed_in, code):
    seen = written.pages()["child-1-identity"].version
    answer = signed_in(cast.referrer).post(
        page(written, "child-1-identity"), {"siblings": ["2", code], "seen_version": seen}
    )
    assert "Select only children who are on this referral" in answer.content.decode()
    assert said(written)[1] == []


def test_the_children_of_the_case_are_linked_both_ways_and_named_by_pseudonym(written, cast, standing, by):
    actions.save_page(written, "child-2-identity", {"subject": "sibling", "siblings": ["1"]}, by=by)
    actions.send_for_approval(written, by=by)
    sent = actions.approve(written, by=standing(cast.lead))
    first, second, third = Child.objects.filter(case=sent.case).order_by("number")
    assert (list(first.siblings.all()), list(second.siblings.all())) == ([second], [first])
    assert not third.siblings.exists()
    linked = Event.objects.filter(trail=sent.chain, verb="brothers and sisters changed")
    assert {event.subject for event in linked} == {f"cases.Child:{first.pk}", f"cases.Child:{second.pk}"}
    paper = str(sent.paper.content)
    assert "Brother or sister of" in paper
    assert "Child B" in paper


def test_only_of_a_child_marked_as_a_brother_or_sister_does_the_check_say_that_it_is_not_answered(written):
    rows = {
        card.title: row.value
        for shown in presenting.shown_answers(written.answers(), with_identities=False)
        for card in shown.cards
        for row in card.rows
        if row.key == "Brother or sister of"
    }
    assert rows == {"Child 1": "", "Child 2": "Not answered", "Child 3": ""}

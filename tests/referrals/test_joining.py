"""Two referrals of one incident: joined without altering either, and undone."""

from datetime import UTC, date, datetime

import pytest

from audit.lifecycle import AlreadyDone
from audit.models import Event
from audit.verify import breaks
from cases.actions import declare_conflict
from cases.models import Case, Child
from deadlines.models import Deadline
from decisions.actions import record_position
from decisions.models import Seat
from notifications.incident.actions import record_awareness
from notifications.incident.models import Notification
from referrals import actions
from referrals.duplicates import possible_duplicates
from referrals.models import Joining, Referral, Status
from referrals.rights import NotPermitted
from tests.answers import answers_to


@pytest.fixture
def second(cast, standing) -> Referral:
    """The hospital's referral of the same baby, whose name it spells another way."""
    author = standing(cast.other_referrer)
    referral = actions.start_draft(by=author, agency=cast.agencies.hospital)
    for page, given in {
        "child-1-identity": {"born": "born", "born_on": "2026-03-02", "full_name": "Zefyrine Quilfeather"},
        "child-1-numbers": {"nhs_known": "not_asked"},
        "when": {"incident_on": "2026-09-05"},
        "harm": {"harm": "serious_harm"},
        "authorities": {"incident_la": str(cast.agencies.westmoor.pk)},
    }.items():
        actions.save_page(referral, page, given, by=author)
    actions.send_for_approval(referral, by=author)
    return actions.approve(referral, by=standing(cast.other_lead))


@pytest.fixture
def matched(sent, second):
    """The baby of the second referral is the baby of the first."""
    own, theirs = Child.objects.get(case=second.opened), Child.objects.get(case=sent.case, primary_subject=True)
    return {own.pk: theirs.pk}


@pytest.fixture
def joined(sent, second, matched, cast, standing) -> Joining:
    return actions.join(second, sent.case, by=standing(cast.coordinator), reason="The same baby", children=matched)


def test_joining_moves_the_pointer_and_alters_nothing_that_was_sent(second, sent, joined):
    before = (second.frozen, second.frozen_sha256, second.reference, second.paper)
    second.refresh_from_db()
    assert (second.status, second.case, second.opened.reference) == (Status.JOINED, sent.case, second.reference)
    assert (second.frozen, second.frozen_sha256, second.reference, second.paper) == before
    own = Case.objects.get(pk=second.opened_id)
    assert (own.status, own.joined_into) == ("joined", sent.case)
    assert own.child_set.count() == 1
    assert sent.case.child_set.count() == 3
    assert list(breaks()) == []


def test_the_clocks_of_the_case_it_opened_are_void_with_the_reason(second, sent, joined):
    clock = Deadline.objects.get(case=second.opened, code="T01")
    assert clock.voided_on is not None
    assert sent.case.reference in clock.void_reason
    assert Deadline.objects.get(case=sent.case, code="T01").voided_on is None


def test_an_earlier_date_of_becoming_aware_corrects_the_clock_of_the_case_joined(sent, second, matched, cast, standing):
    notifier = standing(cast.la_notifier)
    later, earlier = datetime(2026, 9, 8, 9, tzinfo=UTC), datetime(2026, 9, 7, 9, tzinfo=UTC)
    theirs = Notification.objects.get(case=sent.case)
    record_awareness(theirs, by=notifier, la_first_aware_at=later)
    record_awareness(Notification.objects.get(case=second.case), by=notifier, la_first_aware_at=earlier)
    actions.join(second, sent.case, by=standing(cast.coordinator), reason="The same baby", children=matched)
    theirs.refresh_from_db()
    assert theirs.la_first_aware_at == earlier
    assert Deadline.objects.get(case=sent.case, code="T01").counted_from == earlier.date()


def test_the_author_still_sees_their_own_referral_and_nothing_of_the_other(second, sent, joined, cast, standing):
    by = standing(cast.other_referrer)
    assert list(Referral.objects.visible_to(by)) == [second]
    assert not Case.objects.visible_to(by).exists()


def test_undoing_puts_everything_back_where_it_was(second, sent, joined, cast, standing):
    actions.undo_join(joined, by=standing(cast.coordinator), reason="Another baby after all")
    second.refresh_from_db()
    own = Case.objects.get(pk=second.opened_id)
    assert (second.status, second.case) == (Status.TRIAGE, own)
    assert (own.status, own.joined_into) == ("open", None)
    assert Deadline.objects.get(case=own, code="T01").voided_on is None
    with pytest.raises(AlreadyDone):
        actions.undo_join(joined, by=standing(cast.coordinator), reason="Again")
    assert list(breaks()) == []


def test_a_referral_is_joined_again_after_undoing(second, sent, joined, matched, cast, standing):
    by = standing(cast.coordinator)
    actions.undo_join(joined, by=by, reason="Another baby after all")
    actions.join(second, sent.case, by=by, reason="No, it is the same", children=matched)
    assert Joining.objects.filter(referral=second).count() == 2


def test_children_are_matched_one_by_one(second, sent, matched, cast, standing):
    by = standing(cast.coordinator)
    (own,) = matched
    stranger = Child.objects.get(pk=own)
    for children in ({}, {own: stranger.pk}, {own: None, 999_999: None}):
        with pytest.raises(ValueError, match="Each child"):
            actions.join(second, sent.case, by=by, reason="The same", children=children)
    actions.join(second, sent.case, by=by, reason="The same incident, another child", children={own: None})


def test_only_a_coordinator_who_sees_both_cases_joins(second, sent, matched, cast, standing):
    for person in (cast.partner_la, cast.lead, cast.la_notifier):
        with pytest.raises(NotPermitted):
            actions.join(second, sent.case, by=standing(person), reason="The same", children=matched)
    by = standing(cast.coordinator)
    declare_conflict(sent.case, cast.coordinator, by=by, what="A relative")
    with pytest.raises(NotPermitted):
        actions.join(second, sent.case, by=by, reason="The same", children=matched)


def test_a_case_whose_notification_was_sent_is_not_joined(second, sent, matched, cast, standing):
    from notifications.incident.actions import record_sent

    notifier = standing(cast.la_notifier)
    record_sent(Notification.objects.get(case=second.case), by=notifier, sent_at=notifier.at)
    with pytest.raises(AlreadyDone):
        actions.join(second, sent.case, by=standing(cast.coordinator), reason="The same", children=matched)


def test_a_name_spelt_another_way_with_the_same_birth_is_found_without_naming_anybody(second, sent, cast, standing):
    (found,) = possible_duplicates(second.opened, by=standing(cast.coordinator))
    assert found.case == sent.case
    assert "A child was born on the same day" in found.reasons
    assert "A child has a similar name" in found.reasons
    assert "Quil" not in str(found.reasons)


def test_duplicates_are_looked_for_only_among_cases_the_person_sees(second, sent, cast, standing):
    by = standing(cast.coordinator)
    declare_conflict(sent.case, cast.coordinator, by=by, what="A relative")
    assert possible_duplicates(second.opened, by=by) == []


def test_looking_for_duplicates_takes_as_many_queries_for_one_case_as_for_many(
    second, sent, cast, standing, django_assert_max_num_queries
):
    from cases.actions import add_child, open_case

    by = standing(cast.coordinator)
    for number in range(5):
        case = open_case(by=by, incident_la=cast.agencies.westmoor)
        add_child(case, by=by, identity={"full_name": f"Zephyrine Quillfeather {number}"})
    with django_assert_max_num_queries(2):
        assert len(possible_duplicates(second.opened, by=by)) == 1


@pytest.mark.parametrize(
    ("identity", "facts", "said"),
    [
        ({"other_names": "Zeff Smith; Zephyrine Quillfeather"}, {}, "A child has the same or almost the same name"),
        ({"full_name": "Feather, Zefyrin Quill", "born_on": "2026-02-03"}, {}, "born on almost the same date"),
        ({"nhs_number": "9434765919"}, {}, "A child has the same NHS number"),
        ({"upn": "A123456789012"}, {}, "A child has the same unique pupil number"),
        ({"postcode": "tr13ay", "born_on": "2026-03-12"}, {}, "A child lives at the same postcode"),
        ({"address": "Flat 12, Gannet Steps", "full_name": "Zephirine Quilfether"}, {}, "lives at a similar address"),
        (
            {"full_name": "Zephirine Quilfether"},
            {"incident_on": date(2026, 9, 7)},
            "The incident was within three days",
        ),
        ({"born_on": "2026-03-02"}, {"incident_on": date(2026, 9, 5)}, "The incident was on the same day"),
    ],
)
def test_each_thing_that_is_compared_finds_the_case(sent, cast, standing, identity, facts, said):
    from cases.actions import add_child, open_case
    from cases.models import Identity

    Identity.objects.filter(child__case=sent.case, full_name__startswith="Zeph").update(upn="A123456789012")
    by = standing(cast.coordinator)
    other = open_case(by=by, incident_la=cast.agencies.westmoor, **facts)
    if "born_on" in identity:
        identity = {**identity, "born_on": date.fromisoformat(identity["born_on"])}
    add_child(other, by=by, identity=identity)
    open_case(by=by, incident_la=cast.agencies.westmoor)
    (found,) = possible_duplicates(sent.case, by=by)
    assert found.case == other
    assert said in str(found.reasons)


def test_the_likeliest_comes_first_and_a_common_birthday_alone_is_no_reason_to_ask_again(sent, cast, standing):
    from cases.actions import add_child, open_case

    by = standing(cast.coordinator)
    told = {
        "twin": {"full_name": "Zephyrine Quillfeather", "born_on": date(2026, 3, 2), "nhs_number": "9434765919"},
        "namesake": {"full_name": "Zephyrin Quillfether", "born_on": date(2026, 3, 2)},
        "stranger": {"full_name": "Oliver Penrose", "postcode": "TR1 3AY"},
    }
    opened = {}
    for name, identity in told.items():
        opened[name] = open_case(by=by, incident_la=cast.agencies.westmoor)
        add_child(opened[name], by=by, identity=identity)
    found = possible_duplicates(sent.case, by=by)
    assert [candidate.case for candidate in found] == [opened["twin"], opened["namesake"]]


def test_both_agencies_are_told_what_is_decided_each_under_its_own_reference(
    second, sent, joined, cast, standing, signed_in
):
    from tests.referrals.test_told import told

    by = standing(cast.coordinator)
    second.refresh_from_db()
    page = second.get_absolute_url()
    assert Event.objects.get(verb="referral considered with another").trail == second.opened.chain
    told()
    assert "coordinator will look at them" in signed_in(cast.other_referrer).get(page).text
    decided = actions.open_decision(sent, by=by)
    for seat in Seat.objects.filter(decision=decided.decision):
        partner = {"la": cast.partner_la, "icb": cast.partner_icb, "police": cast.partner_police}[seat.body]
        record_position(
            seat, by=standing(partner), view="no_further_action", reasons="A secret reason", answers=answers_to(seat)
        )
    assert "are deciding whether" in signed_in(cast.other_referrer).get(page).text
    actions.conclude(decided, by=by, outcome="no_further_action", rationale="Not met", told="It was an accident.")
    read = signed_in(cast.other_referrer).get(page).text
    assert "It was an accident." in read and "A secret reason" not in read and sent.reference not in read
    (letter,) = told()[cast.other_referrer.email]
    assert letter.subject == f"{second.reference}: what was decided"
    assert list(breaks()) == []

"""One door for status, one for edits."""

import pytest

from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit, amend, transition
from audit.models import Event, Reason, Untold
from audit.presenter import both_texts
from cases.models import Case, CaseStatus, Child

TOKEN = "a-submit-token-of-a-page"


def test_a_move_the_table_does_not_allow_is_refused(case_one, cast, standing):
    by = standing(cast.coordinator)
    with pytest.raises(AlreadyDone):
        transition(case_one, CaseStatus.OPEN, by=by, verb="case reopened")
    assert Event.objects.filter(verb="case reopened").count() == 0


def test_the_second_clerk_is_told_that_the_first_was_quicker(case_one, cast, standing):
    first, second = Case.objects.get(pk=case_one.pk), Case.objects.get(pk=case_one.pk)
    first.closed_on = second.closed_on = standing(cast.coordinator).today
    transition(first, CaseStatus.CLOSED, by=standing(cast.coordinator), verb="case closed", changed=("closed_on",))
    with pytest.raises(AlreadyDone):
        transition(
            second, CaseStatus.CLOSED, by=standing(cast.second_coordinator), verb="case closed", changed=("closed_on",)
        )
    assert Event.objects.filter(verb="case closed").count() == 1


def test_an_edit_in_between_makes_a_move_of_what_was_seen_impossible(case_one, cast, standing):
    by = standing(cast.coordinator)
    seen = case_one.version
    amend(Case.objects.get(pk=case_one.pk), by=by, verb="case changed", title="Another title")
    case_one.closed_on = by.today
    with pytest.raises(AlreadyDone):
        transition(case_one, CaseStatus.CLOSED, by=by, verb="case closed", seen_version=seen, changed=("closed_on",))


def test_a_move_says_who_from_what_to_what_and_why(case_one, cast, standing):
    by = standing(cast.coordinator)
    case_one.closed_on = by.today
    event = transition(
        case_one, CaseStatus.CLOSED, by=by, verb="case closed", reason="All is done.", changed=("closed_on",)
    )
    assert (event.actor, event.from_status, event.to_status) == (cast.coordinator, "open", "closed")
    assert event.capacity == "Partnership coordinator, Partnership Business Unit"
    assert event.changed == ["closed_on"]
    assert Reason.objects.get(event=event).text == "All is done."
    assert Untold.objects.filter(event=event).exists()


def test_fields_that_go_with_a_move_are_kept_in_the_history_with_the_one_who_acted(case_one, cast, standing):
    by = standing(cast.coordinator)
    case_one.closed_on = by.today
    transition(case_one, CaseStatus.CLOSED, by=by, verb="case closed", changed=("closed_on",))
    newest = case_one.history.latest()
    assert (newest.closed_on, newest.history_user) == (by.today, cast.coordinator)


def test_the_same_submit_again_is_shown_its_result_although_the_table_no_longer_allows_the_move(
    case_one, cast, standing
):
    by = standing(cast.coordinator)
    case_one.closed_on = by.today
    event = transition(case_one, CaseStatus.CLOSED, by=by, verb="case closed", token=TOKEN, changed=("closed_on",))
    with pytest.raises(AlreadySubmitted) as again:
        transition(Case.objects.get(pk=case_one.pk), CaseStatus.CLOSED, by=by, verb="case closed", token=TOKEN)
    assert again.value.event == event


def test_an_edit_over_a_version_not_seen_is_refused_with_both_texts(case_one, cast, standing):
    child = case_one.child_set.get()
    seen = child.version
    amend(Child.objects.get(pk=child.pk), by=standing(cast.la_notifier), verb="child changed", sex="female")
    with pytest.raises(StaleEdit) as stale:
        amend(child, by=standing(cast.coordinator), verb="child changed", seen_version=seen, sex="male", unborn=False)
    assert Child.objects.get(pk=child.pk).sex == "female"
    (differing,) = both_texts(stale.value)
    assert (differing.field, differing.mine, differing.theirs) == ("sex", "Male", "Female")


def test_two_who_wrote_the_same_do_not_disagree(case_one, cast, standing):
    child = case_one.child_set.get()
    seen = child.version
    amend(Child.objects.get(pk=child.pk), by=standing(cast.la_notifier), verb="child changed", sex="female")
    assert amend(child, by=standing(cast.coordinator), verb="child changed", seen_version=seen, sex="female") is None


def test_an_edit_names_the_fields_that_changed_and_no_value(case_one, cast, standing):
    child = case_one.child_set.get()
    event = amend(child, by=standing(cast.la_notifier), verb="child changed", sex="female", unborn=child.unborn)
    assert event.changed == ["sex"]
    assert child.history.latest().history_user == cast.la_notifier


def test_status_is_not_an_edit(case_one, cast, standing):
    with pytest.raises(ValueError, match="transition"):
        amend(case_one, by=standing(cast.coordinator), verb="case changed", status="closed")

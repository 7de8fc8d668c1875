"""Writing, approving and judging a return."""

import pytest
from django.db import IntegrityError, transaction

from accounts.rights import NotPermitted
from agency_returns import actions
from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import AgencyReturn, section_named
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from deadlines.actions import clock_of

INVOLVEMENT = section_named("involvement")


def write(agency_return, by, text, seen=None):
    actions.save_section(
        agency_return, INVOLVEMENT, by=by, seen_version=seen or agency_return.version, involvement_summary=text
    )


def test_the_first_words_make_it_a_draft_and_name_its_author(written, cast):
    assert written.status == ReturnStatus.DRAFT
    assert written.author == cast.referrer


def test_a_stale_edit_keeps_both_texts(written, cast, standing):
    seen = written.version
    write(AgencyReturn.objects.get(pk=written.pk), standing(cast.referrer), "Ada's newer text", seen)
    with pytest.raises(StaleEdit) as stale:
        write(AgencyReturn.objects.get(pk=written.pk), standing(cast.lead), "Lena's text", seen)
    assert stale.value.mine["involvement_summary"] == "Lena's text"
    assert stale.value.theirs["involvement_summary"] == "Ada's newer text"
    written.refresh_from_db()
    assert written.involvement_summary == "Ada's newer text"


def test_what_it_said_before_is_kept(written, cast, standing):
    write(written, standing(cast.referrer), "A second wording")
    kept = written.history.values_list("involvement_summary", flat=True)
    assert {"A second wording", "Two meetings with the family in spring."} <= set(kept)


def test_its_author_does_not_approve_it(school_return, cast, standing):
    write(school_return, standing(cast.lead), "Lena wrote this herself")
    with pytest.raises(NotPermitted):
        actions.submit(school_return, by=standing(cast.lead))
    school_return.refresh_from_db()
    assert school_return.status == ReturnStatus.DRAFT


def test_whoever_wrote_any_of_it_does_not_approve_it(written, cast, standing):
    actions.add_entry(written, by=standing(cast.lead), on="2026-03", event="A home visit")
    with pytest.raises(NotPermitted):
        actions.submit(written, by=standing(cast.lead))


def test_the_database_refuses_an_author_who_approves(written, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyReturn.objects.filter(pk=written.pk).update(approved_by=written.author)


def test_the_database_refuses_a_submitted_return_that_nobody_approved(written):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyReturn.objects.filter(pk=written.pk).update(status=ReturnStatus.SUBMITTED)


def test_a_practitioner_does_not_approve(written, cast, standing):
    with pytest.raises(NotPermitted):
        actions.submit(written, by=standing(cast.referrer))


def test_the_lead_approves_and_sends_and_the_clock_stops(sent, cast, standing):
    assert sent.status == ReturnStatus.SUBMITTED
    assert sent.approved_by == cast.lead
    assert clock_of("L07", sent).met_on == standing(cast.lead).today


def test_pressing_approve_twice_sends_once(written, cast, standing):
    actions.submit(written, by=standing(cast.lead), token="only-once")
    with pytest.raises(AlreadySubmitted):
        actions.submit(written, by=standing(cast.lead), token="only-once")
    assert written.trail.events.filter(verb="return submitted").count() == 1


def test_an_empty_return_is_not_sent(school_return, cast, standing):
    with pytest.raises(actions.NothingWritten):
        actions.submit(school_return, by=standing(cast.lead))


def test_a_return_that_was_sent_is_not_changed(sent, cast, standing):
    with pytest.raises(AlreadyDone):
        write(sent, standing(cast.referrer), "Afterthought")
    with pytest.raises(AlreadyDone):
        actions.add_entry(sent, by=standing(cast.referrer), on="2026-03-01", event="Afterthought")


def test_a_nil_return_says_which_records_were_checked(school_return, cast, standing):
    actions.nil_return(school_return, by=standing(cast.lead), records_checked="CPOMS, 3 March")
    assert school_return.is_nil
    assert school_return.records_checked == "CPOMS, 3 March"
    assert clock_of("L07", school_return).met_on


def test_a_nil_return_does_not_deny_what_was_written(written, cast, standing):
    with pytest.raises(actions.KnownAfterAll):
        actions.nil_return(written, by=standing(cast.lead), records_checked="All")


def test_a_return_sent_back_is_changed_and_approved_again(sent, cast, standing):
    actions.return_for_clarification(sent, by=standing(cast.coordinator), question="When was the second visit?")
    assert sent.approved_by is None
    assert clock_of("L07", sent).is_open
    write(sent, standing(cast.referrer), "Two meetings; the second on 4 May.")
    sent.refresh_from_db()
    assert sent.status == ReturnStatus.RETURNED
    actions.submit(sent, by=standing(cast.lead))
    assert sent.status == ReturnStatus.SUBMITTED


def test_only_the_business_unit_accepts(sent, cast, standing):
    for who in (cast.lead, cast.partner_la):
        with pytest.raises(NotPermitted):
            actions.accept(sent, by=standing(who))


def test_a_return_is_released_only_once_it_is_accepted(sent, cast, standing):
    with pytest.raises(AlreadyDone):
        actions.release(sent, by=standing(cast.coordinator))
    actions.accept(sent, by=standing(cast.coordinator), releasing=True)
    sent.refresh_from_db()
    assert sent.released_at
    with pytest.raises(AlreadyDone):
        actions.release(sent, by=standing(cast.coordinator))


def test_accept_and_send_back_at_once_leaves_one_winner(sent, cast, standing):
    theirs = AgencyReturn.objects.get(pk=sent.pk)
    seen = sent.version
    actions.accept(sent, by=standing(cast.coordinator), seen_version=seen)
    with pytest.raises(AlreadyDone):
        actions.return_for_clarification(
            theirs, by=standing(cast.second_coordinator), question="Which?", seen_version=seen
        )


def test_the_business_unit_does_not_write_for_an_agency(written, cast, standing):
    with pytest.raises(NotPermitted):
        write(written, standing(cast.coordinator), "Tidied up")


def test_another_agency_is_not_asked_to_write(school_return, cast, standing):
    with pytest.raises(actions.NotYourColleague):
        actions.ask_to_write(school_return, cast.other_referrer.memberships.get(), by=standing(cast.lead))


def test_looking_up_whom_to_search_for_is_a_reveal_of_each(school_return, cast, standing):
    [(pseudonym, identity)] = actions.look_up(school_return, by=standing(cast.lead))
    assert (pseudonym, identity.full_name) == ("Child A", "Zephyrine Quillfeather")
    assert school_return.trail.events.filter(verb="identity revealed", reading=True).count() == 1


def test_nobody_else_looks_up_whom_an_agency_searches_for(school_return, cast, standing):
    with pytest.raises(NotPermitted):
        actions.look_up(school_return, by=standing(cast.other_lead))

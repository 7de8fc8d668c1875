"""Drafts that nobody works on: reminded of, warned about, and never removed silently."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from audit.models import Event, Reason
from audit.verify import breaks
from documents.models import Upload
from documents.uploads import accept
from notifications.reminders import gathered
from notifications.reminders.models import Trouble
from notifications.reminders.sweep import sweep
from referrals import actions
from referrals.models import DraftKeeping, PageAnswers, Referral
from referrals.rights import NotPermitted


def verbs(referral):
    wanted = ("draft left alone", "removal of draft announced", "draft removed", "approval waited for")
    return list(Event.objects.filter(trail=referral.chain, verb__in=wanted).values_list("verb", flat=True))


def days_pass(referral, days):
    """As if the draft had been left alone for so many days, all its instants with it."""
    referral.refresh_from_db()
    for name in ("started_at", "touched_at", "reminded_at", "warned_at"):
        if value := getattr(referral, name):
            setattr(referral, name, value - timedelta(days=days))
    Referral.objects.filter(pk=referral.pk).update(
        **{name: getattr(referral, name) for name in ("started_at", "touched_at", "reminded_at", "warned_at")}
    )


def tended(at=None):
    return actions.tend_drafts(at=at or timezone.now())


def test_a_draft_is_reminded_of_again_and_again_but_once_each_time(draft):
    days_pass(draft, 13)
    assert tended() == 0
    days_pass(draft, 1)
    assert [tended(), tended()] == [1, 0]
    days_pass(draft, 13)
    assert tended() == 0
    days_pass(draft, 1)
    assert tended() == 1
    assert verbs(draft) == ["draft left alone"] * 2


def test_a_draft_is_warned_of_and_only_then_removed_with_its_words_and_files(written, cast, standing):
    by = standing(cast.referrer)
    actions.attach(written, accept(SimpleUploadedFile("notes.txt", b"Words"), by=by), by=by)
    actions.send_for_approval(written, by=by)
    actions.return_to_author(written, by=standing(cast.lead), comments="Say who was told")
    days_pass(written, 76)
    assert [tended(), tended()] == [1, 0]
    days_pass(written, 13)
    assert tended() == 0
    days_pass(written, 1)
    assert [tended(), tended()] == [1, 0]
    written.refresh_from_db()
    assert written.was_removed and verbs(written) == ["removal of draft announced", "draft removed"]
    assert not PageAnswers.objects.filter(referral=written).exists()
    assert not Upload.objects.exists()
    assert not Reason.objects.filter(text__contains="who was told").exists()
    assert list(breaks()) == []


def test_after_a_long_outage_a_draft_is_warned_of_first_and_kept_for_the_whole_warning(draft):
    days_pass(draft, 400)
    tended()
    draft.refresh_from_db()
    assert draft.can_be_written and draft.warning_stands
    days_pass(draft, 13)
    tended()
    draft.refresh_from_db()
    assert draft.can_be_written


def test_whoever_works_on_a_draft_after_the_warning_keeps_it(draft, cast, standing):
    days_pass(draft, 80)
    tended()
    actions.save_page(draft, "media", {"media": "no"}, by=standing(cast.lead))
    days_pass(draft, 15)
    tended()
    draft.refresh_from_db()
    assert draft.can_be_written and not draft.warning_stands


def test_what_waits_for_approval_is_never_removed_and_its_leads_are_reminded(waiting):
    days_pass(waiting, 1)
    assert tended() == 0
    days_pass(waiting, 400)
    assert [tended(), tended()] == [1, 0]
    waiting.refresh_from_db()
    assert waiting.awaits_approval and verbs(waiting) == ["approval waited for"]


def test_what_was_sent_or_withdrawn_is_left_alone(sent, cast, standing):
    gone = actions.start_draft(by=standing(cast.referrer), agency=cast.agencies.school)
    actions.withdraw(gone, by=standing(cast.referrer), reason="A mistake")
    for referral in (sent, gone):
        days_pass(referral, 1000)
    assert tended() == 0


def test_author_and_leads_are_told_by_the_sweep_without_a_name_in_the_letter(written, cast):
    days_pass(written, 80)
    mail.outbox.clear()
    sweep(clock=timezone.now)
    letters = {letter.to[0]: letter for letter in mail.outbox if "will be removed" in letter.subject}
    assert set(letters) == {cast.referrer.email, cast.lead.email}
    assert "http" in letters[cast.lead.email].body
    assert "Quillfeather" not in str([str(letter.message()) for letter in letters.values()])


def test_where_author_and_leads_have_gone_the_coordinators_are_told(draft, cast):
    Membership.objects.filter(agency=cast.agencies.school).update(ends_on="2021-01-01")
    assert cast.coordinator in draft.recipients("keepers", timezone.localdate())


def test_one_draft_that_cannot_be_dealt_with_keeps_no_other_waiting(cast, standing, monkeypatch):
    by = standing(cast.referrer)
    first, second = (actions.start_draft(by=by, agency=cast.agencies.school) for _ in range(2))
    for referral in (first, second):
        days_pass(referral, 20)
    # A chain that is gone: nothing can be recorded on it.
    Referral.objects.filter(pk=first.pk).update(kind="serious_incident", reminded_at=None)
    from referrals.actions import keeping

    tell = keeping._tell

    def fails_for_the_first(referral, verb, **rest):
        if referral.pk == first.pk:
            raise RuntimeError("broken")
        tell(referral, verb, **rest)

    monkeypatch.setattr(keeping, "_tell", fails_for_the_first)
    with pytest.raises(RuntimeError):
        tended()
    assert (verbs(first), verbs(second)) == ([], ["draft left alone"])


def test_a_chore_that_fails_becomes_a_trouble_and_the_sweep_goes_on(waiting, cast, monkeypatch):
    def fails(*, at):
        raise RuntimeError("broken")

    monkeypatch.setattr(gathered, "_chores", [fails])
    mail.outbox.clear()
    sweep(clock=timezone.now)
    assert Trouble.objects.get().what == "RuntimeError"
    assert cast.lead.email in {letter.to[0] for letter in mail.outbox}


def test_the_sweep_knows_the_chore():
    assert actions.tend_drafts in gathered.chores()


def test_only_a_coordinator_decides_how_long_and_never_without_a_warning(cast, standing):
    days = {"remind_days": 5, "approval_days": 1, "kept_days": 40, "warning_days": 10}
    for person in (cast.referrer, cast.lead, cast.partner_la):
        with pytest.raises(NotPermitted):
            actions.change_keeping(by=standing(person), seen_version=1, **days)
    by = standing(cast.coordinator)
    with pytest.raises(ValueError, match="warning"):
        actions.change_keeping(by=by, seen_version=1, **{**days, "warning_days": 40})
    actions.change_keeping(by=by, seen_version=1, **days)
    assert DraftKeeping.this().kept_days == 40
    assert Event.objects.filter(verb="keeping of drafts changed").exists()


def test_the_days_are_changed_on_the_page_and_a_second_editor_is_told(cast, signed_in, draft):
    client, address = signed_in(cast.coordinator), reverse("referrals:keeping")
    sent = {"remind_days": "5", "approval_days": "1", "kept_days": "40", "warning_days": "10", "seen_version": "1"}
    assert "must be more" in client.post(address, {**sent, "warning_days": "40"}).text
    assert "must be 7 or more" in client.post(address, {**sent, "warning_days": "1"}).text
    assert client.post(address, sent).status_code == 302
    stale = client.post(address, {**sent, "kept_days": "60"})
    assert (stale.status_code, DraftKeeping.this().kept_days) == (409, 40)
    assert "Someone changed this" in stale.text
    page = signed_in(cast.referrer).get(reverse("referrals:tasks", args=[draft.pk])).text
    assert "kept until" in page


def test_the_page_of_a_draft_that_was_warned_of_says_when_it_goes_and_of_a_removed_one_what_happened(
    draft, cast, signed_in
):
    days_pass(draft, 80)
    tended()
    client = signed_in(cast.referrer)
    assert "This draft will be removed on" in client.get(reverse("referrals:tasks", args=[draft.pk])).text
    days_pass(draft, 14)
    tended()
    assert "removed unfinished" in client.get(reverse("referrals:referral", args=[draft.pk])).text

"""What each reads of a referral that was sent, and what the partnership does with it, over HTTP."""

from audit.models import Event
from referrals.models import Question
from tests.answers import answers_to
from tests.referrals.addresses import url
from tests.referrals.conftest import NAME, NHS_NUMBER


def test_another_agency_is_told_the_referral_does_not_exist(sent, written, cast, signed_in):
    stranger = signed_in(cast.other_lead)
    for name in ("referral", "paper", "confirmation", "triage", "tasks", "check", "approve"):
        assert stranger.get(url(name, sent.pk)).status_code == stranger.get(url(name, 999_999)).status_code == 404


def test_the_referrer_reads_status_paper_and_outcome_and_never_the_case(sent, cast, signed_in):
    client = signed_in(cast.referrer)
    read = client.get(url("referral", sent.pk)).text
    assert "Received" in read and sent.reference in read and "Being prepared" in read
    assert "What it says" not in read and "head injury" not in read
    for name in ("triage", "ask", "open_decision", "conclude", "join"):
        assert client.get(url(name, sent.pk)).status_code == 403


def test_whoever_sees_the_case_reads_the_answers_but_not_who_anybody_is(sent, cast, signed_in):
    for person in (cast.coordinator, cast.partner_police, cast.la_notifier):
        read = signed_in(person).get(url("referral", sent.pk)).text
        assert "head injury" in read and "Given, and held apart" in read
        assert "Quillfeather" not in read and NHS_NUMBER not in read and "943 476" not in read and "Gannet" not in read


def test_reading_and_downloading_are_recorded(sent, cast, signed_in):
    client = signed_in(cast.coordinator)
    client.get(url("referral", sent.pk))
    client.get(url("paper", sent.pk))
    read = Event.objects.filter(trail=sent.chain, reading=True, actor=cast.coordinator)
    assert list(read.values_list("verb", flat=True)) == ["opened", "downloaded"]


def test_a_question_is_asked_and_answered_on_the_pages(sent, cast, signed_in):
    coordinator, author = signed_in(cast.coordinator), signed_in(cast.referrer)
    coordinator.post(url("ask", sent.pk), {"text": "Who saw the child last?", "token": "a-token-of-mine"})
    question = Question.objects.get()
    assert "Who saw the child last?" in author.get(url("referral", sent.pk)).text
    answer = url("answer", sent.pk, question.pk)
    assert "Enter your answer" in author.post(answer, {"text": "", "token": "another-token"}).text
    author.post(answer, {"text": "The health visitor.", "token": "another-token"})
    assert "The health visitor." in coordinator.get(url("triage", sent.pk)).text
    assert signed_in(cast.coordinator).get(answer).status_code == 403


def test_the_partners_are_asked_and_the_referrer_is_told(sent, cast, signed_in, standing):
    from decisions.actions import record_position
    from decisions.models import Seat

    client = signed_in(cast.coordinator)
    client.post(url("open_decision", sent.pk), {"token": "ask-the-partners"})
    concluding = {
        "outcome": "notify_and_rapid_review",
        "rationale": "The criteria are met",
        "told": "It goes forward to a rapid review.",
        "token": "conclude-it-now",
    }
    early = client.post(url("conclude", sent.pk), concluding)
    assert early.status_code == 200 and early.context["form"].errors["outcome"]
    sent.refresh_from_db()
    for seat in Seat.objects.filter(decision=sent.decision):
        partner = {"la": cast.partner_la, "icb": cast.partner_icb, "police": cast.partner_police}[seat.body]
        record_position(
            seat,
            by=standing(partner),
            view="notify_and_rapid_review",
            reasons="A secret reason",
            answers=answers_to(seat),
        )
    assert client.post(url("conclude", sent.pk), concluding).url == url("triage", sent.pk)
    told = signed_in(cast.referrer).get(url("referral", sent.pk)).text
    assert "It goes forward to a rapid review." in told
    assert "The criteria are met" not in told and "A secret reason" not in told


def test_joining_by_a_reference_answers_alike_whether_hidden_or_absent(sent, cast, signed_in, standing):
    from cases.actions import declare_conflict, open_case

    by = standing(cast.coordinator)
    hidden = open_case(by=by, incident_la=cast.agencies.westmoor)
    declare_conflict(hidden, cast.coordinator, by=by, what="A relative")
    client = signed_in(cast.coordinator)
    said = [
        client.post(url("join", sent.pk), {"reference": reference}).context["form"].errors["reference"]
        for reference in (hidden.reference, "CIOS-1999-0001", sent.reference)
    ]
    assert said[0] == said[1] == said[2]
    assert client.get(url("match", sent.pk, hidden.pk)).status_code == 404


def test_joining_and_undoing_on_the_pages(sent, cast, signed_in, standing):
    from cases.actions import add_child, open_case

    by = standing(cast.coordinator)
    earlier = open_case(by=by, incident_la=cast.agencies.westmoor)
    baby = add_child(earlier, by=by, identity={"full_name": NAME})
    client = signed_in(cast.coordinator)
    assert "the same or almost the same name" in client.get(url("triage", sent.pk)).text
    assert client.post(url("join", sent.pk), {"reference": earlier.reference.lower()}).url == url(
        "match", sent.pk, earlier.pk
    )
    matching = client.get(url("match", sent.pk, earlier.pk))
    assert NAME not in matching.text
    fields = [name for name in matching.context["form"].fields if name.startswith("child_")]
    chosen = dict.fromkeys(fields, "none") | {fields[0]: str(baby.pk)}
    twice = client.post(
        url("match", sent.pk, earlier.pk),
        {**dict.fromkeys(fields, str(baby.pk)), "reason": "Same", "token": "join-token"},
    )
    assert "Select a different child for each" in twice.text
    client.post(url("match", sent.pk, earlier.pk), {**chosen, "reason": "The same baby", "token": "join-token"})
    sent.refresh_from_db()
    assert sent.case == earlier
    client.post(url("undo_join", sent.pk), {"reason": "Not the same", "token": "undo-token"})
    sent.refresh_from_db()
    assert sent.case == sent.opened

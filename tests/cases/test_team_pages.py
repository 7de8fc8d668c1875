"""Who is given what of a case, by whom, until when; and who is barred from it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Membership
from audit.models import Event, Reason
from cases.actions import add_process, assign, declare_conflict
from cases.models import Case, Child, Conflict, ParallelProcess, TeamMember
from cases.parts import Part


@pytest.fixture
def coordinator(signed_in, cast):
    return signed_in(cast.coordinator)


def shown(response):
    return response.content.decode()


def membership_of(user):
    return Membership.objects.get(user=user)


def day(on, name="ends_on"):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def test_the_team_page_says_who_holds_what_and_who_that_is_today(coordinator, case_one):
    page = shown(coordinator.get(reverse("cases:team", args=[case_one.pk])))
    assert "Whoever is partnership coordinator at Partnership Business Unit" in page
    assert "Today: Colm Coordinator, Cora Coordinator" in page
    assert "Today: Paul Police" in page


def test_a_coordinator_gives_a_part_until_a_day(coordinator, cast, standing, case_one):
    last = standing(cast.coordinator).today + timedelta(days=30)
    url = reverse("cases:assign", args=[case_one.pk])
    data = {"part": "review_papers", "membership": membership_of(cast.reviewer).pk, **day(last)}
    assert coordinator.post(url, data).status_code == 302
    assert coordinator.post(url, data).status_code == 302, "giving twice is giving once"
    given = TeamMember.objects.get(membership__user=cast.reviewer)
    assert (given.part, given.ends_on) == (Part.REVIEW_PAPERS, last)
    assert Event.objects.filter(verb="access given").count() == 1
    assert Child.objects.visible_to(standing(cast.reviewer)).exists()


@pytest.mark.parametrize(
    ("part", "who", "words"),
    [
        ("whole_case", "reviewer", "Independent reviewer cannot be given the whole case"),
        ("publication_pack", "reviewer", "Independent reviewer cannot be given the publication pack"),
        ("review_papers", "comms_officer", "Communications officer cannot be given the review papers"),
        ("own_return", "reviewer", "Select which part of the case"),
        ("review_papers", "referrer", "Select who is given it"),
        ("review_papers", "system_administrator", "Select who is given it"),
    ],
)
def test_a_part_goes_only_to_a_role_that_may_hold_it(coordinator, cast, case_one, part, who, words):
    data = {"part": part, "membership": membership_of(getattr(cast, who)).pk}
    answer = coordinator.post(reverse("cases:assign", args=[case_one.pk]), data)
    assert words in shown(answer)
    assert not TeamMember.objects.exclude(membership=None).exists()


def test_a_membership_that_ended_is_answered_like_one_that_does_not_exist(coordinator, cast, standing, case_one):
    membership = membership_of(cast.reviewer)
    Membership.objects.filter(pk=membership.pk).update(ends_on=standing(cast.coordinator).today - timedelta(days=1))
    said = []
    for pk in (membership.pk, 999_999):
        answer = coordinator.post(
            reverse("cases:assign", args=[case_one.pk]), {"part": "review_papers", "membership": pk}
        )
        said.append(dict(answer.context["form"].errors))
    assert said[0] == said[1]


def test_the_list_of_people_names_the_agency_of_each(coordinator, case_one):
    page = shown(coordinator.get(reverse("cases:assign", args=[case_one.pk])))
    assert "Rhea Reviewer: Independent reviewer, Independent people" in page
    assert "Ada Referrer" not in page


def test_ending_access_takes_effect_at_the_next_request(coordinator, signed_in, cast, standing, case_one):
    member = assign(case_one, Part.REVIEW_PAPERS, membership_of(cast.reviewer), by=standing(cast.coordinator))
    reviewer, page = signed_in(cast.reviewer), reverse("cases:people", args=[case_one.pk])
    assert reviewer.get(page).status_code == 200
    url = reverse("cases:unassign", args=[member.pk])
    form = coordinator.get(url).context["form"]
    done = coordinator.post(url, {"reason": "The appointment ended.", "token": form["token"].value()})
    assert done.status_code == 302
    assert reviewer.get(page).status_code == 404
    event = Event.objects.get(verb="part taken away")
    assert Reason.objects.get(event=event).text == "The appointment ended."


@pytest.mark.parametrize("page", ["cases:assign", "cases:record_conflict", "cases:close", "cases:hold"])
def test_a_partner_may_see_the_team_but_change_nothing_of_it(signed_in, cast, case_one, page):
    client = signed_in(cast.partner_icb)
    team = client.get(reverse("cases:team", args=[case_one.pk]))
    assert team.status_code == 200
    assert reverse(page, args=[case_one.pk]) not in shown(team)
    assert client.get(reverse(page, args=[case_one.pk])).status_code == 403
    assert client.post(reverse(page, args=[case_one.pk]), {}).status_code == 403


def test_a_partner_ends_nobodys_access(signed_in, cast, case_one):
    member = TeamMember.objects.first()
    assert signed_in(cast.partner_icb).post(reverse("cases:unassign", args=[member.pk]), {}).status_code == 403


# --- conflicts of interest --------------------------------------------------------------------------------------
def test_declaring_a_conflict_ends_what_one_sees_and_answers_on_the_spot(signed_in, cast, case_one):
    client = signed_in(cast.partner_police)
    answer = client.post(reverse("cases:conflict", args=[case_one.pk]), {"what": "The father is a colleague."})
    assert answer.status_code == 200
    assert "Conflict of interest declared" in shown(answer)
    for page in ("cases:people", "cases:team", "cases:conflict"):
        assert client.get(reverse(page, args=[case_one.pk])).status_code == 404
    assert Conflict.objects.get().user == cast.partner_police


def test_whoever_holds_one_part_can_declare_a_conflict(signed_in, cast, standing, case_one):
    assign(case_one, Part.PUBLICATION_PACK, membership_of(cast.comms_officer), by=standing(cast.coordinator))
    client = signed_in(cast.comms_officer)
    page = client.get(reverse("cases:conflict", args=[case_one.pk]))
    assert page.status_code == 200
    assert case_one.title not in shown(page), "the reference is all they are told of the case"
    client.post(reverse("cases:conflict", args=[case_one.pk]), {"what": "My nephew."})
    assert Conflict.objects.get().user == cast.comms_officer


def test_somebody_without_a_part_is_told_that_nothing_is_there(signed_in, cast, case_one):
    client = signed_in(cast.other_lead)
    answer = client.post(reverse("cases:conflict", args=[case_one.pk]), {"what": "Is there a case?"})
    assert answer.status_code == 404
    assert not Conflict.objects.exists()


def test_a_coordinator_records_and_lifts_the_conflict_of_somebody_else(coordinator, cast, standing, case_one):
    url = reverse("cases:record_conflict", args=[case_one.pk])
    assert coordinator.post(url, {"user": cast.partner_icb.pk, "what": "By telephone."}).status_code == 302
    assert not Case.objects.visible_to(standing(cast.partner_icb)).exists()
    lift = reverse("cases:lift_conflict", args=[Conflict.objects.get().pk])
    token = coordinator.get(lift).context["form"]["token"].value()
    assert coordinator.post(lift, {"reason": "It was another person.", "token": token}).status_code == 302
    assert Case.objects.visible_to(standing(cast.partner_icb)).exists()


def test_what_the_conflict_is_only_coordinators_read(coordinator, signed_in, cast, standing, case_one):
    declare_conflict(case_one, cast.partner_icb, by=standing(cast.coordinator), what="The mother's employer.")
    page = reverse("cases:team", args=[case_one.pk])
    assert "The mother&#x27;s employer." in shown(coordinator.get(page))
    others = shown(signed_in(cast.partner_police).get(page))
    assert "Piers Health" in others
    assert "employer" not in others


def test_one_coordinator_lifts_the_conflict_of_another_and_never_their_own(signed_in, cast, standing, case_one):
    conflict = declare_conflict(case_one, cast.coordinator, by=standing(cast.coordinator), what="My sister.")
    url = reverse("cases:lift_conflict", args=[conflict.pk])
    assert signed_in(cast.coordinator).get(url).status_code == 404
    second = signed_in(cast.second_coordinator)
    token = second.get(url).context["form"]["token"].value()
    assert second.post(url, {"reason": "It was settled.", "token": token}).status_code == 302
    assert Case.objects.visible_to(standing(cast.coordinator)).exists()


# --- the course of the case -------------------------------------------------------------------------------------
def why(client, url):
    return {"reason": "All is done.", "token": client.get(url).context["form"]["token"].value()}


def test_a_case_is_closed_and_reopened_with_reasons(coordinator, cast, standing, case_one):
    today = standing(cast.coordinator).today
    for page, status, closed_on in (("cases:close", "closed", today), ("cases:reopen", "open", None)):
        url = reverse(page, args=[case_one.pk])
        assert coordinator.post(url, why(coordinator, url)).url == reverse("caseload:case", args=[case_one.reference])
        case_one.refresh_from_db()
        assert (case_one.status, case_one.closed_on) == (status, closed_on)


def test_pressing_close_twice_closes_once_and_says_nothing_of_a_mistake(coordinator, case_one):
    url = reverse("cases:close", args=[case_one.pk])
    data = why(coordinator, url)
    assert [coordinator.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(verb="case closed").count() == 1


def test_closing_what_somebody_else_closed_is_told_to_be_done_already(coordinator, signed_in, cast, case_one):
    url = reverse("cases:close", args=[case_one.pk])
    mine, theirs = why(coordinator, url), why(other := signed_in(cast.second_coordinator), url)
    assert other.post(url, theirs).status_code == 302
    assert coordinator.post(url, mine).status_code == 409


def test_a_legal_hold_is_set_and_lifted_with_reasons(coordinator, case_one):
    url = reverse("cases:hold", args=[case_one.pk])
    for on, verb in ((True, "legal hold set"), (False, "legal hold lifted")):
        coordinator.post(url, why(coordinator, url))
        case_one.refresh_from_db()
        assert case_one.legal_hold is on
        assert Event.objects.filter(verb=verb).count() == 1


# --- parallel processes -----------------------------------------------------------------------------------------
def test_a_process_is_put_on_the_list_once_and_changed(coordinator, case_one):
    url = reverse("cases:add_process", args=[case_one.pk])
    form = coordinator.get(url).context["form"]
    data = {"kind": "coroner", "applies": "yes", "information_sharing": "not_known", "state": "Inquest opened",
            "token": form["token"].value(), "seen_version": 0}  # fmt: skip
    assert [coordinator.post(url, data).status_code for _ in range(2)] == [302, 302]
    process = ParallelProcess.objects.get()
    page = shown(coordinator.get(reverse("cases:processes", args=[case_one.pk])))
    assert "Inquest opened" in page
    change = reverse("cases:process", args=[process.pk])
    coordinator.post(change, {**data, "seen_version": 1, "state": "Inquest held"})
    process.refresh_from_db()
    assert (process.state, process.version) == ("Inquest held", 2)


def test_a_change_of_a_process_over_somebody_elses_is_shown_with_both(coordinator, cast, standing, case_one):
    process = add_process(case_one, by=standing(cast.coordinator), kind="coroner", state="Inquest opened")
    url = reverse("cases:process", args=[process.pk])
    data = {"kind": "coroner", "applies": "yes", "information_sharing": "not_known", "seen_version": 1}
    assert coordinator.post(url, {**data, "state": "Adjourned"}).status_code == 302
    answer = coordinator.post(url, {**data, "state": "Inquest held"})
    assert answer.status_code == 200
    assert "Adjourned" in shown(answer)
    assert "Inquest held" in shown(answer)


def test_a_partner_reads_the_processes_and_changes_none(signed_in, cast, standing, case_one):
    process = add_process(case_one, by=standing(cast.coordinator), kind="coroner")
    client = signed_in(cast.partner_icb)
    assert client.get(reverse("cases:processes", args=[case_one.pk])).status_code == 200
    assert client.get(reverse("cases:process", args=[process.pk])).status_code == 403
    assert client.post(reverse("cases:add_process", args=[case_one.pk]), {}).status_code == 403

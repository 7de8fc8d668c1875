"""The children and people of a case: by pseudonym to all who may see them, by name to whoever gives a reason."""

import re

import pytest
from django.urls import reverse

from accounts.models import Membership
from audit.models import Event, Reason
from cases.actions import add_child, add_person, assign, change_child
from cases.models import Child, Identity, Person
from cases.parts import Part

NAME, BORN, NHS = "Zephyrine Quillfeather", "2 March 2026", "943 476 5919"
TOKEN = "a-submit-token-of-a-page"


@pytest.fixture
def child(case_one):
    return case_one.child_set.get()


@pytest.fixture
def person(case_one, cast, standing):
    by = standing(cast.coordinator)
    return add_person(case_one, by=by, relationship="Mother", identity={"full_name": "Ottoline Quillfeather"})


@pytest.fixture
def reviewer(case_one, cast, standing, signed_in):
    """The independent reviewer, with the review papers of case one."""
    membership = Membership.objects.get(user=cast.reviewer)
    assign(case_one, Part.REVIEW_PAPERS, membership, by=standing(cast.coordinator))
    return signed_in(cast.reviewer)


def shown(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def facts_of(client, url):
    """What a browser would send back of the page's form if nothing were changed."""
    form = client.get(url).context["form"]
    data = {}
    for field in form:
        value = field.value()
        if hasattr(field.field.widget, "parts"):
            typed = field.field.widget.parts(value)
            data |= {f"{field.html_name}-{part}": getattr(typed, part) for part in ("day", "month", "year")}
        elif value is True:
            data[field.html_name] = "on"
        elif value is not None and value is not False:
            data[field.html_name] = value
    return data


# --- by pseudonym -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["cases:people", "cases:child", "cases:person", "cases:reveal", "cases:reveal_person"])
def test_no_page_but_the_answer_to_a_reveal_shows_a_name(signed_in, cast, case_one, child, person, page):
    pk = {"cases:people": case_one.pk, "cases:child": child.pk, "cases:reveal": child.pk}.get(page, person.pk)
    page = shown(signed_in(cast.coordinator).get(reverse(page, args=[pk])))
    assert case_one.reference in page
    for secret in (NAME, "Quillfeather", BORN, NHS, "9434765919"):
        assert secret not in page


def test_a_reviewer_with_the_papers_sees_the_people_by_pseudonym_but_not_the_case(reviewer, case_one, child, person):
    page = shown(reviewer.get(reverse("cases:people", args=[case_one.pk])))
    assert "Child A" in page
    assert "Person 1" in page
    assert reverse("cases:add_child", args=[case_one.pk]) not in page
    assert reverse("caseload:case", args=[case_one.reference]) not in page
    assert reviewer.get(reverse("cases:team", args=[case_one.pk])).status_code == 404


def test_a_reviewer_reads_the_facts_and_cannot_change_them(reviewer, child):
    url = reverse("cases:child", args=[child.pk])
    page = reviewer.get(url)
    assert "form" not in page.context or page.context.get("form") is None
    assert reviewer.post(url, {"seen_version": 1, "sex": "male", "ethnicity": "WBRI"}).status_code == 403
    child.refresh_from_db()
    assert child.sex == "not_known"


@pytest.mark.parametrize("name", ["other_lead", "isles_notifier", "partner_isles", "system_administrator", "reviewer"])
def test_whoever_has_no_part_of_the_case_is_told_that_nothing_is_there(signed_in, cast, case_one, child, person, name):
    client = signed_in(getattr(cast, name))
    for page, pk in (
        ("cases:people", case_one.pk), ("cases:add_child", case_one.pk), ("cases:add_person", case_one.pk),
        ("cases:child", child.pk), ("cases:person", person.pk), ("cases:reveal", child.pk),
        ("cases:reveal_person", person.pk),
    ):  # fmt: skip
        mine = client.get(reverse(page, args=[pk]))
        none = client.get(reverse(page, args=[987_654]))
        assert (mine.status_code, none.status_code) == (404, 404), page
        assert shown(mine) == shown(none)
    assert client.post(reverse("cases:correct", args=[child.identity.pk]), {}).status_code == 404
    assert not Event.objects.filter(actor=getattr(cast, name), trail=case_one.trail).exists()


# --- who they are -----------------------------------------------------------------------------------------------
def test_giving_a_reason_shows_who_a_child_is_once_and_is_recorded(signed_in, cast, child):
    client = signed_in(cast.partner_icb)
    url = reverse("cases:reveal", args=[child.pk])
    answer = client.post(url, {"reason": "To speak to the ward."})
    assert answer.status_code == 200
    for secret in (NAME, BORN, NHS):
        assert secret in shown(answer)
    assert answer["Cache-Control"] == "no-store"
    assert NAME not in shown(client.get(url)), "opening the page again asks again"
    event = Event.objects.get(verb="identity revealed")
    assert (event.actor, event.subject, event.reading) == (cast.partner_icb, f"cases.Child:{child.pk}", True)
    assert Reason.objects.get(event=event).text == "To speak to the ward."


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nobody_is_shown_a_name(signed_in, cast, child, reason):
    answer = signed_in(cast.coordinator).post(reverse("cases:reveal", args=[child.pk]), {"reason": reason})
    assert "Enter why you need to see it" in shown(answer)
    assert NAME not in shown(answer)
    assert not Event.objects.filter(verb="identity revealed").exists()


def test_a_scrutineer_sees_pseudonyms_only(case_one, cast, standing, signed_in, child):
    membership = Membership.objects.get(user=cast.scrutineer)
    assign(case_one, Part.REVIEW_PAPERS, membership, by=standing(cast.coordinator))
    client = signed_in(cast.scrutineer)
    assert client.get(reverse("cases:people", args=[case_one.pk])).status_code == 200
    url = reverse("cases:reveal", args=[child.pk])
    assert url not in shown(client.get(reverse("cases:people", args=[case_one.pk])))
    assert client.get(url).status_code == 403
    refused = client.post(url, {"reason": "I am curious."})
    assert refused.status_code == 403
    assert NAME not in shown(refused)


def test_a_coordinator_corrects_a_name_and_the_chain_says_which_field_and_not_what(signed_in, cast, child):
    client = signed_in(cast.coordinator)
    form = client.post(reverse("cases:reveal", args=[child.pk]), {"reason": "To correct it."}).context["correction"]
    data = {
        "seen_version": form["seen_version"].value(),
        "full_name": "Zephyrine Q. Moon",
        "nhs_number": "943 476 5919",
    }
    done = client.post(reverse("cases:correct", args=[child.identity.pk]), data)
    assert done.status_code == 302
    identity = Identity.objects.get(child=child)
    assert (identity.full_name, identity.nhs_number, identity.version) == ("Zephyrine Q. Moon", "9434765919", 2)
    assert Event.objects.get(verb="identity corrected").changed == ["born_on", "full_name"]


def test_whoever_may_see_a_name_may_not_for_that_reason_correct_it(signed_in, cast, child):
    refused = signed_in(cast.partner_icb).post(
        reverse("cases:correct", args=[child.identity.pk]), {"seen_version": 1, "full_name": "Somebody else"}
    )
    assert refused.status_code == 403
    assert Identity.objects.get(child=child).full_name == NAME


def test_a_correction_over_somebody_elses_shows_both_names(signed_in, cast, child):
    client = signed_in(cast.coordinator)
    Identity.objects.filter(child=child).update(full_name="Zephyrine Underwillow", version=2)
    answer = client.post(
        reverse("cases:correct", args=[child.identity.pk]),
        {"seen_version": 1, "full_name": "Zephyrine Q. Moon", "nhs_number": "9434765919"},
    )
    assert answer.status_code == 200
    for name in ("Zephyrine Q. Moon", "Zephyrine Underwillow"):
        assert name in shown(answer)
    assert Identity.objects.get(child=child).full_name == "Zephyrine Underwillow"


# --- changing facts ---------------------------------------------------------------------------------------------
def test_the_facts_about_a_child_can_be_changed(signed_in, cast, child):
    client, url = signed_in(cast.la_notifier), reverse("cases:child", args=[child.pk])
    data = {**facts_of(client, url), "sex": "female", "disability": "yes", "disabilities": ["MOB", "LD"]}
    assert client.post(url, data).status_code == 302
    child.refresh_from_db()
    assert (child.sex, child.disability, child.disabilities, child.version) == ("female", "yes", ["MOB", "LD"], 2)
    assert Event.objects.get(verb="child changed").changed == ["disabilities", "disability", "sex"]
    assert child.history.latest().history_user == cast.la_notifier


def test_sending_the_page_back_as_it_was_changes_nothing(signed_in, cast, child):
    client, url = signed_in(cast.la_notifier), reverse("cases:child", args=[child.pk])
    assert client.post(url, facts_of(client, url)).status_code == 302
    child.refresh_from_db()
    assert child.version == 1
    assert not Event.objects.filter(verb="child changed").exists()


def test_two_who_change_the_same_child_lose_neither_text(signed_in, cast, standing, child):
    """Hers is saved; he is shown both, with her other change already in his form; saving again keeps both."""
    his, url = signed_in(cast.coordinator), reverse("cases:child", args=[child.pk])
    typed = {**facts_of(his, url), "sex": "male", "current_safety": "With an aunt."}
    change_child(
        child, by=standing(cast.la_notifier), seen_version=1, sex="female", age_years=3, disabilities=["LD"],
        disability="yes", looked_after="yes",
    )  # fmt: skip
    refused = his.post(url, typed)
    assert refused.status_code == 200
    page = shown(refused)
    assert "Someone changed this while you had it open" in page
    rows = re.findall(r"<th scope=\"row\".*?>\s*(.*?)\s*</th>\s*<td.*?>(.*?)</td>\s*<td.*?>(.*?)</td>", page, re.DOTALL)
    assert ("Sex", "Male", "Female") in rows
    assert "They changed: age in years at the incident, disabled, kinds of disability and looked after" in page
    child.refresh_from_db()
    assert (child.sex, child.current_safety) == ("female", "")
    again = dict(refused.context["form"].data.lists())
    assert his.post(url, again).status_code == 302
    child.refresh_from_db()
    assert (child.sex, child.current_safety) == ("male", "With an aunt.")
    assert (child.age_years, child.disabilities, child.looked_after) == (3, ["LD"], "yes")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"age_years": "99"}, "Age at the incident must be 25 or less"),
        ({"age_years": "four"}, "Age at the incident must be a whole number, like 30"),
        ({"unborn": "on", "age_years": "3"}, "must be empty for a child who was not yet born"),
        ({"sex": "x"}, "Select sex"),
        ({"responsible_la": "999999"}, "Select local authority responsible for the child"),
        ({"died_on-day": "31", "died_on-month": "2", "died_on-year": "2026"}, "Date of death must be a real date"),
    ],
)
def test_a_mistake_is_said_in_plain_words_and_nothing_is_changed(signed_in, cast, child, wrong, words):
    client, url = signed_in(cast.coordinator), reverse("cases:child", args=[child.pk])
    answer = client.post(url, {**facts_of(client, url), **wrong})
    assert answer.status_code == 200
    assert words in shown(answer)
    child.refresh_from_db()
    assert child.version == 1


def test_nothing_but_the_facts_on_the_page_can_be_sent(signed_in, cast, case_two, child):
    client, url = signed_in(cast.coordinator), reverse("cases:child", args=[child.pk])
    was = child.case_id
    client.post(url, {**facts_of(client, url), "case": case_two.pk, "pseudonym": "Zephyrine", "number": 9, "id": 77})
    child.refresh_from_db()
    assert (child.case_id, child.pseudonym, child.number) == (was, "Child A", 1)


def test_an_agency_that_is_no_local_authority_is_answered_like_one_that_does_not_exist(signed_in, cast, child):
    client, url = signed_in(cast.coordinator), reverse("cases:child", args=[child.pk])
    said = []
    for pk in (cast.agencies.school.pk, 999_999):
        form = client.post(url, {**facts_of(client, url), "responsible_la": pk}).context["form"]
        said.append(dict(form.errors))
    assert said[0] == said[1]


def test_making_another_child_the_main_subject_takes_it_from_the_first(signed_in, cast, standing, case_one, child):
    second = add_child(case_one, by=standing(cast.coordinator), age_years=4)
    client, url = signed_in(cast.coordinator), reverse("cases:child", args=[second.pk])
    assert client.post(url, {**facts_of(client, url), "primary_subject": "on"}).status_code == 302
    assert list(Child.objects.filter(primary_subject=True)) == [second]


# --- adding -----------------------------------------------------------------------------------------------------
def test_a_child_is_added_under_the_next_pseudonym(signed_in, cast, case_one):
    client, url = signed_in(cast.coordinator), reverse("cases:add_child", args=[case_one.pk])
    data = {**facts_of(client, url), "full_name": "Ptolemy Quillfeather", "age_years": "4", "harm": "other"}
    done = client.post(url, data)
    added = Child.objects.get(case=case_one, number=2)
    assert done.url == reverse("cases:child", args=[added.pk])
    assert (added.pseudonym, added.primary_subject, added.age_years) == ("Child B", False, 4)
    assert added.identity.full_name == "Ptolemy Quillfeather"


def test_pressing_the_button_twice_adds_one_child(signed_in, cast, case_one):
    client, url = signed_in(cast.coordinator), reverse("cases:add_child", args=[case_one.pk])
    data = {**facts_of(client, url), "age_years": "4", "harm": "other"}
    assert [client.post(url, data).status_code for _ in range(3)] == [302, 302, 302]
    assert Child.objects.filter(case=case_one).count() == 2


def test_a_person_is_added_under_the_next_pseudonym(signed_in, cast, case_one):
    client, url = signed_in(cast.la_notifier), reverse("cases:add_person", args=[case_one.pk])
    data = {**facts_of(client, url), "full_name": "Ottoline Quillfeather", "relationship": "Mother"}
    client.post(url, data)
    client.post(url, data)
    added = Person.objects.get()
    assert (added.label, added.relationship, added.identity.full_name) == (
        "Person 1",
        "Mother",
        "Ottoline Quillfeather",
    )


@pytest.mark.parametrize("page", ["cases:add_child", "cases:add_person"])
def test_a_partner_sees_the_case_but_adds_nobody_to_it(signed_in, cast, case_one, page):
    client = signed_in(cast.partner_police)
    assert client.get(reverse(page, args=[case_one.pk])).status_code == 403
    assert client.post(reverse(page, args=[case_one.pk]), {"token": TOKEN}).status_code == 403
    assert reverse(page, args=[case_one.pk]) not in shown(client.get(reverse("cases:people", args=[case_one.pk])))


def test_the_page_takes_the_same_number_of_queries_for_many_children(
    signed_in, cast, standing, case_one, django_assert_max_num_queries
):
    for number in range(20):
        add_child(case_one, by=standing(cast.coordinator), age_years=number % 18)
        add_person(case_one, by=standing(cast.coordinator), relationship="Cousin")
    client = signed_in(cast.coordinator)
    client.get(reverse("cases:people", args=[case_one.pk]))
    with django_assert_max_num_queries(32):
        client.get(reverse("cases:people", args=[case_one.pk]))


@pytest.mark.parametrize("number", [26, 27, 52, 53])
def test_there_is_a_pseudonym_for_every_child(number):
    from cases.actions.people import _letters

    assert _letters(number) == {26: "Z", 27: "AA", 52: "AZ", 53: "BA"}[number]

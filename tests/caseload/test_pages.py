"""The desk, the list, the case page, the search and the history, as the people who use them."""

import re
from html import unescape

import pytest

from audit.models import Event
from cases.models import Case

pytestmark = pytest.mark.django_db


def text_of(answer):
    assert answer.status_code == 200, answer.status_code
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_the_desk_of_a_coordinator_says_what_waits(began, cora):
    case = began(days=1).referred().case
    page = text_of(cora.get("/desk/"))
    assert "Look at a referral" in page
    assert "Say when the local authority became aware" in page
    assert case.reference in page


def test_the_desk_of_a_notifier_shows_the_overdue_notification_first(began, world, signed_in):
    began(days=8).referred().decided().awareness_known()
    page = text_of(signed_in(world.people["la_notifier"]).get("/desk/"))
    assert page.index("Serious incident notification") < page.index("Waiting for you")
    assert "Overdue" in page


def test_the_desk_of_a_partner_asks_for_the_position(began, world, signed_in):
    began(days=2).referred().put_to_partners(answers=1)
    assert "Record your position" in text_of(signed_in(world.people["partner_icb"]).get("/desk/"))
    assert "Record your position" not in text_of(signed_in(world.people["partner_la"]).get("/desk/"))


def test_the_desk_of_an_agency_lead_asks_for_the_return_of_their_own_agency(notified, world, signed_in):
    notified.asked_agencies()
    for person in ("lead", "police_lead"):
        page = text_of(signed_in(world.people[person]).get("/desk/"))
        assert page.count("Send your agency's return") == 1


def test_a_case_is_listed_only_for_those_to_whom_the_whole_is_open(began, world, signed_in, cora):
    reference = began(days=2).referred().case.reference
    assert reference in text_of(cora.get("/cases/"))
    for person in ("isles_notifier", "lead", "reviewer", "system_administrator", "action_owner"):
        assert reference not in text_of(signed_in(world.people[person]).get("/cases/"))


def test_the_list_is_narrowed_by_what_is_overdue(began, cora):
    late = began(days=9).referred().decided().awareness_known().case
    fine = began(days=1).referred().case
    page = text_of(cora.get("/cases/?clock=overdue"))
    assert late.reference in page
    assert fine.reference not in page
    assert "Remove Clocks: Overdue" in page


def test_a_filter_that_makes_no_sense_is_ignored(began, cora):
    reference = began(days=1).referred().case.reference
    for query in ("clock=__class__", "la=999999", "la=x", "status=%00", "after=nonsense", "before=2026-01-01_x"):
        assert cora.get(f"/cases/?{query}").status_code == 200
    assert reference in text_of(cora.get("/cases/?after=nonsense"))


def test_pages_of_the_list_follow_one_another_and_back(began, cora, monkeypatch):
    references = [began(days=days).referred().case.reference for days in (5, 4, 3, 2, 1)]
    from caseload import keyset
    from caseload.views import cases

    monkeypatch.setattr(cases, "page_of", lambda rows, query, field: keyset.page_of(rows, query, field=field, size=2))
    seen, url = [], "/cases/"
    while url:
        html = cora.get(url).content.decode()
        seen.append(re.findall(r">(WFI-\d{4}-\d{4})</a>", html))
        following = re.search(r'href="(\?[^"]*after=[^"]*)"', html)
        url = f"/cases/{following[1]}".replace("&amp;", "&") if following else ""
    assert [reference for page in seen for reference in page] == references[::-1]
    back = re.search(r'href="(\?[^"]*before=[^"]*)"', html)
    assert re.findall(r">(WFI-\d{4}-\d{4})</a>", cora.get(f"/cases/{back[1]}").content.decode()) == seen[-2]


def test_a_name_is_found_by_those_who_may_reveal_it_and_never_stands_in_an_address(notified, world, signed_in, cora):
    reference = notified.case.reference
    answer = cora.post("/cases/search/", {"words": "robin example"})
    assert reference in text_of(answer)
    assert "robin" not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]
    auditor = signed_in(world.people["auditor"])
    assert reference not in text_of(auditor.post("/cases/search/", {"words": "robin"}))


def test_another_authority_finds_nothing(notified, world, signed_in):
    page = text_of(signed_in(world.people["isles_notifier"]).post("/cases/search/", {"words": "Robin"}))
    assert "No results" in page


def test_a_search_is_recorded_without_its_words(notified, cora):
    cora.post("/cases/search/", {"words": "Robin Example"})
    event = Event.objects.get(verb="searched cases")
    assert "robin" not in f"{event.subject} {event.changed} {event.capacity}".casefold()


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", '"; DROP TABLE', "a" * 100, "=1+1", "é"])
def test_odd_words_are_searched_for_as_they_are(notified, cora, words):
    assert "No results" in text_of(cora.post("/cases/search/", {"words": words}))


def test_the_case_page_shows_stages_clocks_and_what_happened_last(notified, cora):
    page = text_of(cora.get(f"/cases/{notified.case.reference}/"))
    for words in ("Referral", "Rapid review", "Serious incident notification", "How was this date worked out?"):
        assert words in page
    assert "What happened last" in page
    assert "Robin" not in page


def test_a_case_in_dispute_does_not_say_that_nothing_more_is_done(began, cora):
    disputed = began().referred().disputed()
    page = text_of(cora.get(f"/cases/{disputed.case.reference}/"))
    assert "the partners do not agree" in page
    assert "decided that nothing more is done" not in page


def test_opening_a_case_is_recorded(notified, cora, world):
    cora.get(f"/cases/{notified.case.reference}/")
    opened = Event.objects.filter(trail=notified.case.trail, verb="opened", actor=world.people["coordinator"])
    assert opened.count() == 1


def test_a_case_of_others_does_not_exist(notified, world, signed_in):
    stranger = signed_in(world.people["isles_notifier"])
    theirs = stranger.get(f"/cases/{notified.case.reference}/")
    nobodys = stranger.get("/cases/WFI-1999-0001/")
    assert theirs.status_code == nobodys.status_code == 404
    # The token in the sign-out form is masked anew for every page.
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", theirs.content) == token.sub(b"", nobodys.content)


def test_the_history_is_for_those_entitled(notified, world, signed_in, cora):
    url = f"/cases/{notified.case.reference}/history/"
    assert "Referral submitted" in text_of(cora.get(url))
    assert signed_in(world.people["la_notifier"]).get(url).status_code == 403


def test_a_clock_in_a_letter_leads_to_the_page_where_the_duty_is_done(began, world, signed_in):
    from deadlines.models import Deadline

    case = began(days=2).referred().case
    clock = Deadline.objects.get(case=case, code="T01")
    answer = signed_in(world.people["la_notifier"]).get(f"/messages/clock/{clock.pk}/")
    assert answer.status_code == 302
    assert "/notifications/" in answer["Location"]
    assert signed_in(world.people["lead"]).get(f"/messages/clock/{clock.pk}/").status_code == 404


@pytest.mark.parametrize(
    "topic", ["referring", "deciding", "notifying", "rapid-review", "local-review", "publishing", "clocks", "access"]
)
def test_help_says_what_is_in_force(client, db, topic):
    page = text_of(client.get(f"/help/{topic}/"))
    if topic == "notifying":
        assert "5 working days" in page
        assert "Working Together 2026" in page


def test_help_on_nothing_is_not_found(client, db):
    assert client.get("/help/nothing/").status_code == 404


@pytest.mark.parametrize("cases", [1, 12])
def test_the_list_asks_as_often_for_many_cases_as_for_one(began, world, cora, django_assert_max_num_queries, cases):
    for _ in range(cases):
        began(days=3).referred()
    assert Case.objects.count() == cases
    with django_assert_max_num_queries(22):
        cora.get("/cases/")

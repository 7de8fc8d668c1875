"""The lists of referrals, and the queue."""

from referrals import actions
from tests.referrals.addresses import url


def test_each_sees_their_own_list(sent, draft, cast, signed_in, standing):
    other = actions.start_draft(by=standing(cast.other_referrer), agency=cast.agencies.hospital)
    lists = {
        name: signed_in(getattr(cast, name)).get(url("list")).text for name in ("referrer", "coordinator", "partner_la")
    }
    assert sent.reference in lists["referrer"] and f"Draft {other.pk}" not in lists["referrer"]
    assert sent.reference in lists["coordinator"] and "Draft" not in lists["coordinator"].split("Apply filters")[1]
    assert sent.reference in lists["partner_la"]


def test_a_list_is_narrowed_and_says_by_what(sent, cast, signed_in, standing):
    actions.start_draft(by=standing(cast.referrer), agency=cast.agencies.school)
    client = signed_in(cast.referrer)
    assert "2 referrals" in client.get(url("list")).text
    narrowed = client.get(url("list"), {"status": "draft"}).text
    assert "1 referral" in narrowed and "Status: Draft" in narrowed
    assert "No results." in client.get(url("list"), {"status": "withdrawn"}).text


def test_a_lead_finds_what_waits_for_their_approval(waiting, cast, signed_in):
    assert "Waiting for your approval" in signed_in(cast.lead).get(url("list")).text
    assert "Waiting for your approval" not in signed_in(cast.referrer).get(url("list")).text


def test_lists_take_as_many_queries_for_one_referral_as_for_many(sent, cast, signed_in, standing):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.coordinator)

    def queries(name):
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get(url(name)).status_code == 200
        return len(counted)

    queries("list")
    one = {name: queries(name) for name in ("list", "queue")}
    for _ in range(4):
        more = actions.start_draft(by=standing(cast.referrer), agency=cast.agencies.school)
        actions.send_for_approval(more, by=standing(cast.referrer))
        actions.approve(more, by=standing(cast.lead))
    assert {name: queries(name) for name in ("list", "queue")} == one


def test_the_queue_shows_age_completeness_and_the_clock(sent, cast, signed_in):
    shown = signed_in(cast.coordinator).get(url("queue")).text
    assert "Received today" in shown and "facts missing" in shown
    assert "T01 due" in shown and "date not confirmed" in shown
    assert signed_in(cast.referrer).get(url("queue")).status_code == 403

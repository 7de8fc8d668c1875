"""What came to light after the notification is a task until a correction says it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.lifecycle import amend
from cases.actions import add_child
from notifications.incident.actions import correct, record_sent, save_answers, withdraw
from notifications.incident.models import Notification
from notifications.incident.panel import panel
from notifications.incident.since import to_correct, worse_since
from tests.notifications.conftest import at


@pytest.fixture
def sent(notification, notifier):
    return record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11), reference="N-1")


def now(notification):
    return Notification.objects.get(pk=notification.pk)


def test_a_child_who_has_since_died_is_a_task_until_the_correction(sent, case_one, notifier, signed_in, cast):
    by = notifier(2026, 10, 20)
    child = case_one.child_set.get()
    assert to_correct(by) == []
    amend(child, by=by, verb="facts changed", harm="death")
    said = "Child A was notified as serious harm; the child has since died."
    assert to_correct(by) == [(sent, [said])]
    assert said in [row.value for row in panel(case_one, by, by.today).rows]
    page = signed_in(cast.la_notifier).get(f"/notifications/{sent.pk}/").content.decode()
    assert said in page and "record a correction: that ends this task" in page
    coordinator = signed_in(cast.coordinator).get(f"/notifications/{sent.pk}/").content.decode()
    assert said in coordinator and "Westmoor Council tells it on the national form" in coordinator
    row = sent.answer_sets.get(section="child")
    save_answers(sent, "child", {**row.answers, "harm": "death"}, by=by, child=child, seen_version=row.version)
    assert worse_since(now(sent)) == [said]
    corrected = correct(sent, by=by, reason="The child has since died")
    assert to_correct(by) == []
    assert (now(sent).kind, corrected.content["kind"], sent.frozen["kind"]) == (
        "s16c_death",
        "s16c_death",
        "s16c_serious_harm",
    )
    assert now(sent).clock == "T01"


def test_a_date_of_death_says_that_the_child_has_died(sent, case_one, notifier):
    amend(case_one.child_set.get(), by=notifier(2026, 10, 20), verb="facts changed", died_on=at(2026, 10, 19).date())
    assert worse_since(now(sent)) == ["Child A was notified as serious harm; the child has since died."]


def test_a_child_found_later_was_not_notified(sent, case_one, notifier):
    add_child(case_one, by=notifier(2026, 10, 20), harm="serious_harm")
    assert worse_since(now(sent)) == ["Child B was not in what was notified."]


def test_what_is_no_worse_is_no_task_nor_is_a_withdrawn_one(sent, case_one, notifier):
    by = notifier(2026, 10, 20)
    child = case_one.child_set.get()
    amend(child, by=by, verb="facts changed", harm="not_known", sex="male")
    assert worse_since(now(sent)) == []
    amend(child, by=by, verb="facts changed", harm="death")
    assert worse_since(now(sent))
    withdraw(sent, by=by, reason="The criteria are not met")
    assert worse_since(now(sent)) == [] and to_correct(by) == []


def test_another_authority_has_no_such_task(sent, case_one, notifier, cast, standing):
    amend(case_one.child_set.get(), by=notifier(2026, 10, 20), verb="facts changed", harm="death")
    assert to_correct(standing(cast.isles_notifier, at(2026, 10, 20))) == []


def test_looking_takes_as_many_queries_for_five_as_for_one(sent, case_one, notifier, cast, standing):
    from cases.actions import open_case
    from notifications.incident.actions import open_notification

    by = notifier(2026, 10, 20)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            to_correct(by)
        return len(queries)

    one = asked()
    for _ in range(4):
        case = open_case(by=by, incident_la=cast.agencies.westmoor, harm="serious_harm")
        add_child(case, by=by, harm="serious_harm")
        record_sent(open_notification(case, by=by), by=by, sent_at=by.at)
        amend(case.child_set.get(), by=by, verb="facts changed", harm="death")
    assert asked() == one
    assert len(to_correct(by)) == 4


def test_it_stands_on_the_desk_of_whoever_notifies(sent, case_one, notifier, cast, standing):
    from caseload.desk import tasks

    by = notifier(2026, 10, 20)
    amend(case_one.child_set.get(), by=by, verb="facts changed", harm="death")
    [item] = [item for item in tasks(by) if item.what.startswith("Tell the department")]
    assert item.what == "Tell the department: Child A was notified as serious harm; the child has since died"
    assert (item.reference, item.url) == (case_one.reference, f"/notifications/{sent.pk}/#worse")
    assert not [item for item in tasks(standing(cast.coordinator, by.at)) if "department" in item.what]

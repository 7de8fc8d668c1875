"""Two people recording at the same moment."""

import pytest

from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from audit.verify import breaks
from deadlines.models import Deadline
from notifications.incident.actions import record_sent, stand_down
from notifications.incident.models import FrozenContent, Notification
from notifications.register.models import Submission
from tests.notifications.conftest import at
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_sends_of_one_form_freeze_once_and_start_one_clock(notification, notifier):
    def send(_):
        mine = Notification.objects.get(pk=notification.pk)
        try:
            record_sent(mine, by=notifier(), sent_at=at(2026, 10, 8, 11), token="one-and-the-same-token")
        except AlreadySubmitted as done:
            return done.event.subject
        return "sent"

    results = in_threads(send, range(10))
    assert results.count("sent") == 1
    assert set(results) == {"sent", f"incident.Notification:{notification.pk}"}
    assert FrozenContent.objects.count() == Submission.objects.count() == 1
    assert Deadline.objects.filter(code="T05").count() == 1
    assert list(breaks()) == []


def test_sending_and_standing_down_at_once_leave_one_of_them(notification, notifier):
    def end(how):
        mine = Notification.objects.get(pk=notification.pk)
        try:
            if how == "send":
                record_sent(mine, by=notifier(), sent_at=at(2026, 10, 8, 11))
            else:
                stand_down(mine, by=notifier(), reason="The criteria are not met")
        except AlreadyDone:
            return "refused"
        return how

    done = in_threads(end, ["send", "stand down"])
    notification.refresh_from_db()
    assert "refused" in done and len(set(done)) == 2
    sent = "send" in done
    assert notification.status == ("sent" if sent else "not_needed")
    assert FrozenContent.objects.count() == (1 if sent else 0)
    assert list(breaks()) == []

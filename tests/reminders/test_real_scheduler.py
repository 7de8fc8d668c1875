"""With real schedulers, real workers, a real Redis and a real mail server that all have bad days."""

import signal
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from kombu.utils.url import quote

from accounts.roles import Role
from accounts.standing import Standing
from cases.models import TeamMember
from config.celery import app
from deadlines.actions import clocks
from notifications.reminders.life import life_of
from notifications.reminders.models import BEGUN, ENDED, Message, Reminder, Tick, Trouble
from tests import servers
from tests.clocked_worker import Clock
from tests.mail_sink import MailSink

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
CLOCKS = 8


class MoodySink(MailSink):
    """A mail server that hangs up, without an answer, on the letters numbered in `bad` (from 0, in order of arrival)."""

    def __init__(self, bad=()):
        super().__init__()
        self.bad = set(bad)
        self.arrived = 0

    def accept(self, letter):
        number, self.arrived = self.arrived, self.arrived + 1
        if number in self.bad:
            raise ConnectionResetError
        super().accept(letter)

    def handle_error(self, request, client_address):
        """It hung up on purpose."""


@pytest.fixture
def here():
    """The database of this test, as DATABASE_URL takes it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return "postgres://{USER}:{}@{HOST}:{PORT}/{NAME}".format(quote(settings["PASSWORD"]), **settings)


@pytest.fixture
def sink():
    server = MoodySink()
    yield server
    server.remove()


@pytest.fixture
def clock(tmp_path):
    """Noon today: nobody is written to about a clock in the night."""
    set_to = Clock(tmp_path / "clock")
    set_to.set(datetime.now(UTC).replace(hour=12))
    return set_to


@pytest.fixture
def worker(here, sink, clock, started):
    """`worker(broker)`: a worker at the time of the clock, started."""

    def of(broker):
        return started(
            servers.clocked_worker(clock.file, DATABASE_URL=here, CELERY_BROKER_URL=broker, EMAIL_URL=sink.url)
        )

    return of


@pytest.fixture
def beat(here, started):
    """`beat(broker)`: a scheduler that kicks every second, started."""

    def of(broker):
        return started(servers.celery_beat(DATABASE_URL=here, CELERY_BROKER_URL=broker, SWEEP_SECONDS="1"))

    return of


@pytest.fixture
def started():
    """`started(server)`: started now, stopped by its id at the end."""
    running = []

    def start(server):
        running.append(server)
        server.start()
        return server

    yield start
    for server in reversed(running):
        server.remove()


@pytest.fixture
def overdue(case_one, cast, standing, clock):
    """Duties of a month ago that the notifier, and everyone up the ladder, is to be reminded of."""
    by = standing(cast.coordinator)
    for number in range(CLOCKS):
        clocks.start(
            case_one,
            "T01",
            occasion=f"incident.Notification:{number}",
            counted_from=by.today - timedelta(days=30),
            by=by,
            owed_by_role=Role.LA_NOTIFIER,
            owed_by_agency=cast.agencies.westmoor,
        )


def everything_sent():
    made = Reminder.objects.exists() and not Reminder.objects.filter(message=None, dropped="").exists()
    return made and not Message.objects.exclude(state=Message.State.SENT).exists()


def swept_since(instant):
    return lambda: Tick.objects.filter(name=ENDED, at__gt=instant).exists()


def assert_each_in_one_message(sink):
    """Each reminder stands in one message that was sent, and each message arrived once under its own Message-ID."""
    assert not Reminder.objects.filter(dropped="").exclude(message__state=Message.State.SENT).exists()
    ids = list(Message.objects.values_list("message_id", flat=True))
    assert sorted(sink.ids) == sorted(ids)
    assert len(set(ids)) == len(ids)
    keys = list(Reminder.objects.values_list("deadline", "due_on", "milestone", "recipient"))
    assert len(keys) == len(set(keys))


def test_two_schedulers_and_two_workers_put_each_reminder_in_one_message(
    redis_url, sink, overdue, worker, beat, clock, cast
):
    first, _ = worker(redis_url), worker(redis_url)
    beat(redis_url), beat(redis_url)
    servers.wait_until(everything_sent, saying=first.log)
    # And some more passes of both, with nothing to do.
    servers.wait_until(swept_since(clock.now() + timedelta(seconds=2)), saying=first.log)
    assert_each_in_one_message(sink)
    about_clocks = [letter for letter in sink.letters if "/messages/clock/" in str(letter.get_payload(0))]
    assert len([letter for letter in about_clocks if letter["To"] == cast.la_notifier.email]) == 1
    assert len([letter for letter in about_clocks if letter["To"] == cast.partner_police.email]) == 1


def test_a_redis_that_comes_back_empty_has_lost_nothing(redis_server, sink, overdue, worker, beat):
    kicks = beat(redis_server.url)
    # Kicks wait in its memory for a worker that is not there yet.
    servers.wait_until(lambda: redis_server.client().llen("messages") > 0, saying=kicks.log)
    redis_server.stop()
    redis_server.start()
    late = worker(redis_server.url)
    servers.wait_until(everything_sent, saying=late.log)
    assert_each_in_one_message(sink)


def test_a_worker_killed_in_the_middle_of_a_sweep_leaves_the_rest_to_the_next(
    redis_url, sink, overdue, worker, beat, clock
):
    sink.hold_at = 3
    first = worker(redis_url)
    beat(redis_url)
    assert sink.reached.wait(60), first.log()[-2000:]
    first.stop(signal.SIGKILL)
    in_flight = sink.ids[-1]
    sink.go_on.set()
    ended = Tick.objects.filter(name=ENDED).values_list("at", flat=True).first()
    assert not ended or ended < Tick.objects.get(name=BEGUN).at, "the pass did not come to its end, and that is seen"
    assert life_of(at=clock.now() + timedelta(minutes=10), every=60).is_silent
    # The dead worker's lease runs out.
    Message.objects.exclude(claim="").update(claimed_until=clock.now() - timedelta(seconds=1))
    second = worker(redis_url)
    servers.wait_until(everything_sent, saying=second.log)
    sink.letters.pop(sink.ids.index(in_flight))
    assert_each_in_one_message(sink)


def test_a_mail_server_that_fails_half_way_gets_every_letter_once(redis_url, sink, overdue, worker, beat, clock):
    sink.bad = {1, 2}
    only = worker(redis_url)
    beat(redis_url)
    seen = set()

    def failed_twice():
        seen.update(Trouble.objects.filter(settled_at=None).values_list("subject", flat=True))
        # A try that failed is made again minutes later: the minutes go by now.
        Message.objects.filter(state=Message.State.WAITING, tries__gt=0).update(next_try_at=clock.now())
        return sink.arrived > max(sink.bad)

    servers.wait_until(failed_twice, saying=only.log)
    servers.wait_until(lambda: failed_twice() and everything_sent(), saying=only.log)
    assert sink.arrived == len(sink.letters) + 2
    assert Message.objects.filter(tries__gt=0, state=Message.State.SENT).exists()
    assert seen == {"the mail server"}, "the page of the scheduler said so while it failed"
    assert not Trouble.objects.filter(settled_at=None).exists()
    assert_each_in_one_message(sink)


# Aware on a Monday, due on the Monday after the clocks change; and when the notifier's letters go out, UTC. The first is
# in the daily letter of eight o'clock, the others at seven, when the day begins.
CHANGES = [
    (date(2026, 10, 19), [(2026, 10, 22, 7), (2026, 10, 23, 6), (2026, 10, 26, 7), (2026, 10, 27, 7)]),
    # Good Friday is the 26th and Easter Monday the 29th of March 2027.
    (date(2027, 3, 22), [(2027, 3, 25, 8), (2027, 3, 30, 6), (2027, 3, 31, 6), (2027, 4, 1, 6)]),
]


@pytest.mark.parametrize(("aware", "letters"), CHANGES, ids=["the clocks go back", "the clocks go forward"])
def test_over_the_change_of_the_clocks_each_reminder_goes_once_and_in_its_hour(
    redis_url, sink, case_one, cast, worker, clock, aware, letters
):
    TeamMember.objects.update(starts_on=aware)
    by = Standing.of(cast.coordinator, datetime(aware.year, aware.month, aware.day, 9, tzinfo=UTC))
    owed = {"owed_by_role": Role.LA_NOTIFIER, "owed_by_agency": cast.agencies.westmoor}
    due = clocks.start(case_one, "T01", occasion="a:1", counted_from=aware, by=by, **owed)
    expected = [datetime(*letter, tzinfo=UTC) for letter in letters]
    hours = {instant + timedelta(seconds=offset) for instant in expected for offset in (-60, 0)}
    change = datetime.combine(next(day for day in _days_after(aware) if day.weekday() == 6), datetime.min.time(), UTC)
    # Around both midnights of that night and around one o'clock UTC, when the clocks change.
    hours |= {change + timedelta(minutes=minute) for minute in (-61, -1, 1, 59, 61, 121, 1379)}
    only = worker(redis_url)
    for instant in sorted(hours):
        clock.set(instant)
        for _ in range(2):
            with app.connection_for_write(redis_url) as link:
                app.send_task("notifications.reminders.tasks.sweep", connection=link)
        servers.wait_until(swept_since(instant), saying=only.log)
    servers.wait_until(everything_sent, saying=only.log)
    mine = Message.objects.filter(reminders__deadline=due, recipient=cast.la_notifier).order_by("made_at")
    assert [made.replace(second=0, microsecond=0) for made in mine.values_list("made_at", flat=True)] == expected
    milestones = Reminder.objects.filter(recipient=cast.la_notifier).order_by("message__made_at")
    assert list(milestones.values_list("milestone", flat=True)) == [2, 1, 0, -1]
    assert_each_in_one_message(sink)


def _days_after(day):
    return (day + timedelta(days=n) for n in range(1, 8))

"""A paper is made by a worker that may die at any moment."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from documents import kicking, papers, tasks
from documents.models import IssuedDocument
from documents.papers import DIED, LEASE, discard, render_waiting, try_again
from documents.typesetting import TookTooMuch
from tests.documents.papers import NOW, pdf_of, stored
from tests.threads import in_threads


def test_rendering_twice_is_rendering_once(a_paper, settings):
    issued = a_paper()
    assert render_waiting(at=NOW) == 1
    first, files_kept = pdf_of(issued), stored(settings)
    assert render_waiting(at=NOW + timedelta(days=1)) == 0
    assert pdf_of(issued) == first
    assert stored(settings) == files_kept
    assert len(files_kept) == 2


class Killed(BaseException):
    """What a process feels of SIGKILL: nothing after it runs."""


def dying(monkeypatch, *, times):
    """The typesetting takes the worker with it, so many times."""
    left = [times]
    real = papers.typeset

    def typeset(*args, **options):
        if left[0]:
            left[0] -= 1
            raise Killed
        return real(*args, **options)

    monkeypatch.setattr(papers, "typeset", typeset)


def test_a_paper_whose_worker_was_killed_is_rendered_once_more_when_the_lease_has_lapsed(
    a_paper, settings, monkeypatch
):
    issued = a_paper()
    dying(monkeypatch, times=1)
    with pytest.raises(Killed):
        render_waiting(at=NOW)
    issued.refresh_from_db()
    assert (issued.rendering, issued.tries, issued.claimed_until) == ("waiting", 1, NOW + LEASE)
    assert render_waiting(at=NOW + LEASE) == 0, "the lease still holds"
    assert render_waiting(at=NOW + LEASE + timedelta(seconds=1)) == 1
    issued.refresh_from_db()
    assert issued.is_ready
    assert len(stored(settings)) == 2


def test_a_paper_that_kills_every_worker_is_given_up_after_three_and_keeps_nobody_waiting(a_paper, monkeypatch):
    deadly, other = a_paper(text="deadly"), a_paper(text="harmless")
    real = papers.typeset

    def typeset(form, html, facts, **options):
        if "deadly" in html:
            raise Killed
        return real(form, html, facts, **options)

    monkeypatch.setattr(papers, "typeset", typeset)
    at = NOW
    for _ in range(6):
        with suppress(Killed):
            render_waiting(at=at)
        at += LEASE + timedelta(seconds=1)
    deadly.refresh_from_db()
    other.refresh_from_db()
    assert (deadly.rendering, deadly.failure, deadly.tries) == ("failed", DIED, 3)
    assert other.is_ready


def test_a_worker_that_lost_its_lease_leaves_nothing_of_its_own(a_paper, settings, monkeypatch):
    issued = a_paper()
    real = papers.typeset

    def slow(*args, **options):
        monkeypatch.setattr(papers, "typeset", real)
        # While this one is at work its lease lapses, and another worker renders the paper.
        assert render_waiting(at=NOW + LEASE + timedelta(seconds=1)) == 1
        return real(*args, **options)

    monkeypatch.setattr(papers, "typeset", slow)
    assert render_waiting(at=NOW) == 0
    issued.refresh_from_db()
    assert (issued.rendered_at, issued.tries) == (NOW + LEASE + timedelta(seconds=1), 2)
    assert sorted(map(str, stored(settings))) == sorted([issued.pdf.path, issued.html.path])


def test_a_paper_claimed_by_another_worker_in_between_is_left_alone(a_paper, monkeypatch):
    issued = a_paper()
    real, asked = papers._waiting, []

    def waiting(at):
        asked.append(1)
        if len(asked) == 2:  # found, and about to be claimed
            monkeypatch.setattr(papers, "_waiting", real)
            assert papers._claimed(at=at) == issued
        return real(at)

    monkeypatch.setattr(papers, "_waiting", waiting)
    assert papers._claimed(at=NOW) is None
    issued.refresh_from_db()
    assert issued.tries == 1


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_render_each_paper_once(a_paper, settings):
    for number in range(6):
        a_paper(text=f"Paper {number}")
    assert sum(in_threads(lambda _: render_waiting(at=NOW), range(4), threads=4)) == 6
    assert not IssuedDocument.objects.exclude(rendering="ready", tries=1).exists()
    assert len(stored(settings)) == 12


def test_a_failure_is_tried_three_times_then_said_in_words_and_may_be_tried_again(a_paper, monkeypatch):
    issued = a_paper()
    real, tried = papers.typeset, []

    def failing(*args, **options):
        tried.append(1)
        raise TookTooMuch("It took longer than 60 seconds.")

    monkeypatch.setattr(papers, "typeset", failing)
    for _ in range(5):
        assert render_waiting(at=NOW) == 0
    issued.refresh_from_db()
    assert (issued.rendering, len(tried)) == ("failed", 3)
    assert issued.failure.startswith("It is too long")
    monkeypatch.setattr(papers, "typeset", real)
    try_again(issued)
    assert render_waiting(at=NOW) == 1


def test_a_broken_template_keeps_no_other_paper_waiting(a_paper):
    broken, good = a_paper(template="not/there.html"), a_paper()
    render_waiting(at=NOW)
    good.refresh_from_db()
    broken.refresh_from_db()
    assert good.is_ready
    assert broken.failure


def test_the_worker_is_asked_only_after_the_commit(a_paper, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(kicking, "_send", lambda: asked.append(1) or kicking._kicking.release())
    with django_capture_on_commit_callbacks(execute=True):
        a_paper()
        assert not asked
    for thread in threading.enumerate():
        if thread.name == "kick":
            thread.join(5)
    assert asked == [1]


def test_a_broker_that_is_down_fails_nothing_and_holds_nobody_up(a_paper, monkeypatch, caplog):
    from celery import current_app
    from kombu.exceptions import OperationalError

    begun = timezone.now()

    def down(*args, **options):
        raise OperationalError("redis://secret@broker refused")

    monkeypatch.setattr(current_app._get_current_object(), "send_task", down)
    kicking.kick()
    for thread in threading.enumerate():
        if thread.name == "kick":
            thread.join(5)
    assert timezone.now() - begun < timedelta(seconds=2)
    assert "the broker was not reached: OperationalError" in caplog.text
    assert "secret" not in caplog.text
    assert not kicking._kicking.locked()


def test_a_task_prepares_one_paper_and_asks_for_the_next(a_paper, monkeypatch):
    kicked = []
    monkeypatch.setattr(tasks, "kick", lambda: kicked.append(1))
    a_paper()
    a_paper()
    tasks.render()
    assert (IssuedDocument.objects.filter(rendering="ready").count(), kicked) == (1, [1])
    tasks.render()
    assert (IssuedDocument.objects.filter(rendering="ready").count(), kicked) == (2, [1])


def test_discarding_a_paper_removes_its_files_after_the_commit(a_paper, settings, django_capture_on_commit_callbacks):
    issued = a_paper()
    render_waiting(at=NOW)
    issued.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        discard(issued)
        assert stored(settings)
    assert not stored(settings)


def test_a_kick_goes_to_our_own_broker_although_it_is_sent_from_a_thread(settings):
    from celery import current_app

    brokers = []
    thread = threading.Thread(target=lambda: brokers.append(current_app.conf.broker_url))
    thread.start()
    thread.join(5)
    assert brokers == [settings.CELERY_BROKER_URL]

"""Row D9: a letter holds a reference and a link, whatever happened."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from audit.models import Untold
from notifications.reminders.models import Message
from notifications.reminders.sweep import sweep
from tests.permissions.world import ONE, TWO


@pytest.fixture
def letters(world) -> list[str]:
    """Everything that happened in the world told in one sweep, with every reminder that is due."""
    assert Untold.objects.count() > 100
    mail.outbox.clear()
    # By day: nobody is written to about a clock in the night.
    noon = timezone.now().replace(hour=12) + timedelta(days=1)
    sweep(clock=lambda: noon)
    Message.objects.exclude(state="failed").first()
    return [
        "\n".join([letter.subject, letter.body, *(str(part[0]) for part in getattr(letter, "alternatives", []))])
        for letter in mail.outbox
    ]


def words_of(*stories) -> set[str]:
    """What would say who or what a case is about: names, births, places and what was written of it."""
    found = set()
    for story in stories:
        found |= set(story.child_name.split()) | set(story.sibling[0].split())
        found |= {story.child_born, story.sibling[1], story.title}
        for text in (story.description, story.concern, story.why):
            found |= {sentence.strip() for sentence in re.split(r"[.!?]", text) if len(sentence.strip()) > 12}
    return found


def test_d9_no_letter_says_who_or_what_a_case_is_about(letters):
    assert len(letters) > 20
    telling = [word for word in words_of(ONE, TWO) if any(word.lower() in letter.lower() for letter in letters)]
    assert telling == []


def test_d9_no_letter_holds_a_birth_an_nhs_number_or_a_postcode(letters):
    for letter in letters:
        assert not re.search(r"\b\d{3} ?\d{3} ?\d{4}\b", letter)
        assert not re.search(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", letter)


def test_d8_every_subject_is_one_line_with_a_reference_or_without_a_case(world, letters):
    for letter in mail.outbox:
        assert "\n" not in letter.subject
        assert "\r" not in letter.subject
        assert set(letter.extra_headers) <= {"Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Precedence"}

"""A paper says for ever what it said when it was issued."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import transaction

from cases.models import CaseStatus
from documents import papers
from documents.freezing import frozen, sha256_of
from documents.models import IssuedDocument
from documents.papers import render_waiting
from tests.documents.papers import NOW


def test_a_paper_is_frozen_in_plain_json_with_dates_in_words():
    @dataclass(frozen=True)
    class Part:
        day: date

    content = frozen(
        {
            "part": Part(date(2026, 3, 2)),
            "at": datetime(2026, 7, 1, 16, 30, tzinfo=UTC),
            "time": time(9, 0),
            "status": CaseStatus.OPEN,
            "share": Decimal("1.50"),
            "names": {"b", "a"},
            "none": None,
        }
    )
    assert content == {
        "part": {"day": "2 March 2026"},
        "at": "1 July 2026 at 5:30pm",
        "time": "9am",
        "status": "Open",
        "share": "1.50",
        "names": ["a", "b"],
        "none": None,
    }
    assert json.loads(json.dumps(content)) == content


def test_a_paper_holds_no_row_that_could_change(case_one):
    with pytest.raises(TypeError, match="Case"):
        frozen({"case": case_one})


def test_what_no_database_or_font_knows_is_left_out():
    assert frozen("a\0b\u202ec\ud800d\r\ne\tf") == "abcd\ne\tf"


def test_issuing_is_undone_with_the_deed_it_belongs_to(a_paper):
    class Failed(Exception):
        pass

    with pytest.raises(Failed), transaction.atomic():
        a_paper()
        raise Failed
    assert not IssuedDocument.objects.exists()


def test_who_issued_it_and_as_what_is_kept(a_paper, by):
    issued = a_paper()
    assert (issued.issued_by, issued.issued_at, issued.capacity) == (by.user, by.at, by.capacity)


def test_a_paper_whose_content_was_changed_is_never_rendered(a_paper):
    issued = a_paper()
    IssuedDocument.objects.filter(pk=issued.pk).update(content={**issued.content, "text": "Something else."})
    for _ in range(papers.MOST_TRIES):
        render_waiting(at=NOW)
    issued.refresh_from_db()
    assert issued.has_failed
    assert not issued.pdf


def test_the_hash_of_a_paper_does_not_depend_on_the_order_a_database_returns(a_paper):
    assert sha256_of({"a": 1, "b": [2]}) == sha256_of({"b": [2], "a": 1})

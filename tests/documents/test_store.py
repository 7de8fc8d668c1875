"""The rows and the files they speak of."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from documents.papers import render_waiting
from documents.store import orphans
from tests.documents import files


@pytest.fixture
def a_day_later(settings):
    def later():
        two_days_ago = timezone.now().timestamp() - timedelta(days=2).total_seconds()
        for place in Path(settings.MEDIA_ROOT).rglob("*"):
            if place.is_file():
                os.utime(place, (two_days_ago, two_days_ago))

    return later


def test_all_is_well_when_every_row_has_its_file(take, a_paper, capsys, a_day_later):
    take("notes.pdf", files.PDF)
    a_paper()
    render_waiting(at=timezone.now())
    a_day_later()
    call_command("check_papers")
    assert capsys.readouterr().out == "Every row has its file, as it was stored.\n"


def test_a_file_left_by_a_form_that_failed_is_found_after_a_day_and_removed(take, capsys, a_day_later, settings):
    class Failed(Exception):
        pass

    kept = take("kept.pdf", files.PDF)
    with pytest.raises(Failed), transaction.atomic():
        take("notes.pdf", files.PDF)
        raise Failed
    assert orphans(at=timezone.now()) == [], "it may still be under way"
    a_day_later()
    assert len(orphans(at=timezone.now())) == 1
    call_command("check_papers", remove_orphans=True)
    assert "1 files without a row removed." in capsys.readouterr().out
    assert orphans(at=timezone.now()) == []
    assert Path(kept.bytes_kept.path).exists()


@pytest.mark.parametrize(("harm", "said"), [("remove", "is missing"), ("change", "is not what was stored")])
def test_a_file_that_is_gone_or_changed_is_named_by_its_number(take, capsys, harm, said):
    upload = take("notes.pdf", files.PDF)
    place = Path(upload.bytes_kept.path)
    if harm == "remove":
        place.unlink()
    else:
        place.write_bytes(b"something else")
    with pytest.raises(SystemExit):
        call_command("check_papers")
    out = capsys.readouterr().out
    assert f"DAMAGED upload {upload.pk}: its file {said}" in out
    assert "notes" not in out


def test_papers_can_be_prepared_without_a_worker(a_paper, capsys):
    a_paper()
    a_paper()
    call_command("render_papers")
    assert capsys.readouterr().out == "2 papers prepared.\n"

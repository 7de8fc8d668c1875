"""What `manage.py prepare` collects again, and what it leaves alone."""

import os
from io import StringIO

import pytest
from django.core.management import call_command


@pytest.fixture
def stylesheet(settings, tmp_path):
    """The one static file of a site that keeps its collected files in a folder of its own."""
    kept = tmp_path / "ours" / "site.css"
    kept.parent.mkdir()
    kept.write_text("a { color: red }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [kept.parent]
    settings.STATIC_ROOT = tmp_path / "collected"
    return kept


def said():
    out = StringIO()
    call_command("prepare", static_only=True, stdout=out)
    return out.getvalue()


def test_files_that_only_look_younger_are_not_collected_again(stylesheet):
    """A container unpacks an image with other times, and may not write where the files were collected."""
    assert "Collecting" in said()
    os.utime(stylesheet, (1, 1))
    assert said() == ""


def test_a_file_of_the_same_length_that_says_something_else_is_collected_again(stylesheet, settings):
    said()
    then = stylesheet.stat()
    stylesheet.write_text("a { color: tan }")
    os.utime(stylesheet, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert "Collecting" in said()
    assert (settings.STATIC_ROOT / "site.css").read_text() == "a { color: tan }"

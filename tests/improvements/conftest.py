"""Westmoor's case with a recommendation, and an action for the hospital."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.standing import LONDON
from improvements import actions


@pytest.fixture
def today():
    return timezone.now().astimezone(LONDON).date()


@pytest.fixture
def recommendation(case_one, cast, standing):
    return actions.recommend(
        case_one,
        by=standing(cast.coordinator),
        source="audit",
        text="Agencies should keep one chronology by the end of the year",
    )


@pytest.fixture
def action(case_one, cast, standing, recommendation, today):
    """For the hospital, due in forty days."""
    return actions.plan(
        case_one,
        by=standing(cast.coordinator),
        text="Show earlier attendances on the first screen",
        lead_agency=cast.agencies.hospital,
        target_on=today + timedelta(days=40),
        recommendation=recommendation,
    )


@pytest.fixture
def done(action, cast, standing):
    """Reported as done, with evidence."""
    by = standing(cast.action_owner)
    actions.report(action, "completed_awaiting_evidence", by=by, progress="The screen was changed.")
    actions.give_evidence(action, by=by, text="A dip sample of ten records")
    return action


@pytest.fixture
def completed(done, cast, standing):
    done.refresh_from_db()
    actions.accept_evidence(done, by=standing(cast.coordinator))
    return done


@pytest.fixture
def hidden():
    """`hidden(page, name)`: what a hidden field of the page holds."""

    def of(page, name):
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        found = re.search(r'value="([^"]*)"', tag.group(0)) if tag else None
        return found.group(1) if found else ""

    return of


@pytest.fixture
def form_of(hidden):
    """`form_of(client, url, **typed)`: what the page's form would send, with its hidden fields."""

    def of(client, url, **typed):
        page = client.get(url).content.decode()
        kept = {name: hidden(page, name) for name in ("token", "seen_version") if f'name="{name}"' in page}
        return {**kept, **typed}

    return of


def day_parts(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.fixture
def parts():
    """`parts(name, day)`: a date as its three boxes send it."""
    return day_parts


@pytest.fixture
def a_pdf():
    """A small file that is what it says."""
    return SimpleUploadedFile("audit of records.pdf", PDF, content_type="application/pdf")


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
FIRST = date(2027, 1, 31)

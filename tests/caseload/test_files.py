"""Searching what attached files say: only for those who may open them, in the rooms where they lie."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from accounts.standing import Standing
from agency_returns.models import AgencyReturn
from agency_returns.models import Attachment as ReturnFile
from caseload.search import find
from documents.models import Upload, UploadText
from documents.reading.waiting import read_waiting
from documents.reading.words import words_of
from documents.uploads import accept, discard
from improvements.models import Action, Evidence
from notifications.incident.models import Attachment as NotificationFile
from notifications.incident.models import Notification
from referrals.models import Attachment as ReferralFile
from referrals.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "papers"


@pytest.fixture
def by(world):
    return lambda person: Standing.of(world.people[person], timezone.now())


@pytest.fixture
def look(by):
    return lambda words, person="coordinator": find(words, by=by(person)).cases


def pdf(words):
    stream = f"BT /F1 12 Tf 40 100 Td ({words}) Tj ET".encode()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"%PDF-1.4\n"
    offsets = []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def docx(words):
    document = Document()
    document.add_paragraph("What we knew.")
    document.add_table(1, 1).cell(0, 0).text = words
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


@pytest.fixture
def attach(by):
    def taken(name, content):
        return accept(SimpleUploadedFile(name, content), by=by("coordinator"))

    return taken


@pytest.fixture
def filed(notified, attach, world):
    """A word of its own in a file of each room, read by the worker. Two rounds: five files at most in one."""
    notified.asked_agencies()
    who = {"added_by": world.people["coordinator"], "added_at": timezone.now()}
    case = notified.case
    referral = Referral.objects.get(case=case)
    ReferralFile.objects.create(referral=referral, upload=attach("a.pdf", pdf("A perambulator stood there")), **who)
    notification = Notification.objects.get(case=case)
    NotificationFile.objects.create(notification=notification, upload=attach("b.docx", docx("Umbrella stand")), **who)
    row = AgencyReturn.objects.filter(request__case=case, request__agency=world.agencies["school"]).get()
    ReturnFile.objects.create(agency_return=row, upload=attach("c.txt", "A caf\u00e9 of marzipan".encode()))
    assert read_waiting(at=timezone.now()) == 3
    return case


def test_a_file_is_found_by_what_it_says_by_those_who_hold_the_whole_case(filed, look):
    for word in ("perambulator", "UMBRELLA", "Umbrella perambulator"):
        assert look(word) == [filed]
        assert look(word, "la_notifier") == [filed]
    for person in ("isles_notifier", "lead", "hospital_referrer", "system_administrator", "group_member"):
        assert look("perambulator", person) == []


def test_what_is_in_a_return_is_found_by_nobody_who_may_not_read_returns(filed, look):
    assert look("marzipan") == [filed]
    # The notifiers hold the whole case, and not what agencies wrote for the review.
    assert look("marzipan", "la_notifier") == []


def test_a_file_taken_back_from_a_return_is_not_found(filed, look):
    ReturnFile.objects.update(removed_at=timezone.now())
    assert look("marzipan") == []


def test_evidence_of_an_action_is_found_with_the_action(filed, attach, look, world):
    facts = {
        "case": filed,
        "number": 7,
        "lead_agency": world.agencies["hospital"],
        "target_on": world.today,
        "first_target_on": world.today,
    }
    action = Action.objects.create(text="Do it.", **facts)
    evidence = Evidence.objects.create(
        action=action, text="Done.", given_by=world.people["action_owner"], given_at=timezone.now()
    )
    evidence.uploads.add(attach("d.txt", b"Gooseberry jam"))
    read_waiting(at=timezone.now())
    assert look("gooseberry") == [filed]
    assert look("gooseberry", "isles_notifier") == []


def test_a_misspelt_word_of_a_file_is_found_and_said_only_where_the_file_may_be_opened(filed, by):
    found = find("marzipam", by=by("coordinator"))
    assert found.cases == [filed]
    assert found.instead == (("marzipam", ("marzipan",)),)
    for person in ("la_notifier", "isles_notifier"):
        other = find("marzipam", by=by(person))
        assert (other.cases, other.instead) == ([], ())


def test_more_files_do_not_make_a_search_ask_more_often(filed, look, attach):
    look("marzipam")
    with CaptureQueriesContext(connection) as few:
        look("marzipam")
    row = ReturnFile.objects.get().agency_return
    for number in range(4):
        ReturnFile.objects.create(agency_return=row, upload=attach(f"{number}.txt", b"Marzipan again"))
    read_waiting(at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        look("marzipam")
    assert len(few) == len(many)


# --- reading --------------------------------------------------------------------------------------------------------
@pytest.fixture
def take(cast, standing):
    return lambda name, content: accept(SimpleUploadedFile(name, content), by=standing(cast.coordinator))


@pytest.mark.parametrize(
    "content",
    [
        "Siân was not brought.".encode(),
        "Siân was not brought.".encode("cp1252"),
        "Siân was not brought.".encode("utf-16"),
        "Sia\u0302n was not brought.".encode(),
        "Siân was not bro\u00adught.".encode(),
    ],
)
def test_an_accent_is_one_letter_however_the_file_was_saved(content):
    assert words_of(content, "text/plain") == "Siân was not brought."


def test_what_a_printer_joins_is_read_as_two_letters():
    assert words_of("The \ufb01ndings of the o\ufb03ce".encode(), "text/plain") == "The findings of the office"


def test_a_damaged_file_is_tried_twice_keeps_nobody_waiting_and_a_quarantined_one_is_never_read(take):
    broken = take("a.pdf", b"%PDF-1.4\nnothing of a PDF\n%%EOF\n")
    held = take("b.txt", b"Held back")
    Upload.objects.filter(pk=held.pk).update(scan=Upload.Scan.HELD)
    good = take("c.txt", b"Good words")
    assert read_waiting(at=timezone.now()) == 1
    assert read_waiting(at=timezone.now()) == 0
    assert UploadText.objects.get(upload=broken).tries == 2
    assert read_waiting(at=timezone.now()) == 0
    assert UploadText.objects.get(upload=broken).tries == 2
    assert UploadText.objects.get(upload=good).words == "Good words"
    assert not UploadText.objects.filter(upload=held).exists()
    Upload.objects.filter(pk=held.pk).update(scan=Upload.Scan.CLEAN)
    assert read_waiting(at=timezone.now()) == 1


def test_what_a_file_says_goes_with_the_file(take):
    upload = take("a.txt", b"Words")
    read_waiting(at=timezone.now())
    discard(upload)
    assert not UploadText.objects.exists()

"""What is sent to hurt: files that are not what they say, names, ids of others, repeats, far too much text."""

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import Identity
from documents.models import Upload
from documents.papers import html_of, render_waiting
from referrals import actions
from referrals.answers import Kind
from referrals.models import Attachment, PageAnswers, Question, Referral
from tests.documents.files import docx, encrypted_zip
from tests.documents.test_scanning import EICAR, scanner  # noqa: F401 - a fixture
from tests.referrals.addresses import url


def bomb():
    """A Word document whose one part is a thousand times as large as its packed form."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"<w>" + b"0" * (60 * 1024 * 1024) + b"</w>")
    return packed.getvalue()


WRITTEN = (Kind.TEXT, Kind.LONG, Kind.EMAIL, Kind.PHONE, Kind.NHS_NUMBER, Kind.UPN, Kind.POSTCODE)
BAD_FILES = {
    "bomb.docx": (bomb, "unpacks to far more"),
    "locked.docx": (encrypted_zip, "password"),
    "locked.pdf": (lambda: b"%PDF-1.7\n/Encrypt 1 0 R\n%%EOF", "password"),
    "half.pdf": (lambda: b"%PDF-1.7\nand nothing more", "is damaged"),
    "half.docx": (lambda: docx()[:200], "is damaged"),
    "page.html": (lambda: b"<script>alert(1)</script>", "must be a"),
    "drawing.svg": (lambda: b"<svg onload=alert(1)></svg>", "must be a"),
    "nothing.txt": (lambda: b"", "is empty"),
    "photo.jpg": (lambda: b"<svg onload=alert(1)></svg>", "is not the JPG its name says it is"),
}


def test_each_bad_file_is_refused_with_its_reason_and_the_good_one_among_them_is_attached(draft, cast, signed_in):
    files = [SimpleUploadedFile(name, made()) for name, (made, _) in BAD_FILES.items()]
    files.insert(3, SimpleUploadedFile("good.docx", docx()))
    answer = signed_in(cast.referrer).post(url("attachments", draft.pk), {"files": files})
    said = answer.context["form"].errors["files"]
    for name, (_, reason) in BAD_FILES.items():
        assert any(name in error and reason in error for error in said), (name, said)
    assert [attachment.upload.name for attachment in Attachment.objects.all()] == ["good.docx"]
    assert Upload.objects.count() == 1
    assert "1 of the files you chose was attached: good.docx." in answer.text
    assert "Error: Files" in answer.text


def test_more_files_than_may_be_chosen_at_once_are_refused_as_one(draft, cast, signed_in):
    files = [SimpleUploadedFile(f"note-{number}.txt", b"Words") for number in range(11)]
    answer = signed_in(cast.referrer).post(url("attachments", draft.pk), {"files": files})
    assert "up to 10 files" in str(answer.context["form"].errors["files"])
    assert not Attachment.objects.exists()


def test_a_virus_is_held_back_and_its_name_leads_nowhere(draft, cast, signed_in, scanner):
    client = signed_in(cast.referrer)
    files = [SimpleUploadedFile("virus.txt", EICAR), SimpleUploadedFile("good.txt", b"Words")]
    shown = client.post(url("attachments", draft.pk), {"files": files}, follow=True)
    bad, good = Attachment.objects.order_by("pk")
    assert (bad.upload.may_be_opened, good.upload.may_be_opened) == (False, True)
    assert bad.upload.get_scan_display() in shown.text
    assert url("attachment", draft.pk, bad.pk) + '"' not in shown.text
    assert client.get(url("attachment", draft.pk, bad.pk)).status_code in (403, 404, 409)
    assert client.get(url("attachment", draft.pk, good.pk)).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd.txt", "..\\..\\windows\\boot.txt", "\u202etxt.exe.txt", "con.txt"],
)
def test_the_name_of_a_file_leads_nowhere(draft, cast, signed_in, settings, name):
    client = signed_in(cast.referrer)
    client.post(url("attachments", draft.pk), {"files": [SimpleUploadedFile(name, b"<script>alert(1)</script>")]})
    attachment = Attachment.objects.get()
    kept = Path(attachment.upload.bytes_kept.path).resolve()
    assert kept.is_relative_to(Path(settings.DATA_DIR).resolve())
    assert "passwd" not in kept.name and "boot" not in kept.name
    got = client.get(url("attachment", draft.pk, attachment.pk))
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff" and "html" not in got["Content-Type"]
    for mark in ("/", "\\", "\u202e", "\r", "\n"):
        assert mark not in attachment.upload.name


def test_ids_of_another_agency_are_answered_as_if_they_did_not_exist(sent, cast, signed_in, standing):
    bert = standing(cast.other_referrer)
    theirs = actions.start_draft(by=bert, agency=cast.agencies.hospital)
    question = actions.ask(sent, "Who saw the child last?", by=standing(cast.coordinator))
    ada, stranger = signed_in(cast.referrer), signed_in(cast.other_referrer)
    for name in ("kind", "attachments", "withdraw", "send_for_approval", "approve"):
        answers = [ada.post(url(name, pk)).status_code for pk in (theirs.pk, 987654)]
        assert answers == [404, 404], name
    page = {"media": "yes", "seen_version": "0"}
    for name in ("page", "autosave"):
        assert ada.post(url(name, theirs.pk, "media"), page).status_code == 404
    # A question of one referral is not reached by the address of another.
    for client, pk in ((stranger, sent.pk), (stranger, theirs.pk)):
        assert client.post(url("answer", pk, question.pk), {"text": "I did."}).status_code == 404
    assert Question.objects.get().answer == ""
    assert not PageAnswers.objects.filter(referral=theirs, page="media").exists()


def test_an_agency_that_is_not_offered_is_no_answer(draft, cast, signed_in, standing):
    client = signed_in(cast.referrer)
    actions.add_one(draft, "agency", by=standing(cast.referrer))
    said = set()
    for code in ("987654", "-1", "1 OR 1=1", "__class__"):
        answer = client.post(
            url("page", draft.pk, "agency-1-involvement"), {"agency": code, "involved": "current", "seen_version": "1"}
        )
        said.add(str(answer.context["form"].errors["agency"]))
    assert len(said) == 1
    assert draft.answers().of("agency", 1, "involvement", "agency") == ""


def test_starting_sets_nothing_but_what_is_asked(cast, past_the_first_question):
    forged = {
        "status": "submitted",
        "author": cast.lead.pk,
        "approved_by": cast.lead.pk,
        "submitted_at": "2026-01-01",
        "in_the_leads_place": "on",
        "told": "Nothing",
        "version": "99",
    }
    sent = {"kind": "learning", "agency": cast.agencies.school.pk, "token": "start-it-only-once"}
    past_the_first_question(cast.referrer).post(url("begin"), {**sent, **forged})
    made = Referral.objects.get()
    assert (made.status, made.author, made.approved_by, made.submitted_at, made.told, made.version) == (
        "draft",
        cast.referrer,
        None,
        None,
        "",
        1,
    )


def pages_of(referral):
    """Each page of the form once: those asked once, and those of a child, a person, an agency and a process."""
    return [place for place in referral.answers().places() if place.number <= 1]


def test_a_hundred_thousand_characters_in_every_answer_are_refused_in_words_and_kept(written, cast, signed_in):
    client = signed_in(cast.referrer)
    words = "ہ🧒" * 50_000
    for place in pages_of(written):
        page = url("page", written.pk, place.key)
        texts = [question for question in place.page.questions if question.kind in WRITTEN]
        typed = {question.name: words for question in texts}
        opened = client.get(page).context["form"]
        sent = {name: opened[name].value() for name in opened.fields if name not in typed and opened[name].value()}
        answer = client.post(page, {**sent, **typed})
        # What is asked only after another answer is not complained of before.
        must = {question.name for question in texts if question.when is None and question.name[:4] != "why_"}
        if not must:
            continue
        assert answer.status_code == 200 and must <= set(answer.context["form"].errors), place.key
        kept = PageAnswers.objects.get(referral=written, page=place.key)
        assert [kept.typed[question.name] for question in texts] == [[words]] * len(texts), place.key
    checked = client.get(url("check", written.pk))
    assert "There is a problem on these pages" in checked.text and words not in checked.text


ODD_NAMES = ("محمد \u202eعلي", "Zoë 👨\u200d👩\u200d👧 O’Brien-Şəhriyar", "<b>Bold</b> {{ 7|add:7 }}", "王小明")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_from_right_to_left_or_with_a_picture_is_kept_as_it_is_and_never_on_the_paper(
    draft, cast, signed_in, standing, name
):
    client = signed_in(cast.referrer)
    actions.add_one(draft, "child", by=standing(cast.referrer))
    client.post(url("page", draft.pk, "child-1-identity"), {"born": "born", "full_name": name, "seen_version": "1"})
    shown = client.get(url("check", draft.pk)).text
    assert "<b>Bold" not in shown and "14" not in shown.partition("full name")[2][:20]
    actions.send_for_approval(draft, by=standing(cast.referrer))
    draft.refresh_from_db()
    actions.approve(draft, by=standing(cast.lead))
    assert Identity.objects.get(child__case=draft.case).full_name == name
    assert name not in str(draft.paper.content)
    assert signed_in(cast.coordinator).get(url("triage", draft.pk)).status_code == 200


def test_words_in_any_script_reach_the_lists_and_the_printed_paper(written, cast, standing, signed_in):
    words = "قال “أمّي” ثم صمت, שלום, 王小明 🧒 Zoë"
    cast.referrer.name, cast.agencies.school.name = "علي 🧒 Quill", "مدرسة Hafan-y-Môr"
    cast.referrer.save()
    cast.agencies.school.save()
    actions.save_page(written, "concerns", {"concerns": words}, by=standing(cast.referrer))
    actions.send_for_approval(written, by=standing(cast.referrer))
    actions.approve(written, by=standing(cast.lead))
    assert render_waiting(at=timezone.now()) == 1
    written.paper.refresh_from_db()
    with written.paper.pdf.open("rb") as pdf:
        printed = subprocess.run(
            ["pdftotext", "-", "-"], input=pdf.read(), capture_output=True, check=True
        ).stdout.decode()
    for part in ("王小明", "Zoë", "Hafan-y-Môr"):
        assert part in printed, part
    assert words in html_of(written.paper)
    listed = signed_in(cast.coordinator).get(url("list")).text
    assert "علي 🧒 Quill" in listed and "مدرسة Hafan-y-Môr" in listed

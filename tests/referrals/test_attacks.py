"""What is sent to hurt: files that are not what they say, names, ids of others, repeats, far too much text."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Identity
from documents.models import Upload
from referrals import actions
from referrals.models import Attachment, PageAnswers, Question, Referral
from tests.documents.files import docx, encrypted_zip


def url(name, *args):
    return reverse(f"referrals:{name}", args=args)


def bomb():
    """A Word document whose one part is a thousand times as large as its packed form."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"<w>" + b"0" * (60 * 1024 * 1024) + b"</w>")
    return packed.getvalue()


BAD_FILES = {
    "bomb.docx": (bomb, "unpacks to far more"),
    "locked.docx": (encrypted_zip, "password"),
    "locked.pdf": (lambda: b"%PDF-1.7\n/Encrypt 1 0 R\n%%EOF", "password"),
    "half.pdf": (lambda: b"%PDF-1.7\nand nothing more", "is damaged"),
    "half.docx": (lambda: docx()[:200], "is damaged"),
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


def test_starting_sets_nothing_but_what_is_asked(cast, signed_in):
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
    signed_in(cast.referrer).post(url("begin"), {**sent, **forged})
    made = Referral.objects.get()
    assert (made.status, made.author, made.approved_by, made.submitted_at, made.told, made.version) == (
        "draft",
        cast.referrer,
        None,
        None,
        "",
        1,
    )


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

"""What is sent to hurt: files that are not what they say, names, ids of others, repeats, far too much text."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Identity
from documents.models import Upload
from referrals import actions
from referrals.models import Attachment, Referral
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

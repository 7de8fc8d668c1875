"""The files of a draft, over HTTP."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Upload
from referrals import actions
from referrals.models import Attachment
from tests.referrals.addresses import url


def test_a_file_is_attached_tagged_as_not_scanned_and_removed_with_its_bytes(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    files = [SimpleUploadedFile("notes.txt", b"Words"), SimpleUploadedFile("more.txt", b"More words")]
    answer = client.post(url("attachments", draft.pk), {"files": files}, follow=True)
    assert "2 files attached." in answer.text and "Not virus scanned" in answer.text
    first = Attachment.objects.first()
    got = client.get(url("attachment", draft.pk, first.pk))
    assert got["Content-Disposition"].startswith("attachment")
    client.post(url("detach", draft.pk, first.pk))
    assert (Attachment.objects.count(), Upload.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", b"<script>alert(1)</script>", "must be a"),
        ("picture.svg", b"<svg onload=alert(1)>", "must be a"),
        ("picture.png", b"MZ\x90\x00", "picture.png"),
        ("empty.txt", b"", "is empty"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_the_reason(draft, cast, signed_in, name, content, said):
    answer = signed_in(cast.referrer).post(url("attachments", draft.pk), {"files": [SimpleUploadedFile(name, content)]})
    assert answer.status_code == 200
    assert said in " ".join(answer.context["form"].errors["files"])
    assert not Attachment.objects.exists()


def test_nobody_reaches_a_file_by_another_referrals_address(draft, cast, signed_in, standing):
    client = signed_in(cast.referrer)
    client.post(url("attachments", draft.pk), {"files": [SimpleUploadedFile("notes.txt", b"Words")]})
    other = actions.start_draft(by=standing(cast.other_referrer), agency=cast.agencies.hospital)
    attached = Attachment.objects.get()
    stranger = signed_in(cast.other_referrer)
    for address in (url("attachment", other.pk, attached.pk), url("attachment", draft.pk, attached.pk)):
        assert stranger.get(address).status_code == 404
    assert stranger.post(url("detach", other.pk, attached.pk)).status_code == 404


def test_a_file_sent_twice_is_attached_once(draft, cast, signed_in):
    client = signed_in(cast.referrer)

    def send(*names):
        files = [SimpleUploadedFile(name, b"Words") for name in names]
        return client.post(url("attachments", draft.pk), {"files": files})

    assert send("notes.txt").status_code == 302
    again = send("notes.txt", "copy.txt")
    assert "notes.txt is attached already" in again.text
    assert [row.upload.name for row in Attachment.objects.all()] == ["notes.txt", "copy.txt"]
    assert Upload.objects.count() == 2


def test_whoever_goes_on_with_a_file_chosen_attaches_it(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    assert client.post(url("attachments", draft.pk), {"continue": "yes"}).url == url("tasks", draft.pk)
    going_on = {"continue": "yes", "files": [SimpleUploadedFile("notes.txt", b"Words")]}
    assert client.post(url("attachments", draft.pk), going_on).url == url("tasks", draft.pk)
    bad = {"continue": "yes", "files": [SimpleUploadedFile("page.html", b"<b>")]}
    assert "must be a" in client.post(url("attachments", draft.pk), bad).text
    assert [row.upload.name for row in Attachment.objects.all()] == ["notes.txt"]


def test_files_sent_when_the_session_was_over_are_said_not_to_be_attached(draft, cast, client, signed_in):
    late = client.post(url("attachments", draft.pk), {"files": [SimpleUploadedFile("notes.txt", b"Words")]})
    assert late.url.startswith(reverse("account_login"))
    back = unquote(late.url.partition("next=")[2])
    page = signed_in(cast.referrer).get(back)
    assert "they were not attached. Choose them again." in page.text
    assert "not attached" not in signed_in(cast.referrer).get(url("attachments", draft.pk)).text
    assert not Upload.objects.exists()

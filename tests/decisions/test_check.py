"""A decision record can be checked by whoever may see the decision, and by nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from audit.models import Event
from decisions.actions import conclude, reopen
from documents.models import IssuedDocument
from documents.papers import render_waiting

URL = "/decisions/check/"
GENUINE = "This is the record that was issued"
UNKNOWN = "No decision record that you may see"


@pytest.fixture
def concluded(decision, all_signed, cast, standing):
    return conclude(decision, by=standing(cast.coordinator), outcome="met", rationale="All three saw it")


def test_the_code_of_a_record_shows_what_was_decided_however_it_is_typed(concluded, case_one, cast, signed_in):
    code = concluded.record.content_sha256
    spaced = " ".join(code[start : start + 8].upper() for start in range(0, 64, 8))
    page = signed_in(cast.partner_icb).post(URL, {"code": spaced}).content.decode()
    assert GENUINE in page and "The criteria are met" in page and case_one.reference in page
    last = Event.objects.filter(trail=case_one.chain, verb="record checked").last()
    assert (last.actor, last.reading) == (cast.partner_icb, True)


def test_the_pdf_itself_is_known_and_a_changed_one_is_not(concluded, cast, signed_in):
    render_waiting(at=timezone.now())
    concluded.record.refresh_from_db()
    content = concluded.record.pdf.read()
    client = signed_in(cast.partner_police)

    def sent(content):
        file = SimpleUploadedFile("record.pdf", content, "application/pdf")
        return client.post(URL, {"code": "", "record": file}).content.decode()

    assert GENUINE in sent(content)
    assert UNKNOWN in sent(content + b"\n")
    other = client.post(URL, {"code": "f" * 64, "record": SimpleUploadedFile("record.pdf", content, "application/pdf")})
    assert UNKNOWN in other.content.decode(), "the code of another paper beside the file of this one"


def test_content_that_was_changed_in_the_store_is_said_not_to_be_what_was_issued(concluded, cast, signed_in):
    issued = concluded.record
    IssuedDocument.objects.filter(pk=issued.pk).update(content=issued.content | {"outcome": "Something else"})
    page = signed_in(cast.partner_icb).post(URL, {"code": issued.content_sha256}).content.decode()
    assert "is not what was issued" in page and GENUINE not in page


def test_a_record_of_a_decision_taken_again_says_so(concluded, cast, standing, signed_in):
    reopen(concluded, by=standing(cast.coordinator), reason="New facts")
    page = signed_in(cast.partner_icb).post(URL, {"code": concluded.record.content_sha256}).content.decode()
    assert "decided again after this record" in page


def test_whoever_may_not_see_the_decision_gets_the_answer_of_a_code_that_does_not_exist(
    concluded, case_one, cast, signed_in
):
    client = signed_in(cast.partner_isles)
    real = client.post(URL, {"code": concluded.record.content_sha256}).content.decode()
    assert UNKNOWN in real and case_one.reference not in real
    assert UNKNOWN in client.post(URL, {"code": "0" * 64}).content.decode()
    for person in (cast.referrer, cast.reviewer):
        assert signed_in(person).post(URL, {"code": concluded.record.content_sha256}).status_code == 403


def test_what_cannot_be_a_code_is_refused_in_words(cast, signed_in):
    client = signed_in(cast.coordinator)
    assert "Enter the code at the end of the record" in client.post(URL, {"code": ""}).content.decode()
    assert "Code must be 64" in client.post(URL, {"code": "xyz"}).content.decode()

"""The virus scanner: asked over its socket; while it is down files are held; what it finds is quarantined."""

import socketserver
import struct
import threading

import pytest
from django.utils import timezone

from accounts.standing import Standing
from audit.models import Event
from documents.models import Upload
from documents.serve import NotServed, download
from documents.tasks import scan
from documents.uploads import scan_held
from tests.documents import files

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clam(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does."""

    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.asked.append(command)
        found = EICAR in content
        self.wfile.write(self.server.says or (b"stream: Eicar FOUND\0" if found else b"stream: OK\0"))


@pytest.fixture
def scanner(settings, tmp_path):
    """A scanner of the test's own, on a socket in a temporary folder."""
    settings.CLAMD_SOCKET = str(tmp_path / "clamd.sock")
    server = socketserver.ThreadingUnixStreamServer(settings.CLAMD_SOCKET, Clam)
    server.asked, server.says = [], b""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def scanner_down(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")


def test_without_a_scanner_a_file_says_that_it_was_not_scanned(take):
    upload = take("notes.pdf", files.PDF)
    assert (upload.get_scan_display(), upload.scan_colour) == ("Not virus scanned", "grey")


def test_a_scanned_file_needs_no_tag(scanner, take):
    upload = take("notes.pdf", files.PDF)
    assert (upload.scan, upload.scan_colour) == (Upload.Scan.CLEAN, "")
    assert scanner.asked == [b"zINSTREAM\0"]
    assert download(upload).status_code == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.txt", EICAR),
        ("virus.docx", files.with_parts(files.docx(), **{"word/media/1.txt": b"fine"}) + EICAR),
    ],
)
def test_what_the_scanner_finds_is_quarantined_and_recorded(scanner, take, name, content):
    if name.endswith("docx"):
        scanner.says = b"stream: Eicar FOUND\0"
    upload = take(name, content)
    assert (upload.scan, upload.scan_colour) == (Upload.Scan.INFECTED, "red")
    assert not upload.may_be_opened
    with pytest.raises(NotServed, match="quarantine"):
        download(upload)
    assert Event.objects.filter(verb="upload quarantined", subject=f"documents.Upload:{upload.pk}").count() == 1


def test_while_the_scanner_is_down_files_are_held_and_cannot_be_opened(scanner_down, take):
    upload = take("notes.pdf", files.PDF)
    assert upload.scan == Upload.Scan.HELD
    with pytest.raises(NotServed, match="held"):
        download(upload)


@pytest.mark.parametrize("says", [b"UNKNOWN COMMAND\0", b"stream: size limit exceeded. ERROR\0", b"\0"])
def test_an_answer_that_is_neither_yes_nor_no_holds_the_file(scanner, take, says):
    scanner.says = says
    assert take("notes.pdf", files.PDF).scan == Upload.Scan.HELD


def test_held_files_are_scanned_once_the_scanner_is_back(scanner_down, take, request, by):
    good, bad = take("notes.pdf", files.PDF), take("virus.txt", EICAR)
    scheduler = Standing.scheduler(timezone.now())
    assert scan_held(by=scheduler) == 0
    request.getfixturevalue("scanner")
    assert scan_held(by=scheduler) == 2
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.scan, bad.scan) == (Upload.Scan.CLEAN, Upload.Scan.INFECTED)
    assert scan_held(by=scheduler) == 0
    assert Event.objects.filter(verb="upload quarantined").count() == 1


def test_the_scheduler_scans_what_was_held(scanner_down, take, request):
    bad = take("virus.txt", EICAR)
    request.getfixturevalue("scanner")
    scan()
    bad.refresh_from_db()
    assert bad.scan == Upload.Scan.INFECTED
    assert Event.objects.get(verb="upload quarantined").actor.email == "scheduler@system"

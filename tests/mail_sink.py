"""A mail server of the tests' own on a loopback port: it accepts everything and remembers it."""

from __future__ import annotations

import email
import socketserver
import threading
from email.message import Message


class _Conversation(socketserver.StreamRequestHandler):
    server: MailSink

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line.decode(errors="replace").strip().upper()
            if word.startswith("DATA"):
                self._say("354 go on")
                self._take_letter()
            elif word.startswith("QUIT"):
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take_letter(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.accept(email.message_from_bytes(b"".join(lines)))
        self._say("250 accepted")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailSink(socketserver.ThreadingTCPServer):
    """`letters` are those accepted so far. `hold_at` makes it wait, before answering, at that many letters."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[Message] = []
        self.hold_at: int | None = None
        self.reached = threading.Event()
        self.go_on = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address, as EMAIL_URL takes it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def accept(self, letter: Message) -> None:
        self.letters.append(letter)
        if self.hold_at is not None and len(self.letters) == self.hold_at:
            self.reached.set()
            self.go_on.wait(60)

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.letters]

    def remove(self) -> None:
        self.go_on.set()
        self.shutdown()
        self.server_close()

"""A mail server of one test: speaks as much of RFC 5321 as a client needs, keeps what it takes, and
refuses the recipients that it was told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """``refusals`` has the server's answer to a recipient, such as ``550 No such user``;
    ``hangs_up`` the recipients at whose name it ends the connection."""

    port: int = 0
    refusals: dict[str, str] = field(default_factory=dict)
    hangs_up: set[str] = field(default_factory=set)
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    connections: int = 0

    @property
    def recipients(self) -> list[str]:
        return [to for to, _ in self.taken]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server on a free port of this machine, for as long as the block lasts."""
    state = MailServer()

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            state.connections += 1
            self.say("220 ready")
            recipient = ""
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "RCPT":
                    recipient = line.partition("<")[2].partition(">")[0]
                    if recipient in state.hangs_up:
                        return
                    self.say(state.refusals.get(recipient, "250 ok"))
                elif verb == "DATA":
                    self.say("354 go on")
                    state.taken.append((recipient, self.message()))
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def message(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return message_from_bytes(b"".join(lines), policy=policy.default)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        try:
            yield state
        finally:
            server.shutdown()

"""What stands outside the node: a mail server and a web hook, both real, both able to refuse."""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from tests.cable import free_port


class Mailbox:
    """A mail server. `answers[address]` are its next replies to mail for an address; without any it takes the mail."""

    def __init__(self) -> None:
        self.letters: dict[str, list[EmailMessage]] = defaultdict(list)
        self.answers: dict[str, list[str]] = defaultdict(list)
        self.on_letter: dict[str, Callable[[], None]] = {}
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        [address] = envelope.rcpt_tos
        self.letters[address].append(message_from_bytes(envelope.content, policy=policy.default))
        if address in self.on_letter:
            self.on_letter[address]()
        return self.answers[address].pop(0) if self.answers[address] else "250 OK"

    def start(self) -> int:
        self.controller.start()
        return self.controller.port

    def stop(self) -> None:
        self.controller.stop()


@dataclass
class Post:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Hook:
    """A web server that takes posts. `answers` are its next status codes; without any it answers 204."""

    posts: list[Post] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def start(self) -> int:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.posts.append(Post(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(hook.answers.pop(0) if hook.answers else 204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return int(self.server.server_address[1])

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def of(self, path: str) -> list[Post]:
        return [post for post in self.posts if post.path == path]

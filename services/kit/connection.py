"""A connection to NATS that stays."""

import asyncio
import itertools
import logging
import re
import ssl
from collections.abc import Sequence
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error, NoRespondersError

log = logging.getLogger(__name__)
PLAIN = re.compile(r"[!-~]+")
"""A subject that is one word of ASCII."""
FLUSH = 2.0
"""So long a publish waits for a server that takes nothing before it goes on."""


def parse_headers(raw: bytes) -> dict[str, str]:
    """The header lines of a message, as the library parses them but at a third of the cost."""
    lines = (line.partition(":") for line in raw.decode(errors="replace").split("\r\n"))
    return {
        name: value.strip()
        for name, colon, value in lines
        if colon and name.isascii() and name.strip() == name
    }


class Connection(Client):
    """A client that no message can stop.

    A subject that is not UTF-8 would end the library's read loop, and the message would be there again after
    every reconnection: one node could silence the readers of all others.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: dict[str, asyncio.Future[bytes]] = {}
        self._tokens = itertools.count()
        self._answers = ""

    async def hear_answers(self) -> None:
        """To be called once, before anything is asked."""
        self._answers = self.new_inbox()
        await self.subscribe(f"{self._answers}.*", cb=self._on_answer)

    @staticmethod
    def _parse_header_lines(raw: bytes) -> dict[str, str]:
        return parse_headers(raw)

    async def ask(self, subject: str, data: bytes, headers: dict[str, str], within: float) -> bytes:
        """The answer to a request, as `request` gets it but at less cost; `within` so many seconds of the sending.

        Raises TimeoutError, NoRespondersError and what `publish` raises.
        """
        token = f"{next(self._tokens):x}"
        reply = f"{self._answers}.{token}"
        answer = self._asked[token] = asyncio.get_running_loop().create_future()
        try:
            if not self._write(subject, reply, data, headers):
                # Apart: a cancellation that meets the library while it writes is swallowed there, and is not sent again.
                async with asyncio.timeout(within):
                    await self.publish(subject, data, reply=reply, headers=headers)
            async with asyncio.timeout(within):
                found: bytes = await answer
                return found
        finally:
            self._asked.pop(token, None)

    def _write(self, subject: str, reply: str, data: bytes, headers: dict[str, str]) -> bool:
        """Put a message on the socket at once, without the library's queue and task between.

        False where that would overtake something that waits, and for what the library has to mend or refuse. Who asks waits
        for the answer, so that no more is ever under way than was asked.
        """
        if self._transport is None or not self.is_connected or self._pending or not PLAIN.fullmatch(subject):
            return False
        lines = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        head = f"NATS/1.0\r\n{lines}\r\n".encode()
        broken = lines.count("\r") != len(headers) or lines.count("\n") != len(headers)
        if broken or len(head) + len(data) > self._max_payload:
            return False
        sizes = f"HPUB {subject} {reply} {len(head)} {len(head) + len(data)}\r\n"
        try:
            self._transport.write(b"%b%b%b\r\n" % (sizes.encode(), head, data))
        except RuntimeError:
            # The connection is lost, and the library does not know it yet.
            return False
        return True

    async def _on_answer(self, message: Msg) -> None:
        answer = self._asked.get(message.subject.rpartition(".")[2])
        if answer is None or answer.done():
            return
        if message.headers and message.headers.get("Status") == "503":
            answer.set_exception(NoRespondersError())
        else:
            answer.set_result(message.data)

    async def _process_info(self, info: dict[str, Any], initial_connection: bool = False) -> None:
        if initial_connection and self.options.get("tls") and not info.get("tls_required"):
            raise Error("the server offers no TLS: somebody stands between, or its settings are not ours")
        await super()._process_info(info, initial_connection)

    def _build_message(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: Any) -> Any:
        return super()._build_message(sid, _printable(subject), _printable(reply), data, headers)


def _printable(subject: bytes) -> bytes:
    return subject.decode(errors="replace").encode()


async def connect(
    url: str | Sequence[str],
    *,
    nkey_seed: str | None = None,
    name: str | None = None,
    tls: ssl.SSLContext | None = None,
    inbox_prefix: str | None = None,
) -> Connection:
    """Connect and stay connected: reconnects for ever, and waits for the server if it is not there yet.

    `inbox_prefix` is needed for requests to the hub, see `services.kit.reader.inbox_prefix`.
    """
    client = Connection()

    async def on_error(error: Exception) -> None:
        log.debug("nats %s: %r", name, error)

    async def on_disconnect() -> None:
        log.info("nats %s: connection lost", name)

    async def on_reconnect() -> None:
        log.info("nats %s: connected again", name)

    options: dict[str, Any] = {"inbox_prefix": inbox_prefix} if inbox_prefix else {}
    await client.connect(
        url if isinstance(url, str) else list(url),
        name=name,
        tls=tls,
        nkeys_seed_str=nkey_seed,
        error_cb=on_error,
        disconnected_cb=on_disconnect,
        reconnected_cb=on_reconnect,
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.25,
        connect_timeout=2,
        flush_timeout=FLUSH,
        ping_interval=5,
        max_outstanding_pings=2,
        **options,
    )
    await client.hear_answers()
    return client

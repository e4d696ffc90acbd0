"""Connections of browsers: a request that does not come is not waited for, so that half ones do not take the place of others."""

from asyncio import TimerHandle, Transport
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from services.kit.security import BOOK, Actor, Kind

SECONDS = 20.0
"""In which the head of a request has to come, and its body."""


class InTime(H11Protocol):
    """HTTP/1.1 by the server's own reading, with an end to waiting; what is answered may take as long as it likes."""

    waiting: TimerHandle | None = None
    mark: tuple[Any, Any] = (None, None)

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.wait()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
        super().connection_lost(exc)

    def wait(self) -> None:
        self.mark = self.cycle, self.conn.their_state
        self.waiting = self.loop.call_later(SECONDS, self.look)

    def look(self) -> None:
        """Let go of who is where he was, and owes something."""
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY) and self.mark == (
            self.cycle,
            self.conn.their_state,
        ):
            BOOK.tell("console", Kind.RATE, Actor(address=self.client[0] if self.client else ""), "TOO_SLOW")
            self.transport.close()
        else:
            self.wait()

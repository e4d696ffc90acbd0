"""The node's own NATS: a connection, its event stream, and what can go wrong in asking.

Knows NATS only. What is stored is opaque bytes with headers; `Nats-Msg-Id` names the event.
"""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import nats.errors
from nats.js import JetStreamContext, api
from nats.js.errors import APIError, NotFoundError

from services.kit.connection import Connection, connect, parse_headers

__all__ = [
    "BusError",
    "Duplicate",
    "Refused",
    "StoredMessage",
    "Unavailable",
    "WrongLastSequence",
    "connect",
    "ensure_local_stream",
    "last_of",
    "recreate_local_stream",
    "stream_of",
]

T = TypeVar("T")

REQUEST_TIMEOUT = 2.0
DUPLICATE_WINDOW = 3600.0
MSG_ID = "Nats-Msg-Id"


class BusError(Exception):
    """A request to the bus was not carried out, or it is not known whether it was."""


class Unavailable(BusError):
    """No answer, or no connection. Whether a publish was stored is unknown: look before going on."""


class WrongLastSequence(BusError):
    """The stream does not end where the publisher thought; nothing was stored. `actual` is where it ends."""

    def __init__(self, actual: int) -> None:
        super().__init__(f"the stream ends at {actual}")
        self.actual = actual


class Duplicate(BusError):
    """A message of the batch is stored already, so none of the batch was stored now."""


class Refused(BusError):
    """The server said no for another reason. `code` is the JetStream error code, 0 if the client said it."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{description} ({code})")
        self.code = code


NO_MESSAGE = 10037
NO_STREAM = 10059
WRONG_LAST_ID = 10070
WRONG_LAST_SEQUENCE = 10071
DUPLICATE_IN_BATCH = 10201


@dataclass(frozen=True, slots=True)
class StoredMessage:
    sequence: int
    subject: str
    headers: Mapping[str, str]
    data: bytes

    @property
    def event_id(self) -> str:
        return self.headers.get(MSG_ID, "")


def stream_of(node: str) -> str:
    return f"EV_{node}"


async def ensure_local_stream(
    js: JetStreamContext, node: str, first_seq: int | None = None, max_bytes: int = -1
) -> None:
    """Make the stream of the node's own events unless it is there, and give it its limit. At the limit it takes no more, and lets
    nothing go. Raises BusError.
    """
    config = api.StreamConfig(
        name=stream_of(node),
        subjects=["evt.>"],
        storage="file",
        discard="new",
        duplicate_window=DUPLICATE_WINDOW,
        deny_delete=True,
        deny_purge=True,
        allow_direct=True,
        allow_atomic=True,
        allow_batched=True,
        first_seq=first_seq,
        max_bytes=max_bytes,
    )
    try:
        info = await asked(lambda: js.stream_info(stream_of(node)))
        if max_bytes > 0 and info.config.max_bytes != max_bytes:
            info.config.max_bytes = max_bytes
            await asked(lambda: js.update_stream(info.config))
    except Refused as error:
        if error.code != NO_STREAM:
            raise
        await asked(lambda: js.add_stream(config))


async def recreate_local_stream(js: JetStreamContext, node: str, first_seq: int, max_bytes: int = -1) -> None:
    """Begin the stream anew at `first_seq`; the journals of the node's services fill it. Raises BusError."""
    try:
        await asked(lambda: js.delete_stream(stream_of(node)))
    except Refused as error:
        if error.code != NO_STREAM:
            raise
    await ensure_local_stream(js, node, first_seq, max_bytes)


@contextmanager
def reading() -> Iterator[None]:
    """Whoever is asked must not be able to end the one who asks, by an answer that is none."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as wrong:
        raise Unavailable(f"no answer: {wrong!r}") from wrong


async def last_of(nc: Connection, stream: str, subject_filter: str) -> StoredMessage | None:
    """The newest stored message under a filter (`evt.*.enforcement.>`), or None. Raises BusError."""
    return await get_message(nc, f"$JS.API.STREAM.MSG.GET.{stream}", last_by_subj=subject_filter)


async def get_message(nc: Connection, subject: str, **which: str | int) -> StoredMessage | None:
    """One stored message through a STREAM.MSG.GET subject: by `seq`, `last_by_subj`, or both for the next."""
    try:
        answer = await api_request(nc, subject, which)
    except Refused as error:
        if error.code == NO_MESSAGE:
            return None
        raise
    with reading():
        message = answer["message"]
        headers = parse_headers(base64.b64decode(message.get("hdrs", "")))
        data = base64.b64decode(message.get("data", ""))
        return StoredMessage(int(message["seq"]), message["subject"], headers, data)


async def api_request(nc: Connection, subject: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Ask a JetStream API subject. Raises Refused or Unavailable."""
    return await asked(lambda: _api_request(nc, subject, body))


async def _api_request(nc: Connection, subject: str, body: Mapping[str, Any]) -> dict[str, Any]:
    if not nc.is_connected:
        raise Unavailable("not connected")
    answer = await nc.request(subject, json.dumps(body).encode(), timeout=REQUEST_TIMEOUT)
    with reading():
        return checked(json.loads(answer.data))


def checked(answer: dict[str, Any]) -> dict[str, Any]:
    error = answer.get("error")
    if not error:
        return answer
    code, description = error.get("err_code", 0), error.get("description", "")
    if code == WRONG_LAST_SEQUENCE:
        raise WrongLastSequence(int(description.rpartition(":")[2]))
    if code == DUPLICATE_IN_BATCH:
        raise Duplicate(description)
    raise Refused(code, description)


async def asked(request: Callable[[], Awaitable[T]]) -> T:
    """Run a request of the library's and let only BusError, and every cancellation, out of it.

    A cancellation that meets the library while it flushes is swallowed there: without the check a task that
    is being stopped would go on.
    """
    task = asyncio.current_task()
    cancelled = task.cancelling() if task else 0
    try:
        return await request()
    except NotFoundError as error:
        raise Refused(error.err_code or NO_STREAM, error.description or "not found") from error
    except APIError as error:
        if error.code == 503:
            raise Unavailable(str(error)) from error
        raise Refused(error.err_code or 0, error.description or "") from error
    except nats.errors.MaxPayloadError as error:
        raise Refused(0, "the message is larger than the server takes") from error
    except (nats.errors.Error, TimeoutError, OSError, ValueError) as error:
        raise Unavailable(repr(error)) from error
    finally:
        if task and task.cancelling() > cancelled:
            raise asyncio.CancelledError

"""Publishing into a stream in order: by batch, or a few at once, each behind the one before it."""

import asyncio
import json
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from services.kit.bus import MSG_ID, WRONG_LAST_ID, Duplicate, Refused, Unavailable, asked, checked, reading
from services.kit.connection import Connection

BATCH_MESSAGES = 1000
"""What the server takes in one atomic batch."""
BATCH_BYTES = 4 * 1024 * 1024
FEW = 32
"""So many messages are stored sooner each by itself than as a batch."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    subject: str
    headers: Mapping[str, str]
    data: bytes

    @property
    def size(self) -> int:
        return len(self.subject) + len(self.data) + sum(len(k) + len(v) + 4 for k, v in self.headers.items())


def batches(messages: Iterable[Outgoing]) -> Iterator[list[Outgoing]]:
    """Cut a sequence into batches that the server takes: bounded in number and in bytes."""
    batch: list[Outgoing] = []
    size = 0
    for message in messages:
        if batch and (len(batch) == BATCH_MESSAGES or size + message.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += message.size
    if batch:
        yield batch


async def publish_batch(
    nc: Connection,
    messages: Sequence[Outgoing],
    *,
    expected_last: int | None = None,
    expected_filter: str | None = None,
    timeout: float = 5.0,
) -> int:
    """Store all the messages, in order, or none; returns the last one's sequence in its stream.

    With `expected_last` nothing is stored unless the stream ends there. With `expected_filter` as well, only
    messages under that subject filter count, so several publishers can each keep their own order in one
    stream.

    Raises WrongLastSequence, Duplicate, Refused, or Unavailable: then look with `last_of` what the stream
    has.
    """
    if not 0 < len(messages) <= BATCH_MESSAGES:
        raise ValueError(f"a batch has 1 to {BATCH_MESSAGES} messages, not {len(messages)}")
    headers = [dict(message.headers) for message in messages]
    if expected_last is not None:
        headers[0] |= _behind(expected_last, expected_filter)
    if len(messages) > 1:
        batch = uuid.uuid4().hex
        for number, each in enumerate(headers, 1):
            each["Nats-Batch-Id"] = batch
            each["Nats-Batch-Sequence"] = str(number)
        headers[-1]["Nats-Batch-Commit"] = "1"
    return await asked(lambda: _send(nc, messages, headers, timeout))


async def publish_in_order(
    nc: Connection, messages: Sequence[Outgoing], *, expected_last: int, expected_filter: str | None = None
) -> int:
    """Store the messages in order behind what `expected_last` says, as in `publish_batch`; returns the last one's sequence.

    A few go at once without a batch, which costs the server as much time as ten messages: each is stored only right behind
    the one before it, so that what is stored is always a beginning. When this raises, some may be: look before going on.
    """
    few = 1 < len(messages) <= FEW and all(message.headers.get(MSG_ID) for message in messages)
    if not few:
        return await publish_batch(nc, messages, expected_last=expected_last, expected_filter=expected_filter)
    while True:
        behind = [_behind(expected_last, expected_filter)]
        behind += [{"Nats-Expected-Last-Msg-Id": message.headers[MSG_ID]} for message in messages[:-1]]
        stored = await asyncio.gather(
            *(_alone(nc, message, after) for message, after in zip(messages, behind, strict=True)),
            return_exceptions=True,
        )
        wrong = next((n for n, each in enumerate(stored) if isinstance(each, BaseException)), len(messages))
        if wrong:
            expected_last = cast(int, stored[wrong - 1])
        if wrong == len(messages):
            return expected_last
        problem = cast(BaseException, stored[wrong])
        if not (wrong and isinstance(problem, Refused) and problem.code == WRONG_LAST_ID):
            raise problem
        # another service's event came between: go on behind it
        messages = messages[wrong:]


def _behind(last: int, filter: str | None) -> dict[str, str]:
    """Headers with which a message is stored only where the stream, or the part of it under the filter, ends at `last`."""
    if filter is None:
        return {"Nats-Expected-Last-Sequence": str(last)}
    return {
        "Nats-Expected-Last-Subject-Sequence": str(last),
        "Nats-Expected-Last-Subject-Sequence-Subject": filter,
    }


async def _alone(nc: Connection, message: Outgoing, behind: Mapping[str, str]) -> int:
    return await asked(lambda: _send(nc, [message], [{**message.headers, **behind}], 5.0))


async def _send(
    nc: Connection, messages: Sequence[Outgoing], headers: Sequence[dict[str, str]], within: float
) -> int:
    if not nc.is_connected:
        raise Unavailable("not connected")
    until = time.monotonic() + within
    for message, header in zip(messages[:-1], headers[:-1], strict=True):
        await nc.publish(message.subject, message.data, headers=header)
        if time.monotonic() > until:
            raise Unavailable("the server takes nothing")
    last = messages[-1]
    answer = await nc.ask(last.subject, last.data, headers[-1], within)
    with reading():
        ack = checked(json.loads(answer))
        if ack.get("duplicate"):
            raise Duplicate(f"stored already as {ack['seq']}")
        return int(ack["seq"])

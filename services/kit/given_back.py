"""What the city kept of a department's journal, asked for and given: what hub and node lost is with the city still.

A department may ask nobody but the hub, and the hub's keeper hands its question on to the city and the answer back
(services.node.giving). Neither is believed: what comes is an entry as it came from the department, with the department's own
signature, and is looked at like what the hub has.
"""

import json
import logging
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from services.kit.arrival import LARGEST_NUMBER, NAME
from services.kit.bus import BusError, Refused, Unavailable, asked
from services.kit.connection import Connection
from services.kit.given_back_at import answer, handed_on, question
from services.kit.journal import headers
from services.kit.reader import Delivery

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
WITHIN = 3.0
NOTHING_MORE = b"{}"
MOST_AT_A_PLACE = 16
"""Of so many entries of one number the city may have more than one history; beyond, it is no answer."""


async def kept_next(nc: Connection, node: str, service: str, seq: int, skip: int) -> Delivery | None:
    """The first entry that the city kept of a journal from a number on, or one of those after it; None behind the last. Raises
    BusError when nobody answers.
    """
    body = json.dumps({"service": service, "seq": seq, "skip": skip}).encode()
    if not nc.is_connected:
        raise Unavailable("not connected")
    message = await asked(lambda: nc.request(question(node), body, timeout=WITHIN))
    told = message.headers or {}
    kind = told.get("ce-type", "").rpartition(".")[2]
    if not kind:
        if message.data == NOTHING_MORE:
            return None
        raise Refused(0, message.data[:200].decode(errors="replace"))
    return Delivery(0, "", told.get("yifa-to", ""), node, service, kind, told, message.data)


async def give_back(running: "Running", nc: Connection) -> None:
    """Answer what the keeper hands on, for as long as the connection stands, where the service keeps what others sent."""
    if (kept := running.service.kept) is None:
        return

    async def give(message: Any) -> None:
        try:
            asked_for = read_question(message.data)
        except ValueError as no:
            log.debug("%s: no question: %s", running.title, no)
            return
        token, node, service, seq, skip = asked_for
        try:
            found = kept(running, node, service, seq, skip)
        except DBAPIError as problem:
            log.error("%s: what was kept cannot be read: %s", running.title, problem.orig)
            return
        where, told, data = answer(running.around.city, token), None, NOTHING_MORE
        if found:
            told, data = headers(found, found.trace, found.signature), found.data
        try:
            await asked(lambda: nc.publish(where, data, headers=told))
        except BusError as problem:
            log.error("%s: what was kept cannot be given: %s", running.title, problem)

    await asked(lambda: nc.subscribe(handed_on(running.around.city), cb=give))


def read_question(said: bytes) -> tuple[str, str, str, int, int]:
    """Token, node, service, the first number, and how many to pass over. Raises ValueError for what is none: whatever reaches the
    hub may reach the city.
    """
    try:
        told = json.loads(said)
        token, node, service = (str(told[name]) for name in ("token", "node", "service"))
        seq, skip = (int(told[name]) for name in ("seq", "skip"))
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as wrong:
        raise ValueError(repr(wrong)) from None
    if not all(NAME.fullmatch(name) for name in (token, node, service)):
        raise ValueError("a name that is none")
    if not (0 <= seq <= LARGEST_NUMBER and 0 <= skip <= MOST_AT_A_PLACE):
        raise ValueError("a number out of range")
    return token, node, service, seq, skip

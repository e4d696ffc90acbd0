"""What follows by itself: a document takes effect and lapses on its day, and goes on or off the list (HN-PROC 50, 51)."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlmodel import select as rows_of
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.act import Do
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT as DOCUMENT
from services.law.rule import Unlawful
from services.supervision.normative_document.act import act
from services.supervision.normative_document.making import ended
from services.supervision.normative_document.model import NormativeDocument

log = logging.getLogger(__name__)
DOCUMENTS: Any = NormativeDocument.__table__  # type: ignore[attr-defined]
AT_ONCE = 20
DOCUMENTS_TURN = "documents"
# The node's clock may be a simulated one that leaps, so no sleep until the next turn is right.
TICK, PAUSE = 0.5, 5.0


async def keep_documents(running: Running) -> None:
    """For ever. What fell due while nobody looked is caught up with at once."""
    while True:
        try:
            while running.view().one(due(running.now())) is not None:
                await running.of_itself(DOCUMENTS_TURN, turn)
            await asyncio.sleep(TICK)
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: documents wait: %s", running.title, problem)
            await asyncio.sleep(PAUSE)


def due(now: Any) -> Any:
    return select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.turn_time < now).limit(1)


def turn(tx: Tx) -> None:
    """Let some documents take effect or lapse, each as of its moment."""
    waiting = rows_of(NormativeDocument).where(NormativeDocument.turn_time < tx.now)  # type: ignore[operator]
    for row in tx.query(waiting.order_by(NormativeDocument.turn_time).limit(AT_ONCE)):  # type: ignore[arg-type]
        document = row.document()
        with suppress(Unlawful):
            if row.state == "PUBLISHED":
                act.do(tx, DOCUMENT.TAKE_EFFECT, document, None, _takes_effect)
            elif not document.HasField("expiry_notice_time"):
                say_that_its_end_is_near(tx, document)
            else:
                act.do(tx, DOCUMENT.EXPIRE, document, None, _expires)
            continue
        row.turn_time = None  # nothing follows of itself any more


def _takes_effect(
    _request: None, document: pb.NormativeDocument, do: Do
) -> events.NormativeDocumentTookEffect:
    document.on_list = True
    do.at = moment_of(document.effect_time)
    return events.NormativeDocumentTookEffect()


def say_that_its_end_is_near(tx: Tx, document: pb.NormativeDocument) -> None:
    """Who made it evaluates it by now, and publishes it anew a month before its end, or lets it lapse (HN-PROC 51)."""
    put_moment(document.expiry_notice_time, tx.now)
    act.write(tx, document, events.NormativeDocumentExpiring())


def _expires(_request: None, document: pb.NormativeDocument, do: Do) -> events.NormativeDocumentExpired:
    do.at = moment_of(document.expire_time)
    ended(document, do, "有效期届满")
    return events.NormativeDocumentExpired()


def go_on(tx: Tx, document: pb.NormativeDocument, where: str) -> None:
    """A clean-up put it on the list of those that go on; the two years begin anew (GF-2008-17 15)."""

    def body(_request: None, record: pb.NormativeDocument, do: Do) -> events.NormativeDocumentContinued:
        record.on_list, record.list_document, record.off_reason = True, where, ""
        record.ClearField("off_time")
        put_moment(record.list_time, do.now)
        return events.NormativeDocumentContinued()

    act.do(tx, DOCUMENT.CONTINUE, document, None, body)


def leave_off(tx: Tx, document: pb.NormativeDocument, reason: str) -> None:
    """It is on the list no more, and no basis, until a clean-up puts it back (GF-2008-17 15). Nothing for one that is off."""

    def body(_request: None, record: pb.NormativeDocument, do: Do) -> events.NormativeDocumentOmitted:
        record.on_list, record.off_reason = False, reason
        put_moment(record.off_time, do.now)
        return events.NormativeDocumentOmitted()

    if DOCUMENT.tables[0].move("OMIT", act.names[document.state]) is not None:
        act.do(tx, DOCUMENT.OMIT, document, None, body)


def annul(tx: Tx, document: pb.NormativeDocument, reason: str, paper: str) -> None:
    """It was annulled, or repealed by a clean-up. Nothing for one that has ended."""

    def body(_request: None, record: pb.NormativeDocument, do: Do) -> events.NormativeDocumentRepealed:
        ended(record, do, reason, paper)
        return events.NormativeDocumentRepealed()

    if DOCUMENT.tables[0].move("ANNUL", act.names[document.state]) is not None:
        act.do(tx, DOCUMENT.ANNUL, document, None, body)

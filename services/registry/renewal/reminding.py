"""Reminds of certificates that can be renewed, once each term (OFF-06)."""

import asyncio
import logging

from sqlalchemy import or_, select
from sqlalchemy.exc import DBAPIError
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx
from services.registry.certificate.model import Certificate, certificate_proto
from services.registry.measure.model import suspensions_of
from services.registry.measure.record import tell

log = logging.getLogger(__name__)
PAUSE = 60.0
SOME = 200


async def remind_of_renewals(running: Running) -> None:
    """At the city, for ever."""
    if running.around.kind != "city":
        return
    while True:
        try:
            while await running.do(remind):
                pass
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: reminders of renewals wait: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


def remind(tx: Tx) -> int:
    """Tell the holders whose certificates have come into the time of renewal; how many there were."""
    due = (
        select(Certificate)
        .where(Certificate.renew_time <= tx.now, Certificate.expire_time > tx.now)
        .where(or_(Certificate.remind_time.is_(None), Certificate.remind_time < Certificate.renew_time))
        .order_by(Certificate.certificate_number)
        .limit(SOME)
    )
    rows = tx.query(due)
    for certificate in rows:
        certificate.remind_time = tx.now
        snapshot = certificate_proto(certificate, suspensions_of(tx, certificate), tx.now)
        tell(tx, certificate, events.CertificateRenewalDue(certificate=snapshot))
    return len(rows)

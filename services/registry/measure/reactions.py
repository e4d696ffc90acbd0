"""Measures: replicas of what the city decided."""

from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.certificate.reactions import keep_certificate
from services.registry.measure.model import FIELDS, Measure
from services.registry.replica import Reaction, keep, of_city, utc


def on_decided(event: Any, tx: Tx) -> None:
    """An event about a certificate that carries a measure."""
    keep_certificate(event, tx)
    keep_measure(event, tx)


def keep_measure(event: Any, tx: Tx) -> None:
    measure = event.measure
    if not measure.measure_id:
        return
    values = {
        name: utc(getattr(measure, name)) if name.endswith("_time") else getattr(measure, name)
        for name in FIELDS
        if not name.endswith("_time") or measure.HasField(name)
    }
    del values["measure_id"]
    keep(tx, Measure, {"measure_id": measure.measure_id}, values)


REACTIONS: dict[type[Message], Reaction] = {
    events.CertificateSuspended: of_city(on_decided),
    events.CertificateRevoked: of_city(on_decided),
    events.CertificateCancelled: of_city(on_decided),
    events.CertificateVoided: of_city(on_decided),
    events.MeasureAppealed: of_city(keep_measure),
    events.AppealConcluded: of_city(on_decided),
}

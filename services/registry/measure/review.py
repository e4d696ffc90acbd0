"""What becomes of a certificate when a measure against its holder was reviewed, for every act that comes to it."""

from collections.abc import Sequence

from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.certificate.model import Certificate
from services.registry.measure.model import Measure, Suspension, measure_proto, suspensions_of
from services.registry.measure.record import OVERTURNED, SUSPENSION, after, measures_of, recompute


def imposed_by(
    tx: Tx, measure: Measure, certificate: Certificate, suspensions: Sequence[Suspension]
) -> Suspension:
    """The suspension that a measure imposed: they stand in the same order."""
    imposed = [m.measure_id for m in measures_of(tx, certificate) if m.kind == SUSPENSION]
    return suspensions[imposed.index(measure.measure_id)]


def settle(tx: Tx, measure: Measure) -> certificate_pb2.Certificate:
    """Bring the certificate in line with a measure that was reviewed: one that was overturned never was (MOT-CERT 35)."""
    certificate = tx.get(Certificate, measure.certificate_number)
    suspensions = suspensions_of(tx, certificate)
    if measure.appeal == OVERTURNED and measure.kind == SUSPENSION:
        undone = imposed_by(tx, measure, certificate, suspensions)
        undone.until_time = undone.from_time
    recompute(certificate, measures_of(tx, certificate))
    return after(tx, certificate, events.AppealConcluded, suspensions, measure=measure_proto(measure))

"""The time that a department has to make the loss of a certificate public (OFF-08)."""

from yifa.registry.v1 import events_pb2 as events

from services.kit.clocks import deadline_proto
from services.kit.tx import Tx
from services.registry.certificate.model import Certificate
from services.registry.deadline.model import Clock

CLOCK_ID = "OFF-08"
EVENTS = {"approached": events.LossDeclarationDue, "passed": events.LossDeclarationOverdue}


def clock_of(tx: Tx, certificate: Certificate) -> Clock:
    """The clock of a loss that was reported here."""
    return tx.get(Clock, f"{certificate.certificate_number}/{CLOCK_ID}")


def tell_of_loss(tx: Tx, what: str, clock: Clock) -> None:
    certificate = tx.get(Certificate, clock.subject)
    told = EVENTS[what](
        certificate_number=certificate.certificate_number,
        officer_id=certificate.officer_id,
        officer_name=certificate.officer_name,
        node=tx.node,
        deadline=deadline_proto(clock),
    )
    tx.emit(told, subject=certificate.certificate_number)

"""A certificate goes on: renewed in its last six months."""

from yifa.registry.v1 import certificate_pb2 as asked
from yifa.registry.v1 import events_pb2 as events

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.certificate import CERTIFICATE
from services.registry.certificate.facts import CertificateFacts
from services.registry.certificate.model import Certificate
from services.registry.certificate.record import renewal_opens
from services.registry.certificate.standing import expiry
from services.registry.measure.model import suspensions_of
from services.registry.measure.record import after, proceed
from services.registry.request import local


@write(loads=(Certificate, "certificate_number"))
def renew_certificate(request: asked.RenewCertificateRequest, tx: Tx) -> asked.RenewCertificateResponse:
    """Let a certificate hold for another term, from the end of this one (HN-CERT)."""
    certificate = tx.get(Certificate, request.certificate_number)
    today = local(tx.now).date()
    suspensions = suspensions_of(tx, certificate)
    proceed(CERTIFICATE.RENEW_CERTIFICATE, CertificateFacts(tx, certificate, suspensions, request))
    years = tx.parameters.value("certificate.validity", today).value
    certificate.term_time = certificate.expire_time = expiry(certificate.expire_time, years)
    certificate.renew_time = renewal_opens(tx, certificate.expire_time)
    renewed = after(tx, certificate, events.CertificateRenewed, suspensions)
    return asked.RenewCertificateResponse(certificate=renewed)

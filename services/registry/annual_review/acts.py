"""Officers are evaluated and certificates reviewed, one by one."""

from yifa.registry.v1 import annual_review_pb2 as messages
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Malformed, Missing
from services.kit.rpc import write
from services.kit.tx import Tx
from services.registry.annual_review.model import AnnualReview
from services.registry.annual_review.review import check_year, review_again, review_all
from services.registry.certificate.model import Certificate
from services.registry.officer.model import Officer
from services.registry.officer_year.credit import officer_year
from services.registry.officer_year.model import officer_year_proto
from services.registry.standing.objections import ENFORCEMENT
from services.registry.training.model import year_of


@write(loads=(Officer, "officer_id"))
def evaluate_officer(request: messages.EvaluateOfficerRequest, tx: Tx) -> messages.EvaluateOfficerResponse:
    """Grade an officer's work in a year (MOT-CERT 30)."""
    officer = tx.get(Officer, request.officer_id)
    if officer.node != tx.node:
        raise Missing("Officer", officer.officer_id)
    check_year(tx, request.year)
    row = officer_year(tx, officer.officer_id, request.year)
    row.evaluation = request.evaluation
    row.version += 1
    year = officer_year_proto(row)
    tx.emit(events.OfficerEvaluated(year=year), subject=officer.officer_id)
    return messages.EvaluateOfficerResponse(year=year)


@write(loads=(Certificate, "certificate_number"))
def review_certificate(
    request: messages.ReviewCertificateRequest, tx: Tx
) -> messages.ReviewCertificateResponse:
    """Review one certificate for a year; again after retraining (MOT-CERT 30–32)."""
    certificate = tx.get(Certificate, request.certificate_number)
    check_year(tx, request.year)
    if not subject_to(tx, certificate):
        raise Missing("Certificate", certificate.certificate_number)
    if year_of(certificate.issue_time) > request.year:
        raise Malformed({"year": ("lies before the issue of the certificate", "早于发证年度")})
    known = tx.find(AnnualReview, f"{certificate.certificate_number}/{request.year}")
    if known is None:
        [review] = review_all(tx, [certificate], request.year, tx.caller.subject)
    else:
        review = review_again(tx, certificate, known)
    return messages.ReviewCertificateResponse(review=review)


def subject_to(tx: Tx, certificate: Certificate) -> bool:
    """Whether a certificate is reviewed at all: one of the city's for enforcement that has not ended."""
    own = not certificate.issuer
    return own and certificate.kind in (0, ENFORCEMENT) and certificate.expire_time > tx.now

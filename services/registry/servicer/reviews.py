"""The yearly review of certificates, one by one."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC

from sqlalchemy import select
from yifa.registry.v1 import annual_review_pb2 as messages
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Malformed, Missing
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.law.process import Unlawful
from services.registry.entries import number
from services.registry.model import AnnualReview, Certificate, Officer, OfficerYear, Suspension
from services.registry.model.annual_review import review_values
from services.registry.model.training import citation_proto, officer_year_proto, year_of
from services.registry.process import ANNUAL_REVIEW, step
from services.registry.retraining import retrained_since
from services.registry.reviewing import unreviewed
from services.registry.rules.annual_review import ReviewFacts
from services.registry.rules.objections import ENFORCEMENT
from services.registry.rules.training import half_days_needed
from services.registry.servicer.suspension import lift, suspend, suspensions_of
from services.registry.servicer.trainings import change
from services.registry.years import officer_year

IN_ONE_EVENT = 200
SUSPENSION_LAW = "MOT-CERT:31"
REVIEWS = select(AnnualReview.review_id, AnnualReview.record)
STATE = "ANNUAL_REVIEW_STATE_"


class Reviews:
    @write(loads=(Officer, "officer_id"))
    def EvaluateOfficer(
        self, request: messages.EvaluateOfficerRequest, tx: Tx
    ) -> messages.EvaluateOfficerResponse:
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
    def ReviewCertificate(
        self, request: messages.ReviewCertificateRequest, tx: Tx
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

    @read
    def ListAnnualReviews(
        self, request: messages.ListAnnualReviewsRequest, view: View
    ) -> messages.ListAnnualReviewsResponse:
        statement = REVIEWS.where(AnnualReview.year == request.year)
        if request.node:
            statement = statement.where(AnnualReview.node == request.node)
        if request.state:
            state = messages.AnnualReviewState.Name(request.state).removeprefix(STATE)
            statement = statement.where(AnnualReview.state == state)
        rows, token = view.page(statement, (AnnualReview.review_id,), request.page_size, request.page_token)
        reviews = [messages.AnnualReview.FromString(row.record) for row in rows]
        return messages.ListAnnualReviewsResponse(reviews=reviews, next_page_token=token)

    @read
    def ListUnreviewed(
        self, request: messages.ListUnreviewedRequest, view: View
    ) -> messages.ListUnreviewedResponse:
        """The certificates that a year's review has not reached."""
        columns = (Certificate.certificate_number, Certificate.officer_id, Certificate.officer_name)
        statement = select(*columns, Certificate.body_id, Certificate.node)
        statement = unreviewed(statement, request.year, view.now)
        if request.node:
            statement = statement.where(Certificate.node == request.node)
        keys = (Certificate.certificate_number,)
        rows, token = view.page(statement, keys, request.page_size, request.page_token)
        overdue = year_of(view.now) > request.year
        found = [messages.Unreviewed(**row._mapping, overdue=overdue) for row in rows]
        return messages.ListUnreviewedResponse(certificates=found, next_page_token=token)


def check_year(tx: Tx, year: int) -> None:
    """Raise Malformed for a year to come."""
    if year > year_of(tx.now):
        raise Malformed({"year": ("has not begun", "该年度尚未开始")})


def subject_to(tx: Tx, certificate: Certificate) -> bool:
    """Whether a certificate is reviewed at all: one of the city's for enforcement that has not ended."""
    own = not certificate.issuer
    return own and certificate.kind in (0, ENFORCEMENT) and certificate.expire_time > tx.now


def review_all(
    tx: Tx, certificates: list[Certificate], year: int, reviewer: str
) -> list[messages.AnnualReview]:
    """Review certificates for the first time in a year, and tell their departments."""
    facts = facts_of(tx, [c.officer_id for c in certificates], year)
    earlier = [f"{c.certificate_number}/{year - 1}" for c in certificates]
    tx.load(AnnualReview, earlier)
    reviews = []
    for certificate in certificates:
        review = judged(tx, certificate, year, facts[certificate.officer_id], reviewer)
        tx.add(AnnualReview.new(review_id=review.review_id, **review_values(review)))
        reviews.append(review)
    tell(tx, reviews)
    return reviews


def facts_of(tx: Tx, officer_ids: list[str], year: int) -> dict[str, ReviewFacts]:
    """What the year's records of officers say; work in several departments is added up, the worst grade counts."""
    days, sessions = half_days_needed(tx.parameters, year).amount, number(tx, "annual_review.sessions")
    rows: dict[str, list[OfficerYear]] = defaultdict(list)
    for n in range(0, len(officer_ids), 500):
        some = officer_ids[n : n + 500]
        for row in tx.query(
            select(OfficerYear).where(OfficerYear.officer_id.in_(some), OfficerYear.year == year)
        ):
            rows[row.officer_id].append(row)
    return {
        officer_id: ReviewFacts(
            half_days=sum(r.half_days for r in rows[officer_id]),
            half_days_needed=days,
            sessions=sum(r.sessions for r in rows[officer_id]),
            sessions_needed=sessions,
            evaluation=max((r.evaluation for r in rows[officer_id]), default=0),
        )
        for officer_id in officer_ids
    }


def judged(
    tx: Tx, certificate: Certificate, year: int, facts: ReviewFacts, reviewer: str
) -> messages.AnnualReview:
    """The review of one certificate; one that fails is suspended for retraining, unless it is suspended already."""
    broken = ANNUAL_REVIEW.why_not("PASS", "", facts)
    state = step(ANNUAL_REVIEW, "FAIL" if broken else "PASS", "", facts)
    review = messages.AnnualReview(
        review_id=f"{certificate.certificate_number}/{year}",
        certificate_number=certificate.certificate_number,
        officer_id=certificate.officer_id,
        body_id=certificate.body_id,
        node=certificate.node,
        year=year,
        state=STATE + state,
        half_days=facts.half_days,
        sessions=facts.sessions,
        evaluation=facts.evaluation,
        review_time=tx.now,
        reviewer=reviewer,
        version=1,
    )
    for b in broken:
        review.findings.add(
            reason=b.reason, citation=citation_proto(b.law), says_zh=b.says_zh, says_en=b.says
        )
    if broken:
        before = tx.find(AnnualReview, f"{certificate.certificate_number}/{year - 1}")
        failed = messages.AnnualReview.FromString(before.record).failed_years if before else 0
        review.failed_years = failed + 1
        cause = f"{year}年度审验不合格：" + "".join(b.says_zh for b in broken)
        with contextlib.suppress(Unlawful):
            told = suspend(tx, certificate, cause=cause, law=SUSPENSION_LAW, from_time=tx.now)
            review.suspension_id = f"{certificate.certificate_number}/{len(told.suspensions)}"
    return review


def review_again(tx: Tx, certificate: Certificate, row: AnnualReview) -> messages.AnnualReview:
    """Review a certificate that failed, after retraining, and give it back. Raises Unlawful."""
    review = messages.AnnualReview.FromString(row.record)
    since = review.review_time.ToDatetime(tzinfo=UTC)
    facts = ReviewFacts(retrained=retrained_since(tx, certificate.officer_id, since))
    state = step(ANNUAL_REVIEW, "RE_REVIEW", row.state, facts, review_id=row.review_id)
    review.state = messages.AnnualReviewState.Value(STATE + state)
    review.review_time.FromDatetime(tx.now)
    review.reviewer = tx.caller.subject
    review.version += 1
    change(row, review_values(review))
    give_back(tx, certificate, [review.suspension_id])
    tell(tx, [review])
    return review


def give_back(tx: Tx, certificate: Certificate, suspension_ids: Iterable[str]) -> None:
    """End those of a certificate's suspensions that still last; others go on."""
    suspensions, named = suspensions_of(tx, certificate), set(suspension_ids)
    lasting: list[Suspension] = [s for s in suspensions if s.suspension_id in named and s.until_time is None]
    if lasting:
        lift(tx, certificate, suspensions, lasting)


def tell(tx: Tx, reviews: Iterable[messages.AnnualReview]) -> None:
    """Tell each department how its certificates were reviewed."""
    by_node = defaultdict(list)
    for review in reviews:
        by_node[review.node].append(review)
    for node, theirs in by_node.items():
        for n in range(0, len(theirs), IN_ONE_EVENT):
            reviewed = events.CertificatesReviewed(reviews=theirs[n : n + IN_ONE_EVENT])
            tx.emit(reviewed, subject=theirs[n].review_id, to=node)

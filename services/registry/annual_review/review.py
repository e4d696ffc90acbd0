"""The review of certificates for a year: judged, suspended for retraining, given back."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC

from yifa.registry.v1 import annual_review_pb2 as messages
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.procedures.annual_review import ANNUAL_REVIEW
from services.law.rule import Unlawful
from services.registry.annual_review.facts import Again, FirstReview, facts_of
from services.registry.annual_review.model import AnnualReview, review_values
from services.registry.certificate.model import Certificate
from services.registry.lawful import step, why_not
from services.registry.measure.model import Suspension, suspensions_of
from services.registry.measure.suspension import lift, suspend
from services.registry.request import change
from services.registry.training.model import citation_proto, year_of

IN_ONE_EVENT = 200
SUSPENSION_LAW = "MOT-CERT:31"
STATE = "ANNUAL_REVIEW_STATE_"


def check_year(tx: Tx, year: int) -> None:
    """Raise Malformed for a year to come."""
    if year > year_of(tx.now):
        raise Malformed({"year": ("has not begun", "该年度尚未开始")})


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


def judged(
    tx: Tx, certificate: Certificate, year: int, facts: FirstReview, reviewer: str
) -> messages.AnnualReview:
    """The review of one certificate; one that fails is suspended for retraining, unless it is suspended already."""
    broken = why_not(ANNUAL_REVIEW.PASS_CERTIFICATE, "", facts)
    state = step(ANNUAL_REVIEW.FAIL_CERTIFICATE if broken else ANNUAL_REVIEW.PASS_CERTIFICATE, "", facts)
    known = facts.year()
    review = messages.AnnualReview(
        review_id=f"{certificate.certificate_number}/{year}",
        certificate_number=certificate.certificate_number,
        officer_id=certificate.officer_id,
        body_id=certificate.body_id,
        node=certificate.node,
        year=year,
        state=STATE + state,
        half_days=known.half_days,
        sessions=known.sessions,
        evaluation=known.evaluation,
        review_time=tx.now,
        reviewer=reviewer,
        version=1,
    )
    for b in map(tx.parameters.told, broken):
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
    facts = Again(tx, certificate.officer_id, since)
    state = step(ANNUAL_REVIEW.REVIEW_AGAIN, row.state, facts, review_id=row.review_id)
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

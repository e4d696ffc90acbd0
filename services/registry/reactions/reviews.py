"""Yearly evaluations at the city, yearly reviews at the departments."""

from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.model import AnnualReview
from services.registry.model.annual_review import review_values
from services.registry.reactions.replica import keep, of_city
from services.registry.reactions.trainings import keep_year


def on_evaluated(event: events.OfficerEvaluated, tx: Tx, about: Envelope) -> None:
    keep_year(event.year, tx, about)


def on_reviewed(event: events.CertificatesReviewed, tx: Tx) -> None:
    tx.load(AnnualReview, [review.review_id for review in event.reviews])
    for review in event.reviews:
        keep(tx, AnnualReview, {"review_id": review.review_id}, review_values(review))


REVIEW_REACTIONS = {
    events.OfficerEvaluated: on_evaluated,
    events.CertificatesReviewed: of_city(on_reviewed),
}

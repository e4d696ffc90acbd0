"""Yearly reviews: replicas at the departments."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.annual_review.model import AnnualReview, review_values
from services.registry.replica import Reaction, keep, of_city


def on_reviewed(event: events.CertificatesReviewed, tx: Tx) -> None:
    tx.load(AnnualReview, [review.review_id for review in event.reviews])
    for review in event.reviews:
        keep(tx, AnnualReview, {"review_id": review.review_id}, review_values(review))


REACTIONS: dict[type[Message], Reaction] = {
    events.CertificatesReviewed: of_city(on_reviewed),
}

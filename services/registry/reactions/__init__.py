"""What the registry takes over from other nodes, by noun."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.registry.reactions.body import keep_body, on_change
from services.registry.reactions.bulk import keep_qualifications, on_officers
from services.registry.reactions.certificates import keep_certificate, on_issued
from services.registry.reactions.replica import Reaction, of_city
from services.registry.reactions.roster import keep_qualification, on_officer
from services.registry.reactions.trainings import TRAINING_REACTIONS

REACTIONS: dict[type[Message], Reaction] = {
    events.BodyConfirmed: of_city(keep_body),
    events.BodyWithdrawn: of_city(keep_body),
    events.BodyProposed: of_city(keep_body),
    events.BodyReviewed: of_city(keep_body),
    events.BodyPublished: of_city(keep_body),
    events.BodyChangeReported: on_change,
    events.BodyChangePending: of_city(keep_body),
    events.BodyReissued: of_city(keep_body),
    events.BodyChangeRefused: of_city(keep_body),
    events.OfficerRegistered: on_officer,
    events.OfficersImported: on_officers,
    events.QualificationsUpdated: of_city(keep_qualifications),
    events.QualificationUpdated: of_city(keep_qualification),
    events.ExamRecorded: of_city(keep_qualification),
    events.OfficerRemoved: of_city(keep_qualification),
    events.CertificateIssued: of_city(on_issued),
    events.CertificateSuspended: of_city(keep_certificate),
    events.CertificateRestored: of_city(keep_certificate),
    events.CertificateRevoked: of_city(keep_certificate),
    **TRAINING_REACTIONS,
}

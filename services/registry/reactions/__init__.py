"""What the registry takes over from other nodes, by noun."""

from yifa.registry.v1 import events_pb2 as events

from services.kit.reactions import Reactions, reactions
from services.registry.reactions.body import keep_body, on_change
from services.registry.reactions.bulk import keep_qualifications, on_officers
from services.registry.reactions.certificates import CERTIFICATE_REACTIONS
from services.registry.reactions.exams import EXAM_REACTIONS
from services.registry.reactions.points import POINTS_REACTIONS
from services.registry.reactions.post import POST_REACTIONS
from services.registry.reactions.power import POWER_REACTIONS
from services.registry.reactions.replica import of_city
from services.registry.reactions.reviews import REVIEW_REACTIONS
from services.registry.reactions.roster import keep_qualification, on_officer
from services.registry.reactions.showing import on_key, on_photo
from services.registry.reactions.trainings import TRAINING_REACTIONS
from services.registry.reactions.transfers import TRANSFER_REACTIONS

OWN: Reactions = {
    events.BodyConfirmed: of_city(keep_body),
    events.BodyWithdrawn: of_city(keep_body),
    events.BodyProposed: of_city(keep_body),
    events.BodyReviewed: of_city(keep_body),
    events.EntrustmentRenewed: of_city(keep_body),
    events.BodyPublished: of_city(keep_body),
    events.BodyChangeReported: on_change,
    events.BodyChangePending: of_city(keep_body),
    events.BodyReissued: of_city(keep_body),
    events.BodyChangeRefused: of_city(keep_body),
    events.OfficerRegistered: on_officer,
    events.OfficersImported: on_officers,
    events.OfficerPhotoSet: on_photo,
    events.ShowingKeyPublished: on_key,
    events.QualificationsUpdated: of_city(keep_qualifications),
    events.QualificationUpdated: of_city(keep_qualification),
    events.OfficerRemoved: of_city(keep_qualification),
}
REACTIONS = reactions(
    OWN,
    POWER_REACTIONS,
    POST_REACTIONS,
    CERTIFICATE_REACTIONS,
    TRAINING_REACTIONS,
    TRANSFER_REACTIONS,
    EXAM_REACTIONS,
    REVIEW_REACTIONS,
    POINTS_REACTIONS,
)

"""The leaders' study of law, which has quotas of its own."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import law_study_pb2 as messages

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.training import EXECUTIVE_STUDY, LAW_STUDY, LECTURES
from services.registry.law_study.model import LawStudy, study_values
from services.registry.lawful import admit
from services.registry.quota.counting import count_towards
from services.registry.quota.model import year_quota_proto
from services.registry.request import announce, moment_in
from services.registry.training.facts import Held

STUDY_QUOTA = {
    messages.STUDY_KIND_EXECUTIVE_MEETING: EXECUTIVE_STUDY,
    messages.STUDY_KIND_LECTURE: LECTURES,
}


@write
def record_law_study(request: messages.RecordLawStudyRequest, tx: Tx) -> messages.RecordLawStudyResponse:
    """Put on record that leaders studied law: plan, content, time, people, effect (CITY-ERS 3(9))."""
    held = moment_in(request, "hold_time", tx.now)
    admit(LAW_STUDY.RECORD_LAW_STUDY, Held(tx, held))
    study = messages.LawStudy(
        study_id=tx.new_id("L-"),
        kind=request.kind,
        hold_time=held,
        plan=request.plan,
        content=request.content,
        people=request.people,
        effect=request.effect,
    )
    tx.add(LawStudy.new(study_id=study.study_id, **study_values(study)))
    quota = count_towards(tx, STUDY_QUOTA[study.kind], tx.node, held)
    announce(tx, events.LawStudyRecorded(study=study, quota=year_quota_proto(quota)), study.study_id)
    return messages.RecordLawStudyResponse(study=study)

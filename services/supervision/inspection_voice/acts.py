"""Taking down what an enterprise says of an inspection; its code shows that it is its own."""

from datetime import datetime

from sqlmodel import select
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import inspection_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.identity import spelt
from services.law.moment import put_moment
from services.law.procedure import whole
from services.law.procedures.inspection_voice import INSPECTION_VOICE, VoiceFacts
from services.law.rule import fact
from services.supervision.inspection.model import InspectionView
from services.supervision.inspection_code.model import InspectionCode
from services.supervision.inspection_voice.model import InspectionVoice


class Saying(VoiceFacts):
    """What somebody says under a code."""

    def __init__(self, tx: Tx, request: pb.RateInspectionRequest, view: InspectionView) -> None:
        self.tx, self.request, self.view = tx, request, view

    def at(self) -> datetime:
        return self.tx.now

    def begun(self) -> bool:
        return self.view.check_in_time is not None

    @fact
    def said_before(self) -> bool:
        mine = (
            InspectionVoice.inspection_id == self.view.inspection_id,
            InspectionVoice.complaint == self.request.complaint,
        )
        return bool(self.tx.query(select(InspectionVoice).where(*mine)))

    def says_something(self) -> bool:
        words = bool(self.request.text.strip())
        return words if self.request.complaint else self.request.stars > 0


whole(Saying)


@write
def rate_inspection(request: pb.RateInspectionRequest, tx: Tx) -> pb.RateInspectionResponse:
    """Take down a rating or a complaint; the department does not see it (国办发〔2024〕54号). Refuses with NOT_FOUND."""
    code = spelt(request.code)
    given = tx.find(InspectionCode, code)
    if given is None:
        raise Missing("InspectionCode", code)
    view = tx.get(InspectionView, given.inspection_id)
    INSPECTION_VOICE.step("RATE_INSPECTION", None, "", Saying(tx, request, view))
    voice = pb.InspectionVoice(
        voice_id=tx.new_id("IV-"),
        inspection_id=view.inspection_id,
        node=view.node,
        body_name=view.body_name,
        enterprise_name=view.enterprise_name,
        stars=request.stars,
        complaint=request.complaint,
        text=request.text,
    )
    put_moment(voice.give_time, tx.now)
    tx.add(
        InspectionVoice.new(
            voice_id=voice.voice_id,
            inspection_id=view.inspection_id,
            node=view.node,
            complaint=voice.complaint,
            give_time=tx.now,
            record=voice.SerializeToString(deterministic=True),
        )
    )
    tx.emit(events.InspectionRated(voice=voice), subject=voice.voice_id)
    return pb.RateInspectionResponse(voice_id=voice.voice_id)

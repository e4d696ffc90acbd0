"""Hearings and experts on a draft, and what became of what they said (GBF-2018-37, CITY-ERS 4(8))."""

from collections.abc import Iterable

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT as DOCUMENT
from services.supervision.decision_expert.model import DecisionExpert
from services.supervision.normative_document.act import act

PREFIX = "DV-"


def _announced(request: pb.NoticeDraftHearingRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    """What was announced before, and not held, gives way."""
    document.hearing.CopyFrom(
        pb.DraftHearing(address=request.address, place=request.place, notifier=tx.caller.subject)
    )
    if request.HasField("due_time"):
        document.hearing.due_time.CopyFrom(request.due_time)
    put_moment(document.hearing.notice_time, tx.now)


@act(DOCUMENT.NOTICE_HEARING, takes=_announced)
def notice_draft_hearing(
    _request: pb.NoticeDraftHearingRequest, _document: pb.NormativeDocument, _do: Do
) -> events.DraftHearingNoticed:
    """Announce a hearing."""
    return events.DraftHearingNoticed()


def _heard(request: pb.RecordDraftHearingRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    """Who spoke takes the place of who was put down before; what experts wrote stays."""
    hearing = document.hearing
    hearing.host, hearing.minutes, hearing.recorder = request.host, request.minutes, tx.caller.subject
    hearing.ClearField("hold_time")
    if request.HasField("hold_time"):
        hearing.hold_time.CopyFrom(request.hold_time)
    spoke = [_voice(tx, each, "") for each in request.voices]
    _replace(document, [v for v in document.voices if v.expert_id], spoke)


@act(DOCUMENT.RECORD_HEARING, takes=_heard)
def record_draft_hearing(
    _request: pb.RecordDraftHearingRequest, _document: pb.NormativeDocument, _do: Do
) -> events.DraftHearingHeld:
    """Put the hearing on record: who presided, who spoke and what."""
    return events.DraftHearingHeld()


def _argued(request: pb.RecordDraftExpertsRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    """Names and units are those of the pool; what an expert wrote before gives way to what the same expert writes now."""
    named = {each.expert_id for each in request.voices}
    stays = [v for v in document.voices if not (v.expert_id and v.expert_id in named)]
    wrote = [_voice(tx, each, each.expert_id) for each in request.voices if each.expert_id]
    for voice in wrote:
        row = tx.find(DecisionExpert, voice.expert_id)
        voice.name, voice.standing = (row.name, row.unit) if row is not None else ("", "")
    _replace(document, stays, wrote)


@act(DOCUMENT.RECORD_EXPERTS, takes=_argued)
def record_draft_experts(
    _request: pb.RecordDraftExpertsRequest, _document: pb.NormativeDocument, _do: Do
) -> events.DraftExpertsHeard:
    """Put on record what experts of the pool wrote."""
    return events.DraftExpertsHeard()


@act(DOCUMENT.ANSWER_OPINIONS)
def answer_draft_opinions(
    request: pb.AnswerDraftOpinionsRequest, document: pb.NormativeDocument, do: Do
) -> events.DraftOpinionsAnswered:
    """Say of opinions whether they were taken up, and why not. What is answered again is answered anew."""
    voices = {voice.voice_id: voice for voice in document.voices}
    for each in request.voices:
        voice = voices[each.voice_id]
        voice.adopted, voice.answer, voice.answerer = each.adopted, each.answer, do.caller
        put_moment(voice.answer_time, do.now)
    return events.DraftOpinionsAnswered()


def _voice(tx: Tx, said: pb.DraftVoice, expert_id: str) -> pb.DraftVoice:
    return pb.DraftVoice(
        voice_id=tx.new_id(PREFIX),
        name=said.name,
        standing=said.standing,
        expert_id=expert_id,
        opinion=said.opinion,
    )


def _replace(document: pb.NormativeDocument, *parts: Iterable[pb.DraftVoice]) -> None:
    voices = [voice for part in parts for voice in part]
    del document.voices[:]
    document.voices.extend(voices)

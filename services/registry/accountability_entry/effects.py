"""What is laid on an officer acts on the certificates: suspended for the training, cancelled with the post, revoked (ASR 32)."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import accountability_entry_pb2 as messages
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import measure_pb2 as measures
from yifa.supervision.v1 import accountability_pb2 as pb

from services.kit.tx import Tx
from services.law.procedures.accountability.kinds import FOLLOWS, Effect, Kind
from services.law.rule import Broken, Unlawful
from services.registry.certificate.model import Certificate
from services.registry.measure.cancellation import cancel
from services.registry.measure.model import Measure, suspensions_of
from services.registry.measure.record import OVERTURNED, SUSPENSION, in_order, measures_of
from services.registry.measure.review import imposed_by, settle
from services.registry.measure.revocation import revoke
from services.registry.measure.suspension import lift, suspend
from services.registry.standing.objections import ENFORCEMENT

LAW = "ASR-2025:32"
STRONGEST_FIRST = (Effect.REVOKES, Effect.CANCELS, Effect.SUSPENDS)
NOTHING_HELD = "NO_CERTIFICATE"


def effect_of(kind: str) -> Effect:
    """What a kind does to a certificate; nothing where it is none that is known."""
    return FOLLOWS[Kind(kind)].effect if kind in tuple(Kind) else Effect.NONE


def _held(tx: Tx, officer_id: str) -> list[Certificate]:
    """The officer's certificates for enforcement that have not ended."""
    held = select(Certificate).where(
        Certificate.officer_id == officer_id,
        Certificate.expire_time > tx.now,
        Certificate.kind.in_((0, ENFORCEMENT)),  # type: ignore[attr-defined]
    )
    return tx.query(held.order_by(Certificate.certificate_number))


def _suspends(tx: Tx, certificate: Certificate, matter: pb.Accountability) -> None:
    suspend(tx, certificate, cause=cause_of(matter, "离岗培训"), law=LAW, from_time=tx.now)


def _cancels(tx: Tx, certificate: Certificate, matter: pb.Accountability) -> None:
    cancel(tx, certificate, certificate_pb2.CANCEL_CAUSE_POST, tx.now, matter.decision.document_number)


def _revokes(tx: Tx, certificate: Certificate, matter: pb.Accountability) -> None:
    revoke(tx, certificate, cause_of(matter, "取消执法资格"), LAW, hearing_of(matter))


DOES: Mapping[Effect, Callable[[Tx, Certificate, pb.Accountability], None]] = MappingProxyType(
    {Effect.SUSPENDS: _suspends, Effect.CANCELS: _cancels, Effect.REVOKES: _revokes}
)


def cause_of(matter: pb.Accountability, what: str) -> str:
    return f"{matter.decision.document_number}：{what}"


def hearing_of(matter: pb.Accountability) -> measures.Hearing:
    """How the officer was told and heard, as the matter has it."""
    said = matter.statement
    waived = not said.HasField("receive_time") and said.HasField("waive_time")
    hearing = measures.Hearing(statement=said.text, waived=waived)
    hearing.notice_time.CopyFrom(matter.notice.serve_time)
    hearing.hear_time.CopyFrom(said.waive_time if waived else said.receive_time)
    return hearing


def apply(tx: Tx, entry: messages.AccountabilityEntry, matter: pb.Accountability) -> None:
    """Do to the certificates what the gravest of the kinds does, and write down for each what was done, or why not."""
    acting = [kind for kind in entry.kinds if effect_of(kind) != Effect.NONE]
    if not acting or not entry.officer_id:
        return
    strongest = next(e for e in STRONGEST_FIRST if any(effect_of(kind) == e for kind in acting))
    for number, measure_id, no in _acted(tx, entry.officer_id, strongest, matter):
        for kind in acting:
            entry.effects.add(
                kind=kind,
                certificate_number=number,
                measure_id=measure_id,
                refusal=no.reason if no else "",
                says_zh=no.says_zh if no else "",
                says_en=no.says if no else "",
            )


def _acted(
    tx: Tx, officer_id: str, effect: Effect, matter: pb.Accountability
) -> Iterator[tuple[str, str, Any]]:
    """Each certificate with the measure that was decided on it, or what forbids it."""
    held = _held(tx, officer_id)
    if not held:
        yield "", "", _nothing_held()
    for certificate in held:
        number = certificate.certificate_number
        try:
            DOES[effect](tx, certificate, matter)
        except Unlawful as unlawful:
            yield number, "", unlawful.broken[0]
        else:
            yield number, measures_of(tx, certificate)[-1].measure_id, None


def _nothing_held() -> Broken:
    """Nothing is taken from who holds nothing."""
    return Broken(
        NOTHING_HELD,
        LAW,
        "The officer holds no certificate of the city.",
        "该人员没有本市有效的行政执法证件。",
    )


def undo(tx: Tx, entry: messages.AccountabilityEntry, opinion: str) -> None:
    """Take back from its beginning what a decision did that does not stand on review (MOT-CERT 35)."""
    for measure in _measures(tx, entry):
        if measure.appeal != OVERTURNED:
            measure.appeal, measure.opinion = OVERTURNED, opinion
            measure.appeal_time = measure.appeal_time or tx.now
            measure.conclude_time = tx.now
            measure.version += 1
            settle(tx, measure)
    for effect in entry.effects:
        effect.undone = True


def finish(tx: Tx, entry: messages.AccountabilityEntry) -> None:
    """Give back what was taken for the time of a training, once all is carried out."""
    for measure in _measures(tx, entry):
        if measure.kind != SUSPENSION or measure.appeal == OVERTURNED:
            continue
        certificate = tx.get(Certificate, measure.certificate_number)
        suspensions = suspensions_of(tx, certificate)
        its = imposed_by(tx, measure, certificate, suspensions)
        if its.until_time is None:
            lift(tx, certificate, suspensions, [its])


def _measures(tx: Tx, entry: messages.AccountabilityEntry) -> list[Measure]:
    """The measures of an entry that were not undone, each once."""
    ids = {effect.measure_id for effect in entry.effects if effect.measure_id and not effect.undone}
    return in_order([tx.get(Measure, measure_id) for measure_id in sorted(ids)])

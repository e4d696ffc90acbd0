"""What the rules look at: the case, the act that is asked for, and who stands how at that moment. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1.benchmark_pb2 import Band
from yifa.enforcement.v1.case_pb2 import Case, PartyKind, Penalty, PenaltyKind
from yifa.enforcement.v1.recusal_pb2 import Recusal
from yifa.registry.v1.act_pb2 import ACT_KIND_PENALTY
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_ENFORCEMENT

from services.law.areas import covers

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# 行政处罚法 63(1)(3)(4): kinds that give a right to a hearing whatever the amount, and make a penalty major.
HEAVY_KINDS = frozenset(
    {
        PenaltyKind.PENALTY_KIND_LOWERING_OF_GRADE,
        PenaltyKind.PENALTY_KIND_REVOCATION_OF_LICENCE,
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_OPERATION,
        PenaltyKind.PENALTY_KIND_CLOSURE,
        PenaltyKind.PENALTY_KIND_RESTRICTION_OF_OCCUPATION,
    }
)
CONFISCATIONS = frozenset(
    {PenaltyKind.PENALTY_KIND_CONFISCATION_OF_GAINS, PenaltyKind.PENALTY_KIND_CONFISCATION_OF_PROPERTY}
)


class NotItsHome(Exception):
    """An event about a record came from a node that does not keep it."""


class Person(NamedTuple):
    """An officer at one moment: the certificate in force, if any; whether it was suspended, or covers something else,
    or another place."""

    officer_id: str
    name: str = ""
    certificate_number: str = ""
    certified: bool = False
    suspended: bool = False
    outside: bool = False
    elsewhere: bool = False


class Scope(NamedTuple):
    """What a certificate has to cover: its kind, the kind of act, the field, the place. What is empty is not compared."""

    field: str = ""
    kind: int = CERTIFICATE_KIND_ENFORCEMENT
    act: int = ACT_KIND_PENALTY
    place: str = ""


ANY_FIELD = Scope()


class Thresholds(NamedTuple):
    """Amounts in fen from which, or up to which, the law treats a party's penalty differently."""

    hearing_fine: int
    hearing_confiscation: int
    major_fine: int
    spot_fine: int


class Notice(NamedTuple):
    """What a notice, or its draft, tells the party."""

    facts: str
    reasons: str
    basis: str
    hearing_right_told: bool


class SpotForm(NamedTuple):
    """What was done on the spot before the decision."""

    number: str
    rights_told: bool
    statement_heard: bool


class Facts(NamedTuple):
    """All that a rule may look at. A part that is None is not known yet, and no rule breaks on it."""

    case: Case
    now: datetime
    at: datetime
    after: datetime | None = None
    caller: str | None = None
    on_case: bool | None = None
    investigated: bool | None = None
    body_confirmed: bool | None = None
    officers: tuple[Person, ...] | None = None
    certificate_shown: bool | None = None
    source: str | None = None
    cause: str | None = None
    penalty: Penalty | None = None
    band: Band | None = None
    thresholds: Thresholds | None = None
    notice: Notice | None = None
    discussed: bool | None = None
    receipt: str | None = None
    amount: int | None = None
    bank_reference: str | None = None
    form: SpotForm | None = None
    limitation_end: datetime | None = None
    item_held: bool | None = None
    mandate_holds: bool | None = None
    successor: bool | None = None
    qualified: bool | None = None
    place: str = ""
    place_inside: bool | None = None
    level_fits: bool | None = None
    filed_before: Case | None = None
    distinct_reason: str = ""
    receiver: bool | None = None
    first_evidence: bool | None = None
    punishable: bool | None = None
    rights_told: bool | None = None
    recusal: Recusal | None = None
    discussers: tuple[str, ...] = ()

    @property
    def due(self) -> int:
        """What is left of the fine, in fen."""
        return self.case.decision.penalty.fine.fen - self.case.paid.fen


def person_at(
    officer_id: str,
    name: str,
    certificates: Iterable[Mapping[str, Any]],
    at: datetime,
    away: Iterable[tuple[int, int | None]] = (),
    scope: Scope = ANY_FIELD,
) -> Person:
    """How an officer stood at a moment. A suspension, as a time away from this department, holds from its first moment
    to just before its last."""
    moment = (at - _EPOCH) // _MICROSECOND
    if any(a <= moment and (b is None or moment < b) for a, b in away):
        return Person(officer_id, name)
    suspended = outside = elsewhere = ""
    for certificate in certificates:
        if not certificate["from"] <= moment < certificate["to"] or certificate.get("kind", 1) != scope.kind:
            continue
        if any(a <= moment and (b is None or moment < b) for a, b in certificate["suspensions"]):
            suspended = certificate["number"]
        elif not fits(certificate, scope):
            outside = certificate["number"]
        elif not covers(certificate.get("area", ""), scope.place):
            elsewhere = certificate["number"]
        else:
            return Person(officer_id, name, certificate["number"], True)
    # Of several, the one that comes nearest is spoken of.
    number = elsewhere or outside or suspended
    return Person(
        officer_id,
        name,
        number,
        certified=bool(number),
        suspended=number == suspended != "",
        outside=number == outside != "",
        elsewhere=number == elsewhere != "",
    )


def fits(certificate: Mapping[str, Any], scope: Scope) -> bool:
    """Whether a certificate covers the field and the kind of act; one that names none covers all."""
    fields, acts = certificate.get("fields"), certificate.get("acts")
    return (not fields or not scope.field or scope.field in fields) and (not acts or scope.act in acts)


def moment_of(stamp: Timestamp) -> datetime:
    """A timestamp as an aware datetime, to the microsecond. Raises OverflowError beyond the calendar."""
    return _EPOCH + timedelta(seconds=stamp.seconds, microseconds=stamp.nanos // 1000)


def put_moment(stamp: Timestamp, at: datetime) -> None:
    """Set a timestamp. Both ways are a fifth of what the protobuf library's own conversions cost."""
    stamp.seconds, micros = divmod((at - _EPOCH) // _MICROSECOND, 1_000_000)
    stamp.nanos = micros * 1000


def is_person(case: Case) -> bool:
    """Whether the limits for citizens hold. A sole trader is a natural person (民法典 54)."""
    return case.party.kind != PartyKind.PARTY_KIND_ORGANISATION


def designated(case: Case) -> bool:
    """Whether the common superior said that this case goes on: its place and level are then no question any more."""
    return bool(case.designation.case_id) and case.designation.case_id == case.case_id


def hearing_due(penalty: Penalty, limits: Thresholds) -> bool:
    """Whether a penalty gives a right to a hearing (行政处罚法 63)."""
    return (
        penalty.fine.fen >= limits.hearing_fine
        or penalty.confiscation.fen >= limits.hearing_confiscation
        or not HEAVY_KINDS.isdisjoint(penalty.kinds)
    )


def is_major(penalty: Penalty, limits: Thresholds) -> bool:
    """Whether a penalty has to be filed with the city legal office."""
    return penalty.fine.fen >= limits.major_fine or not HEAVY_KINDS.isdisjoint(penalty.kinds)


def fine_range(band: Band, base: int) -> tuple[int, int] | None:
    """The lowest and highest fine of a band in fen, both allowed; None when it bounds nothing.

    A rate gives no fraction of a fen to either side: what lies inside exactly is inside.
    """
    if band.HasField("min_fine") or band.HasField("max_fine"):
        return band.min_fine.fen, band.max_fine.fen
    if band.max_rate:
        return -(-base * band.min_rate // 1_000_000), base * band.max_rate // 1_000_000
    return None if "罚款" in band.standard else (0, 0)


def heavier(decided: Penalty, noticed: Penalty) -> bool:
    """Whether a penalty is heavier than the one announced: more money, more kinds, or a graver kind.

    行政处罚法 9 lists the kinds from light to grave, and so does the enum.
    """
    if decided.fine.fen > noticed.fine.fen or decided.confiscation.fen > noticed.confiscation.fen:
        return True
    now, then = sorted(set(decided.kinds), reverse=True), sorted(set(noticed.kinds), reverse=True)
    return len(now) > len(then) or any(a > b for a, b in zip(now, then, strict=False))

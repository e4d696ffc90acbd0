"""Circumstances that mitigate: who is treated lighter, on which grounds, and that the fine then is lighter (APL 30, 32)."""

from yifa.enforcement.v1.evidence_mark_pb2 import Responsibility
from yifa.enforcement.v1.penalty_pb2 import LenienceDegree as Degree
from yifa.enforcement.v1.penalty_pb2 import LenienceGround as Ground
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind

from services.law.discretion.measure import Span, fines_in, measured
from services.law.procedures.penalty.amounts import gravest, kinds_in, party_of, yuan
from services.law.procedures.penalty.discretion import departs, in_band, reckonable
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.no_penalty import AGE, age_at_act, found, natural_person
from services.law.procedures.penalty.proving import relied_on
from services.law.procedures.public_text import OF_AGE
from services.law.rule import rule

_YOUNG = Ground.LENIENCE_GROUND_UNDER_EIGHTEEN
_FINE, _WARNING = PenaltyKind.PENALTY_KIND_FINE, PenaltyKind.PENALTY_KIND_WARNING


def _young(f: PenaltyFacts) -> bool:
    """Whether the party was fourteen and not yet eighteen on the day of the act."""
    age = age_at_act(f) if natural_person(f) else None
    return age is not None and AGE <= age < OF_AGE


@rule(
    "MINOR_NOT_TREATED_LIGHTER",
    guard="G-21",
    warning="EW-33",
    law="APL-2021:30",
    zh="已满十四周岁不满十八周岁的未成年人有违法行为的，应当从轻或者减轻行政处罚：应当载明该情形及从轻或者减轻。",
    en="The party was under eighteen on the day of the act, so the penalty has to be lighter or mitigated. State it (lenience).",
    tells=lambda f: {"age": str(age)} if (age := age_at_act(f)) is not None else {},
)
def young_lighter(f: PenaltyFacts) -> bool:
    """Who was fourteen and not yet eighteen is penalised lighter for it."""
    return not _young(f) or _YOUNG in f.penalty().lenience.grounds


@rule(
    "LENIENCE_NOT_GROUNDED",
    guard="G-21 G-23",
    warning="EW-33",
    law="APL-2021:32;APL-2021:30",
    zh="从轻、减轻处罚应当载明从轻或者减轻、法定情形及其事实。",
    en="It is not said whether the penalty is lighter or mitigated, on which ground, or for which facts. State it (lenience).",
)
def lenience_grounded(f: PenaltyFacts) -> bool:
    """A penalty that is lighter says how far, on which ground of the law and for which facts."""
    if not f.penalty().HasField("lenience"):
        return True
    said = f.penalty().lenience
    return bool(said.degree and said.grounds and said.reasons.strip()) and 0 not in said.grounds


@rule(
    "LENIENCE_NOT_GROUNDED",
    guard="G-21",
    warning="EW-33",
    law="APL-2021:30",
    zh="以不满十八周岁为由从轻、减轻处罚的，当事人在违法行为发生之日应当已满十四周岁不满十八周岁。",
    en="The party was not between fourteen and eighteen on the day of the act, or its age is not known. Name what is true.",
)
def young_shown(f: PenaltyFacts) -> bool:
    """Who is treated lighter for his age was fourteen and not yet eighteen, as the record shows."""
    return _YOUNG not in f.penalty().lenience.grounds or _young(f)


@rule(
    "LENIENCE_NOT_GROUNDED",
    guard="G-22",
    warning="EW-33",
    law="APL-2021:31",
    zh="以尚未完全丧失辨认或者控制自己行为能力为由从轻、减轻处罚的，应当有作此认定的本案鉴定意见。",
    en="No expert's opinion in the case finds that the party was only in part able to know or control what it did. Name what is "
    "true, or record the opinion with what it finds (responsibility).",
)
def partly_shown(f: PenaltyFacts) -> bool:
    """Who is treated lighter as only partly responsible was found to be so by an expert, whose opinion is named."""
    if Ground.LENIENCE_GROUND_PARTLY_RESPONSIBLE not in f.penalty().lenience.grounds:
        return True
    return bool(
        found(f, Responsibility.RESPONSIBILITY_PARTLY).intersection(f.penalty().lenience.evidence_ids)
    )


@rule(
    "LENIENCE_NOT_PROVED",
    guard="G-23",
    warning="EW-33",
    law="APL-2021:40;APL-2021:32",
    zh="从轻、减轻处罚的情形应当有本案证据证明。",
    en="No evidence of the case is named that proves the circumstance. Record it (RecordEvidence) and name it (lenience).",
)
def lenience_proved(f: PenaltyFacts) -> bool:
    """A circumstance other than the age is proved by evidence of the case."""
    if set(f.penalty().lenience.grounds) <= {_YOUNG}:
        return True
    proofs = f.lenience_proofs()
    return bool(proofs) and all(proofs)


def shown(f: PenaltyFacts) -> set[int]:
    """The circumstances that evidence shows which the facts rest on; that somebody is only partly responsible lets a penalty be
    lighter, and does not make it so (APL 31).
    """
    of = {ground for mark in relied_on(f.case) for ground in mark.circumstances}
    return of - {Ground.LENIENCE_GROUND_PARTLY_RESPONSIBLE}


def _code(ground: int) -> str:
    """A circumstance by its code; one that the contract does not know by its number."""
    known = ground in Ground.values()
    return Ground.Name(ground).removeprefix("LENIENCE_GROUND_") if known else str(ground)  # type: ignore[arg-type]


@rule(
    "MITIGATION_IGNORED",
    guard="G-23",
    warning="EW-33",
    law="APL-2021:32;APL-2021:40",
    zh="本案采信的证据证明有应当从轻、减轻的情形，处罚应当予以考虑：未载明该情形。证据不足以证明的，应当不予采信。",
    en="Evidence of the case that is relied on shows a circumstance that mitigates, and the penalty leaves it out. State it "
    "(lenience), or do not rely on the evidence (VerifyEvidence).",
    tells=lambda f: {"grounds": ",".join(map(_code, sorted(shown(f) - set(f.penalty().lenience.grounds))))},
)
def shown_counted(f: PenaltyFacts) -> bool:
    """A circumstance that evidence of the case shows counts in the penalty, from the report on."""
    return shown(f) <= set(f.penalty().lenience.grounds)


@rule(
    "MITIGATION_IGNORED",
    guard="G-21 G-23",
    warning="EW-33",
    law="APL-2021:32",
    zh="告知书载明的从轻、减轻情形，处罚决定应当予以考虑：决定未载明该情形。",
    en="The notice told the party of a circumstance that mitigates, and the decision leaves it out. State it (lenience).",
)
def lenience_kept(f: PenaltyFacts) -> bool:
    """A circumstance that the party was told of counts in the decision too."""
    return set(f.case.notice.penalty.lenience.grounds) <= set(f.penalty().lenience.grounds)


def _light_end(f: PenaltyFacts, span: Span) -> int | None:
    """The most that is still on the light side of a range, in fen; None where the range has no upper end."""
    if span.high is None:
        return None
    part = f.parameter("lighter.part", f.at())
    end = span.low + (span.high - span.low) * part / 100
    return end.numerator // end.denominator


def _most(f: PenaltyFacts) -> int | None:
    """The highest fine that is lighter, or mitigated, as the penalty says; None where that cannot be reckoned."""
    penalty = f.penalty()
    spans = in_band(f).spans if reckonable(f) else ()
    if penalty.lenience.degree == Degree.LENIENCE_DEGREE_LIGHTER:
        ends = [_light_end(f, span) for span in spans]
        return None if None in ends else max((end for end in ends if end is not None), default=None)
    statute = measured(f.benchmark().statute_fines, penalty, party_of(f.case, penalty))
    least = [span.lowest() for span in (spans if statute.missing else statute.spans or spans)]
    return min(least) - 1 if least else None


def _of_band(f: PenaltyFacts) -> int:
    """The gravest kind that the band lets be imposed; 0 where its words name none."""
    band = f.band()
    if band is None:
        return 0
    return gravest(kinds_in(band.standard) | ({_FINE} if fines_in(band) else set()))


def _told(f: PenaltyFacts) -> dict[str, str]:
    most = _most(f)
    return {"fine": yuan(f.penalty().fine.fen)} | ({"max": yuan(max(most, 0))} if most is not None else {})


@rule(
    "MITIGATION_IGNORED",
    guard="G-21 G-23",
    law="APL-2021:32;APL-2021:30",
    zh="有应当从轻或者减轻情形的，罚款数额应当从轻（在所选裁量档次内偏低）或者减轻（低于法定最低限额）；无法计算的，说明理由并经批准。",
    en="The penalty says that it is lighter or mitigated, and its fine is not: on the light side of the band, or below the least "
    "of the statute. Lower it; where that cannot be reckoned, give the reason, approved by a head who does not handle the case.",
    tells=_told,
)
def lighter(f: PenaltyFacts) -> bool:
    """What is called lighter lies on the light side of its band; what is called mitigated, below the least that the law sets."""
    penalty = f.penalty()
    if not penalty.HasField("lenience") or penalty.fine.fen == 0:
        return True
    most = _most(f)
    return departs(f) if most is None else penalty.fine.fen <= most


@rule(
    "MITIGATION_IGNORED",
    guard="G-21 G-23",
    law="APL-2021:32;APL-2021:30;APL-2021:9",
    zh="有应当从轻或者减轻情形的，处罚种类不得重于所选裁量档次；没有罚款的，应当轻于该档次最重的种类（行政处罚法第九条的次序）；"
    "档次未载明种类的，说明理由并经批准。",
    en="The penalty says that it is lighter or mitigated, and its kinds are not: by the order of article 9 one is graver than "
    "the band has, or without a fine none is lighter than its gravest. Change them; where the band names no kind, give the "
    "reason, approved by a head who does not handle the case.",
)
def lighter_in_kind(f: PenaltyFacts) -> bool:
    """What is called lighter is of no graver kind than its band has; without a fine, of a lighter one."""
    penalty = f.penalty()
    if not penalty.HasField("lenience"):
        return True
    imposed, most = gravest(penalty.kinds), _of_band(f)
    if not most:
        return departs(f)
    # nothing is lighter than a warning
    return imposed < most or imposed == _WARNING or (imposed == most and penalty.fine.fen > 0)

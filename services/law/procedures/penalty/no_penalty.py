"""No penalty (不予行政处罚): who is too young to be penalised, and on which grounds an act goes unpunished (APL 30–36, 57)."""

from datetime import date

from yifa.enforcement.v1.evidence_mark_pb2 import EvidenceVerdict, Responsibility
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_CITIZEN
from yifa.enforcement.v1.penalty_pb2 import NoPenaltyGround as Ground

from services.law.calendar import SHANGHAI
from services.law.moment import moment_at
from services.law.procedures.penalty.amounts import is_person
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.inquiry import within_limitation
from services.law.rule import rule

AGE = 14
# Grounds that the record of the case shows by itself, or that say that there is nothing to prove.
_NEEDS_NO_PROOF = frozenset({Ground.NO_PENALTY_GROUND_NOT_ESTABLISHED, Ground.NO_PENALTY_GROUND_LIMITATION})
# Grounds of an act that was done, so that somebody is taught: the party (33(3)), or its guardian is put under an order (30, 31).
_TEACHES = frozenset(
    {
        Ground.NO_PENALTY_GROUND_MINOR,
        Ground.NO_PENALTY_GROUND_FIRST_OFFENCE,
        Ground.NO_PENALTY_GROUND_NO_FAULT,
        Ground.NO_PENALTY_GROUND_UNDER_FOURTEEN,
        Ground.NO_PENALTY_GROUND_NOT_RESPONSIBLE,
    }
)
# Those for which a guardian is put under an order.
_GUARDED = frozenset(
    {Ground.NO_PENALTY_GROUND_UNDER_FOURTEEN, Ground.NO_PENALTY_GROUND_NOT_RESPONSIBLE},
)


def _ground(f: PenaltyFacts) -> Ground:
    return f.no_penalty().ground


def _told(f: PenaltyFacts) -> dict[str, str]:
    return {"ground": Ground.Name(_ground(f)).removeprefix("NO_PENALTY_GROUND_")}


def age_at_act(f: PenaltyFacts) -> int | None:
    """How old a person was on the day of the act, in full years; None where birth or act have no known day."""
    born, occurred = f.born(), moment_at(f.case, "violation.occur_time")
    return None if born is None or occurred is None else _years(born, occurred.astimezone(SHANGHAI).date())


def _years(born: date, on: date) -> int:
    """Full years: one is complete on the day after the birthday, for the day of birth is not counted (民法典 201)."""
    return on.year - born.year - ((on.month, on.day) <= (born.month, born.day))


def natural_person(f: PenaltyFacts) -> bool:
    return bool(f.case.party.kind == PARTY_KIND_CITIZEN)


def found(f: PenaltyFacts, responsibility: int) -> frozenset[str]:
    """The opinions of experts in the case that find one thing of the party, by their ids; none that was set aside or excluded."""
    put_aside = (EvidenceVerdict.EVIDENCE_VERDICT_NOT_RELIED, EvidenceVerdict.EVIDENCE_VERDICT_EXCLUDED)
    said = (mark for mark in f.case.evidence_marks if mark.verdict not in put_aside)
    return frozenset(mark.evidence_id for mark in said if mark.responsibility == responsibility)


@rule(
    "BIRTH_DATE_MISSING",
    guard="G-21",
    warning="EW-33",
    law="APL-2021:30",
    zh="不满十四周岁的人不予行政处罚：当事人的证件号码不能显示出生日期的，应当载明其出生日期。",
    en="The number of the party does not show when it was born. State it (party.birth_date): a child is not penalised.",
)
def age_known(f: PenaltyFacts) -> bool:
    """Nobody is penalised of whom it is not known whether he was fourteen."""
    return not natural_person(f) or f.born() is not None


@rule(
    "PARTY_UNDER_FOURTEEN",
    guard="G-21",
    warning="EW-33",
    law="APL-2021:30",
    zh="不满十四周岁的未成年人有违法行为的，不予行政处罚，责令监护人加以管教。",
    en="The party was under fourteen on the day of the act. Decide that no penalty is imposed (DecideNoPenalty).",
    tells=lambda f: {"age": str(age)} if (age := age_at_act(f)) is not None else {},
)
def old_enough(f: PenaltyFacts) -> bool:
    """Who is under fourteen on the day of the act is not penalised."""
    age = age_at_act(f) if natural_person(f) else None
    return age is None or age >= AGE


@rule(
    "PARTY_NOT_RESPONSIBLE",
    guard="G-22",
    warning="EW-33",
    law="APL-2021:31",
    zh="鉴定意见认定当事人在不能辨认或者不能控制自己行为时有违法行为的，不予行政处罚，责令其监护人严加看管和治疗。",
    en="An expert found that the party could not know or control what it did. Decide that there is no penalty (DecideNoPenalty).",
    tells=lambda f: {"evidence": ",".join(sorted(found(f, Responsibility.RESPONSIBILITY_NONE)))},
)
def answerable(f: PenaltyFacts) -> bool:
    """Who by an expert's opinion could not know or control what he did is not penalised."""
    return not is_person(f.case) or not found(f, Responsibility.RESPONSIBILITY_NONE)


@rule(
    "NO_PENALTY_NOT_PROVED",
    guard="G-22 G-24 G-25",
    warning="EW-33",
    law="APL-2021:40;APL-2021:57(1)[2]",
    zh="不予行政处罚的事由应当有本案证据证明。",
    en="No evidence of the case is named that proves the ground. Record it (RecordEvidence) and name it (evidence_ids).",
    tells=_told,
)
def ground_proved(f: PenaltyFacts) -> bool:
    """A ground for no penalty is proved by evidence of the case; the age also by the number of the party."""
    ground = _ground(f)
    if ground in _NEEDS_NO_PROOF or (ground == Ground.NO_PENALTY_GROUND_UNDER_FOURTEEN and f.birth_date()):
        return True
    proofs = f.proofs()
    return bool(proofs) and all(proofs)


@rule(
    "NO_PENALTY_GROUND_WRONG",
    guard="G-21",
    warning="EW-33",
    law="APL-2021:30",
    zh="当事人在违法行为发生之日已满十四周岁，或者其年龄不明，不得以不满十四周岁为由不予行政处罚。",
    en="The party was fourteen on the day of the act, or its age is not known. Name another ground, or state the birth date.",
    tells=_told,
)
def child(f: PenaltyFacts) -> bool:
    """Who is let go for his age was under fourteen."""
    if _ground(f) != Ground.NO_PENALTY_GROUND_UNDER_FOURTEEN:
        return True
    age = age_at_act(f) if natural_person(f) else None
    return age is not None and age < AGE


@rule(
    "NO_PENALTY_GROUND_WRONG",
    guard="G-22",
    warning="EW-33",
    law="APL-2021:31",
    zh="以不能辨认或者不能控制自己行为为由不予行政处罚的，当事人应当是自然人，并有作此认定的鉴定意见证明。",
    en="Only a person is let go as not responsible, on the opinion of an expert that finds so. Record it with what it finds "
    "(responsibility), and name it (evidence_ids).",
    tells=_told,
)
def found_not_responsible(f: PenaltyFacts) -> bool:
    """That a person could not understand or control what he did is an expert's to say."""
    if _ground(f) != Ground.NO_PENALTY_GROUND_NOT_RESPONSIBLE:
        return True
    named = found(f, Responsibility.RESPONSIBILITY_NONE).intersection(f.no_penalty().evidence_ids)
    return natural_person(f) and bool(named)


@rule(
    "NO_PENALTY_GROUND_WRONG",
    guard="G-25",
    warning="EW-33",
    law="APL-2021:33(1)",
    zh="当事人此前受过行政处罚，不属于初次违法。",
    en="The party was penalised before: this is no first offence. Name another ground, or propose a penalty.",
    tells=_told,
)
def first_offence(f: PenaltyFacts) -> bool:
    """A first offence is waived only for who was never penalised before."""
    return _ground(f) != Ground.NO_PENALTY_GROUND_FIRST_OFFENCE or not f.penalised_before()


@rule(
    "NO_PENALTY_GROUND_WRONG",
    guard="G-05",
    warning="EW-33",
    law="APL-2021:36(1)",
    zh="违法行为在追责时效内被发现，不得以超过时效为由不予行政处罚。",
    en="The act was discovered inside the limitation period. Name another ground, or propose a penalty.",
    tells=_told,
)
def limitation_over(f: PenaltyFacts) -> bool:
    """Who is let go because the act lies too far back was discovered after the limitation period."""
    if _ground(f) != Ground.NO_PENALTY_GROUND_LIMITATION:
        return True
    return f.limitation_end() is not None and not within_limitation.holds(f)


@rule(
    "EDUCATION_MISSING",
    guard="G-21 G-22 G-25",
    warning="EW-33",
    law="APL-2021:33(3);APL-2021:30;APL-2021:31",
    zh="对违法行为依法不予行政处罚的，应当对当事人进行教育，或者责令其监护人管教、看管和治疗。",
    en="It is not said how the party was taught, or what its guardian was ordered to do. State it (education).",
    tells=_told,
)
def taught(f: PenaltyFacts) -> bool:
    """Who goes unpunished for an act is taught; of a child or somebody not responsible the guardian is put under an order."""
    return _ground(f) not in _TEACHES or bool(f.no_penalty().education.strip())


@rule(
    "GUARDIAN_NOT_TOLD",
    guard="G-21 G-22",
    warning="EW-33",
    law="APL-2021:30;APL-2021:31",
    zh="因不满十四周岁或者不能辨认、控制自己行为而不予行政处罚的，应当责令监护人管教或者看管和治疗：应当载明监护人及其被告知的时间。",
    en="It is not said which guardian was put under an order, or when it was told. Tell it, and state both (guardian, "
    "guardian_told_time).",
    tells=_told,
)
def guardian_told(f: PenaltyFacts) -> bool:
    """Of a child, or of who could not answer for the act, a guardian by name was told the order before the act that names it."""
    if _ground(f) not in _GUARDED:
        return True
    said = f.no_penalty()
    told = moment_at(said, "guardian_told_time")
    return bool(said.guardian.strip()) and told is not None and told <= f.at()


@rule(
    "NO_PENALTY_NOT_REASONED",
    guard="G-24 G-25",
    warning="EW-33",
    law="APL-2021:57(1)[2];APL-2021:57(1)[3]",
    zh="不予行政处罚应当载明法定事由及其事实和理由。",
    en="No ground of the law is named, or no reason is given for it. State both (no_penalty).",
)
def grounded(f: PenaltyFacts) -> bool:
    """That no penalty is imposed rests on a ground of the law, with its facts and reasons."""
    return bool(_ground(f)) and bool(f.no_penalty().reasons.strip())


@rule(
    "ALREADY_DONE",
    law="APL-2021:61(1)",
    zh="该决定已送达。",
    en="The decision was served already.",
)
def not_served_yet(f: PenaltyFacts) -> bool:
    """A decision that no penalty is imposed is served once."""
    return not f.case.HasField("service")


@rule(
    "CLOSE_NOT_ALLOWED",
    guard="G-56",
    warning="EW-33",
    law="APL-2021:61(1)",
    zh="不予行政处罚决定书尚未送达，不得结案。",
    en="The decision that no penalty is imposed is not served. Serve it (ServeDecision), then close.",
)
def told_of_no_penalty(f: PenaltyFacts) -> bool:
    """A case without a penalty is closed when the party has the decision."""
    return bool(f.case.HasField("service"))

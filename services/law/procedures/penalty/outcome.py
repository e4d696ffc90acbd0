"""How a remedy against a decision ended, and what becomes of the case by it (ARL 63-73; ALIT 69-77; APL 48(2), 73(3), 75(2)).

What each outcome does is the table of services/law/procedures/outcomes.py. The outcomes of a decision are held in the order of
their times: one that comes to be known late takes its place among them, and what was said last holds.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from yifa.enforcement.v1.case_pb2 import (
    CASE_SOURCE_OUTSIDE,
    Case,
    EarlierDecision,
    HearingEnd,
    Outcome,
    OutcomeKind,
    Procedure,
    Remedy,
    SetAside,
    SetAsideKind,
)
from yifa.enforcement.v1.penalty_pb2 import NoPenalty, Penalty
from yifa.enforcement.v1.surcharge_pb2 import RemedyEnd, RemedyKind

from services.law.moment import moment_at, moment_of, put_moment
from services.law.procedures import outcomes
from services.law.procedures.penalty.amounts import CONFISCATIONS, heavier, yuan
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import Unknown, rule

_NAMES = {number: name.removeprefix("OUTCOME_KIND_") for name, number in OutcomeKind.items()}
_TABLE = {each.code: each for each in outcomes.OUTCOMES}
EFFECT: Mapping[int, outcomes.Outcome] = MappingProxyType(
    {kind: _TABLE[name] for kind, name in _NAMES.items() if name in _TABLE}
)
"""What an OutcomeKind does. Raises KeyError for one that says nothing."""
UNDOES = frozenset({kind for kind, effect in EFFECT.items() if effect.decision in ("annulled", "void")})
REPLACES = frozenset({kind for kind, effect in EFFECT.items() if effect.decision == "replaced"})
SETS_ASIDE = frozenset({kind for kind, effect in EFFECT.items() if effect.publication_withdrawn})
# The remedies in whose time no surcharge counts (APL 73(3)).
_REMEDIES: Mapping[int, RemedyKind] = MappingProxyType(
    {
        Remedy.REMEDY_RECONSIDERATION: RemedyKind.REMEDY_KIND_RECONSIDERATION,
        Remedy.REMEDY_SUIT: RemedyKind.REMEDY_KIND_SUIT,
    }
)
# What stays with the case when its decision has to be made anew, and is remembered as it stood.
_STAYS = ("procedure", "officers", "evidence_count", "evidence_marks")
# What the case holds of one decision and goes with it when it has to be made anew.
ROUND = tuple(
    name for name in EarlierDecision.DESCRIPTOR.fields_by_name if name not in (*_STAYS, "anew", "version")
)


def act_of(case: Case, outcome: Outcome) -> str:
    """The act by which an outcome of a case is recorded."""
    if outcome.kind in UNDOES and outcome.anew:
        return "REOPEN_SPOT_DECISION" if case.procedure == Procedure.PROCEDURE_SUMMARY else "REOPEN_CASE"
    if outcome.kind in UNDOES:
        return "RECORD_UNDONE"
    return "RECORD_SET_ASIDE" if outcome.kind in SETS_ASIDE else "RECORD_UPHELD"


def number_of(case: Case) -> str:
    """The number of the decision that the case holds, of whatever kind."""
    return case.decision.document_number or case.no_penalty.document_number


def undone(case: Case) -> bool:
    """Whether nothing is left of the decision: it was annulled or declared void."""
    return case.set_aside.kind in UNDOES


def in_force(case: Case) -> bool:
    """Whether the case holds a penalty that has effect, as it was decided or as it was changed since."""
    return case.HasField("decision") and not undone(case)


def outcomes_of(case: Case) -> list[Outcome]:
    """Those of the decision that the case holds."""
    number = number_of(case)
    return [each for each in case.outcomes if each.document_number == number]


def take(case: Case, outcome: Outcome) -> None:
    """Put an outcome into a case, and what it makes of the decision: its penalty, whether it was set aside."""
    outcome.document_number = number_of(case)
    case.outcomes.append(outcome)
    _follow(case)
    _end_remedy(case, outcome)
    none_left = undone(case)
    too_much = case.paid.fen + (case.surcharge_paid.fen if none_left else -case.decision.penalty.fine.fen)
    if too_much > 0 and outcome.kind in UNDOES | REPLACES:
        next(each for each in case.outcomes if _document(each) == _document(outcome)).refund.fen = too_much


def hold(case: Case, outcomes: Iterable[Outcome]) -> None:
    """Let a case have these outcomes alone: its decision as it was made, and what they made of it."""
    kept = [Outcome.FromString(each.SerializeToString()) for each in outcomes]
    if case.outcomes or kept:
        case.ClearField("set_aside")
    if case.decision.HasField("decided"):
        case.decision.penalty.CopyFrom(case.decision.decided)
        case.decision.ClearField("decided")
    del case.outcomes[:]
    case.outcomes.extend(kept)
    _follow(case)


def _follow(case: Case) -> None:
    """What the outcomes make of the decision, by their times."""
    case.outcomes.sort(key=lambda each: moment_of(each.outcome_time))
    penalty = None
    for each in outcomes_of(case):
        if each.kind in REPLACES:
            penalty = each.penalty
        if each.kind in SETS_ASIDE and not undone(case):
            kind = SetAsideKind.Name(each.kind)  # type: ignore[arg-type]
            case.set_aside.CopyFrom(SetAside(kind=kind, authority=each.authority, document=each.document))
            put_moment(case.set_aside.set_aside_time, moment_of(each.outcome_time))
    if penalty is not None and case.HasField("decision"):
        if not case.decision.HasField("decided"):
            case.decision.decided.CopyFrom(case.decision.penalty)
        case.decision.penalty.CopyFrom(penalty)


def _end_remedy(case: Case, outcome: Outcome) -> None:
    """The remedy that the outcome ends: the one that lasts, or one of which nobody told before, from when the paper says. Told
    again, it is the same.
    """
    if outcome.remedy not in _REMEDIES:
        return
    kind = _REMEDIES[outcome.remedy]
    open_or_its = (
        r for r in case.remedies if not r.HasField("end_time") or r.end_document == outcome.document
    )
    remedy = next((r for r in open_or_its if r.kind == kind), None)
    if remedy is None:
        remedy = case.remedies.add(kind=kind, authority=outcome.authority)
    if outcome.HasField("remedy_from_time"):
        remedy.begin_time.CopyFrom(outcome.remedy_from_time)
    remedy.end_time.CopyFrom(outcome.outcome_time)
    remedy.end_document, remedy.end = outcome.document, _end_of(outcome.kind)


def _end_of(kind: int) -> RemedyEnd:
    if kind in SETS_ASIDE | REPLACES:
        return RemedyEnd.REMEDY_END_SET_ASIDE
    withdrawn = kind == OutcomeKind.OUTCOME_KIND_WITHDRAWN
    return RemedyEnd.REMEDY_END_WITHDRAWN if withdrawn else RemedyEnd.REMEDY_END_UPHELD


def _document(outcome: Outcome) -> tuple[str, str]:
    return outcome.authority.strip(), outcome.document.strip()


def put_back(case: Case, outcome: Outcome) -> None:
    """Lay a decision that has to be made anew, with all that led to it and followed it, behind the case."""
    was = case.earlier_decisions.add(
        procedure=case.procedure,
        officers=case.officers,
        evidence_count=case.evidence_count,
        evidence_marks=case.evidence_marks,
        version=case.version,
        anew=outcome,
    )
    for name in ROUND:
        value, field = getattr(case, name), was.DESCRIPTOR.fields_by_name[name]
        if field.is_repeated:
            getattr(was, name).extend(value)
        elif not field.has_presence:
            setattr(was, name, value)
        elif case.HasField(name):  # type: ignore[arg-type]
            getattr(was, name).CopyFrom(value)
        case.ClearField(name)  # type: ignore[arg-type]


def as_it_was(case: Case, n: int) -> Case:
    """The case as it stood when the earlier decision of that place was undone."""
    was, stood = case.earlier_decisions[n], Case()
    stood.CopyFrom(case)
    del stood.earlier_decisions[n:]
    for name in (*ROUND, *_STAYS):
        stood.ClearField(name)  # type: ignore[arg-type]
    stood.MergeFromString(_of_case(was).SerializeToString())
    return stood


def in_its_round(case: Case, at: datetime) -> Case:
    """The case with the decision of a moment, where that one was undone since and had to be made anew."""
    for n, was in enumerate(case.earlier_decisions):
        undone = moment_at(was, "anew.outcome_time")
        if undone is not None and undone > at:
            return as_it_was(case, n)
    return case


def _of_case(was: EarlierDecision) -> EarlierDecision:
    """An earlier decision without what a case has no place for: the rest has the numbers of the fields of a case."""
    kept = EarlierDecision()
    kept.CopyFrom(was)
    for name in EarlierDecision.DESCRIPTOR.fields_by_name:
        if name not in (*ROUND, *_STAYS):
            kept.ClearField(name)  # type: ignore[arg-type]
    return kept


def on_show(case: Case) -> Case | EarlierDecision:
    """What holds the decision that is to be withdrawn first: an earlier one that is public still, else the case."""
    earlier = (
        was
        for was in case.earlier_decisions
        if was.HasField("publish_time") and not was.HasField("withdrawal")
    )
    return next(earlier, case)


def withdrawn(before: Case, after: Case) -> Case | EarlierDecision:
    """What holds the decision that an act withdrew from the public."""
    earlier = zip(before.earlier_decisions, after.earlier_decisions, strict=False)
    return next(
        (now for was, now in earlier if now.HasField("withdrawal") and not was.HasField("withdrawal")), after
    )


def ordered_anew(case: Case) -> EarlierDecision | None:
    """The decision that was annulled and has to be made anew, None where none was."""
    return case.earlier_decisions[-1] if case.earlier_decisions else None


@rule(
    "DECISION_MISSING",
    law="APL-2021:75(2);ARL-2023:64;ALIT-2017:70",
    zh="本案没有可以申请救济的决定。",
    en="The case has no decision that a remedy could have ended against.",
)
def decision_there(f: PenaltyFacts) -> bool:
    """A remedy is against a decision: of a penalty, or that none is imposed."""
    return bool(f.case.HasField("decision") or f.case.no_penalty.HasField("decide_time"))


@rule(
    "ALREADY_DONE",
    law="APL-2021:75(2)",
    zh="该文书的结果已经登记。",
    en="What this document says was recorded already.",
    tells=lambda f: {"document": f.outcome().document},
)
def outcome_not_known(f: PenaltyFacts) -> bool:
    """What one document of an authority says is recorded once."""
    said = f.outcome()
    return bool(said.kind) and _document(said) not in [_document(known) for known in f.case.outcomes]


@rule(
    "REMEDY_NOT_NAMED",
    warning="EW-33",
    law="APL-2021:75(2)",
    zh="应当载明结果的来源：行政复议、行政诉讼或者上级机关监督。",
    en="It is not said on whose way this came: reconsideration, a suit, or supervision by a superior. Name it (remedy).",
)
def remedy_named(f: PenaltyFacts) -> bool:
    """What becomes of a decision came by reconsideration, by a suit or by a superior's supervision, and it is said by which; a
    report of a whole case does not say it.
    """
    if f.case.source == CASE_SOURCE_OUTSIDE and not f.case.origin.system:
        raise Unknown("by which remedy it came")
    return f.outcome().remedy in Remedy.values() and bool(f.outcome().remedy)


@rule(
    "DECISION_SET_ASIDE",
    warning="EW-33",
    law="APL-2021:48(2)",
    zh="该决定已被撤销或者确认无效。",
    en="The decision was annulled or declared void. Nothing of it is left to be judged.",
    tells=lambda f: {"document": f.case.set_aside.document},
)
def not_undone_yet(f: PenaltyFacts) -> bool:
    """What was annulled or is void is neither changed nor annulled again."""
    return not undone(f.case)


@rule(
    "REFORMATIO_IN_PEIUS",
    guard="G-88",
    law="ARL-2023:63(2);ALIT-2017:77(2)",
    zh="变更决定、判决不得对当事人更为不利，第三人提出相反请求的除外。",
    en="The change is heavier than the decision, and no third party asked for it. Read the document again.",
    tells=lambda f: {
        "decided": yuan(f.case.decision.penalty.fine.fen),
        "changed": yuan(f.outcome().penalty.fine.fen),
    },
)
def change_not_heavier(f: PenaltyFacts) -> bool:
    """A change is not heavier than the decision, unless a third party asked for that."""
    said = f.outcome()
    if said.kind not in REPLACES or said.third_party_request.strip():
        return bool(said.kind)
    return f.case.HasField("decision") and not heavier(said.penalty, f.case.decision.penalty)


LIGHTER = "anew.lighter"


def _sums(penalty: Penalty) -> tuple[int, int]:
    return penalty.fine.fen, penalty.confiscation.fen if not CONFISCATIONS.isdisjoint(penalty.kinds) else 0


def _alike(f: PenaltyFacts, was: EarlierDecision) -> bool:
    """Whether what is decided is in substance what was annulled: the same kinds, and no sum lower by the share of the layers."""
    if f.move.act == "DECIDE_NO_PENALTY":
        said: NoPenalty = f.no_penalty()
        return was.HasField("no_penalty") and said.ground == was.no_penalty.outcome.ground
    new, old = f.penalty(), was.decision.penalty
    if not was.HasField("decision") or set(old.kinds) - set(new.kinds):
        return False
    kept = 100 - f.parameter(LIGHTER, f.at())
    return all(100 * now >= kept * before for now, before in zip(_sums(new), _sums(old), strict=True))


def _other_grounds(f: PenaltyFacts, was: EarlierDecision) -> bool:
    """Whether facts or reasons are other ones, as the record shows: evidence gathered since, or another item of the benchmark.

    The paper by which the party gave its rights up is none.
    """
    papers = bool(f.case.defence.waive_proof) + (f.case.hearing.end == HearingEnd.HEARING_END_WITHDRAWN)
    other = f.move.act == "MAKE_DECISION" and f.penalty().benchmark_id != was.decision.penalty.benchmark_id
    return f.case.evidence_count - papers > was.evidence_count or other


@rule(
    "SAME_ACT_REPEATED",
    guard="G-87",
    warning="EW-33",
    law="ARL-2023:64(2);ALIT-2017:71",
    zh="责令重新作出行政行为的，不得以同一事实和理由作出与原决定相同或者基本相同的决定，但原决定因违反法定程序被撤销的除外。",
    en="The decision was annulled, and this is in substance the same on the same facts and reasons. Inquire further, or decide "
    "otherwise.",
    tells=lambda f: {"document": was.anew.document} if (was := ordered_anew(f.case)) is not None else {},
)
def not_the_same_again(f: PenaltyFacts) -> bool:
    """What has to be decided anew is not decided the same on the same facts and reasons, unless only its procedure was wrong."""
    was = ordered_anew(f.case)
    if was is None or was.anew.procedure_only:
        return True
    return not _alike(f, was) or _other_grounds(f, was)


def decided_time(case: Case) -> datetime | None:
    """When the decision that the case holds was made."""
    return moment_at(case, "decision.decide_time") or moment_at(case, "no_penalty.decide_time")

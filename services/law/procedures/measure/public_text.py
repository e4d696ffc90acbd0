"""What everybody may see of a compulsory measure: which one was decided, on what basis, and what became of it (GBF-118 (6)).

What a person's things are is nobody's business: they are listed of businesses alone, and no account or sum ever. It is taken back
where the decision of the case that it served is annulled, void or declared unlawful, and stays so when that is decided anew.
"""

from collections.abc import Mapping
from types import MappingProxyType

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.measure_pb2 import Measure, MeasureKind, MeasureState
from yifa.enforcement.v1.publication_pb2 import (
    PUBLIC_KIND_FORCE,
    ForceKind,
    ForceResult,
    PublicDecision,
    PublicForce,
)

from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.enforcement.public_text import FALLS, name_party
from services.law.procedures.penalty.public_text import clean
from services.law.procedures.public_text import PARTIES, hide, natural, put_text, withdrawn
from services.law.procedures.publishing import Age, age_of

KINDS: Mapping[int, tuple[ForceKind, str, str]] = MappingProxyType(
    {
        MeasureKind.MEASURE_KIND_SEAL: (ForceKind.FORCE_KIND_SEAL, "查封", "场所、设施或者财物"),
        MeasureKind.MEASURE_KIND_SEIZE: (ForceKind.FORCE_KIND_SEIZURE, "扣押", "财物"),
        MeasureKind.MEASURE_KIND_FREEZE: (ForceKind.FORCE_KIND_FREEZE, "冻结", "存款、汇款"),
    }
)
"""What each is called, and what it holds where the things are not told."""
ENDS: Mapping[int, ForceResult] = MappingProxyType(
    {
        MeasureState.MEASURE_STATE_RELEASE_DUE: ForceResult.FORCE_RESULT_RELEASE_DUE,
        MeasureState.MEASURE_STATE_RELEASED: ForceResult.FORCE_RESULT_RELEASED,
        MeasureState.MEASURE_STATE_CONFISCATED: ForceResult.FORCE_RESULT_CONFISCATED,
        MeasureState.MEASURE_STATE_DESTROYED: ForceResult.FORCE_RESULT_DISPOSED,
        MeasureState.MEASURE_STATE_AUCTIONED: ForceResult.FORCE_RESULT_DISPOSED,
        MeasureState.MEASURE_STATE_SETTLED: ForceResult.FORCE_RESULT_DISPOSED,
        MeasureState.MEASURE_STATE_HANDED_OVER: ForceResult.FORCE_RESULT_HANDED_OVER,
    }
)
RESULTS: Mapping[int, str] = MappingProxyType(
    {
        ForceResult.FORCE_RESULT_HELD: "实施中",
        ForceResult.FORCE_RESULT_RELEASE_DUE: "期限届满，应当解除",
        ForceResult.FORCE_RESULT_RELEASED: "已解除",
        ForceResult.FORCE_RESULT_CONFISCATED: "已没收",
        ForceResult.FORCE_RESULT_DISPOSED: "已依法处理",
        ForceResult.FORCE_RESULT_HANDED_OVER: "已随案移送司法机关",
    }
)


def public_measure(measure: Measure, case: Case, number: str, *, named: bool) -> PublicDecision:
    """What is public of a measure as it and its case stand. `number` is the party's whole number; with `named`, the rules name
    parties here. Of what is kept back, is about a minor, or served a decision that was undone, it is told that it is public no
    more.
    """
    shown = PublicDecision(
        kind=PUBLIC_KIND_FORCE, document_number=measure.document_number, body_name=measure.body_name
    )
    if (gone := _gone(measure, case)) is not None:
        return withdrawn(shown, *gone)
    shown.party_kind = case.party.kind
    if named:
        name_party(shown, case, number)
    shown.basis = _clean(
        measure.execution.decision.basis or "《中华人民共和国行政强制法》", shown, case, number
    )
    shown.decide_time.CopyFrom(max(measure.approve_time, measure.execution.execute_time, key=moment_of))
    shown.force.CopyFrom(_force(measure, shown, case, number))
    return put_text(shown, _lines(shown))


def _gone(measure: Measure, case: Case) -> tuple[str, Timestamp] | None:
    """Why, and since when, nothing of it is public any more."""
    if measure.HasField("withholding"):
        return hide(measure.withholding.reason), measure.withholding.withhold_time
    if age_of(case.party) is Age.MINOR:
        return "依法不予公开。", measure.publication.publish_time
    taken = moment_of(measure.execution.execute_time)
    for each in case.outcomes:
        if (what := FALLS.get(each.kind)) is not None and moment_of(each.outcome_time) >= taken:
            of = f"所涉案件的行政处罚决定（{each.document_number}）"
            return f"{of}已被{each.authority}{each.document}{what}。", each.outcome_time
    return None


def _clean(text: str, shown: PublicDecision, case: Case, number: str) -> str:
    return clean(text, case, number, shown.party_name, case.publication.redactions)


def _force(measure: Measure, shown: PublicDecision, case: Case, number: str) -> PublicForce:
    kind, _, plainly = KINDS[measure.kind]
    business = case.party.kind and not natural(case.party, case.party.credit_code or number)
    things = measure.execution.things if business and kind != ForceKind.FORCE_KIND_FREEZE else ()
    names = "、".join(dict.fromkeys(each.name for each in things if each.name.strip()))
    result = ENDS.get(measure.state, ForceResult.FORCE_RESULT_HELD)
    told = PublicForce(kind=kind, what=_clean(names, shown, case, number) or plainly, result=result)
    told.result_time.CopyFrom(_since(measure, result))
    return told


def _since(measure: Measure, result: ForceResult) -> Timestamp:
    if result == ForceResult.FORCE_RESULT_HELD:
        return measure.execution.execute_time
    if result == ForceResult.FORCE_RESULT_RELEASE_DUE:
        return measure.release.draft_time
    return measure.release.release_time if measure.release.HasField("release_time") else measure.end.end_time


def _day(at: Timestamp) -> str:
    return f"{moment_of(at).astimezone(SHANGHAI):%Y-%m-%d}"


def _lines(shown: PublicDecision) -> list[tuple[str, str]]:
    """Body, party, kind and what became of it, as GBF-118 (6) has them; a line without content is left out."""
    of = shown.force
    called = {kind: said for kind, said, _ in KINDS.values()}
    return [
        ("行政强制措施决定书文号", shown.document_number),
        ("强制措施类别", called[of.kind]),
        ("当事人类型", PARTIES.get(shown.party_kind, "")),
        ("当事人", shown.party_name),
        ("统一社会信用代码", shown.party_code),
        ("涉及的财物", of.what),
        ("法律依据", shown.basis),
        ("措施现状", RESULTS[of.result]),
        ("实施机关", shown.body_name),
        ("作出决定的日期", _day(shown.decide_time)),
    ]

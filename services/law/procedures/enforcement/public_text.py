"""What everybody may see of an enforcement by the agency: what was enforced, how, and what came of it (GBF-118 (6)).

It rests on the decision in a case: what is hidden of that is hidden here, and where that is undone nothing is left of this.
"""

from collections.abc import Mapping
from types import MappingProxyType

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1.case_pb2 import Case, SetAsideKind
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.enforcement.v1.publication_pb2 import (
    PUBLIC_KIND_FORCE,
    ForceKind,
    ForceResult,
    PublicDecision,
    PublicForce,
)

from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.enforcement.recorded import of_duty, state_of
from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.penalty.public_text import clean
from services.law.procedures.public_text import (
    PARTIES,
    birth_of,
    hide,
    natural,
    put_text,
    shown_name,
    under_age,
    withdrawn,
)

KINDS: Mapping[int, str] = MappingProxyType(
    {
        ForceKind.FORCE_KIND_MONEY: "罚款及加处罚款的强制执行",
        ForceKind.FORCE_KIND_DIRECT: "直接强制执行",
        ForceKind.FORCE_KIND_SUBSTITUTE: "代履行",
        ForceKind.FORCE_KIND_CLEARING: "立即代履行",
    }
)
RESULTS: Mapping[int, str] = MappingProxyType(
    {
        ForceResult.FORCE_RESULT_UNDER_WAY: "执行中",
        ForceResult.FORCE_RESULT_ENFORCED: "执行完毕",
        ForceResult.FORCE_RESULT_PERFORMED: "当事人已自行履行",
        ForceResult.FORCE_RESULT_TERMINATED: "终结执行",
        ForceResult.FORCE_RESULT_RESTORED: "已恢复原状、退还财物或者赔偿",
    }
)

FALLS: Mapping[int, str] = MappingProxyType(
    {
        SetAsideKind.SET_ASIDE_KIND_ANNULLED: "撤销",
        SetAsideKind.SET_ASIDE_KIND_UNLAWFUL: "确认违法",
        SetAsideKind.SET_ASIDE_KIND_VOID: "确认无效",
    }
)
"""What has to be said of a decision so that what rests on it is public no more (GBF-118 (6))."""


def public_force(enforcement: Enforcement, case: Case, number: str, *, named: bool) -> PublicDecision:
    """What is public of an enforcement as it and its case stand. `number` is the party's whole number; with `named`, the rules
    name parties here. Of what is kept back, or rests on a decision that was undone, it is told that it is public no more.
    """
    shown = PublicDecision(
        kind=PUBLIC_KIND_FORCE,
        document_number=enforcement.decision.document_number or enforcement.case_number,
        body_name=enforcement.body_name,
    )
    if enforcement.HasField("withholding"):
        kept = enforcement.withholding
        return withdrawn(shown, hide(kept.reason), kept.withhold_time)
    if (fell := _fell(enforcement, case)) is not None:
        return withdrawn(shown, *fell)
    shown.party_kind = case.party.kind
    if named:
        name_party(shown, case, number)
    shown.basis = _clean(
        enforcement.decision.basis or "《中华人民共和国行政强制法》第五十二条", shown, case, number
    )
    shown.decide_time.CopyFrom(_decided(enforcement))
    if not of_duty(enforcement) and enforcement.decision.amount.fen:
        shown.fine.CopyFrom(enforcement.decision.amount)
    shown.force.CopyFrom(_force(enforcement, shown, case, number))
    return put_text(shown, _lines(shown))


def name_party(shown: PublicDecision, case: Case, number: str) -> None:
    """Name the party of a case in what is public of it: a business as it is, a person masked, and only where it is of age."""
    if not natural(case.party, case.party.credit_code or number) or _of_age(case, number):
        shown.party_name, shown.party_code = shown_name(case.party, number)


def _of_age(case: Case, number: str) -> bool:
    """Whether a person is known to be of age, by the number, what was said of the birth, or the paper that was shown for it."""
    born = birth_of(case.party, number)
    on = moment_of(case.update_time).astimezone(SHANGHAI).date()
    return bool(case.publication.adult_proof.strip()) if born is None else not under_age(born, on)


def _fell(enforcement: Enforcement, case: Case) -> tuple[str, Timestamp] | None:
    """Why, and since when, the decision that was enforced stands no more; None where it does, or was only changed."""
    if enforcement.HasField("clearing"):
        return None
    of = f"据以执行的行政处罚决定（{enforcement.penalty_number}）"
    if case.decision.document_number != enforcement.penalty_number:
        return f"{of}已被撤销。", case.update_time
    if (what := FALLS.get(case.set_aside.kind)) is None:
        return None
    by = f"{case.set_aside.authority}{case.set_aside.document}"
    return f"{of}已被{by}{what}。", case.set_aside.set_aside_time


def _clean(text: str, shown: PublicDecision, case: Case, number: str) -> str:
    return clean(text, case, number, shown.party_name, case.publication.redactions)


def _decided(enforcement: Enforcement) -> Timestamp:
    if enforcement.HasField("clearing"):
        return enforcement.clearing.clear_time
    return enforcement.decision.decide_time


def _force(enforcement: Enforcement, shown: PublicDecision, case: Case, number: str) -> PublicForce:
    """What was enforced; the result is that of the last thing that happened to it."""
    e = enforcement
    result, at = _result(e)
    told = PublicForce(
        kind=_kind(e),
        penalty_number="" if e.HasField("clearing") else e.penalty_number,
        what=_clean(e.clearing.what or e.duty.what, shown, case, number),
        manner=_clean(e.decision.manner, shown, case, number),
        result=result,
    )
    told.result_time.CopyFrom(at)
    return told


def _kind(enforcement: Enforcement) -> ForceKind:
    if enforcement.HasField("clearing"):
        return ForceKind.FORCE_KIND_CLEARING
    if not of_duty(enforcement):
        return ForceKind.FORCE_KIND_MONEY
    substitute = enforcement.decision.HasField("substitute")
    return ForceKind.FORCE_KIND_SUBSTITUTE if substitute else ForceKind.FORCE_KIND_DIRECT


def _result(enforcement: Enforcement) -> tuple[ForceResult, Timestamp]:
    e = enforcement
    if e.restitutions:
        return ForceResult.FORCE_RESULT_RESTORED, e.restitutions[-1].restore_time
    match state_of(e):
        case "ENFORCED":
            done = e.clearing.clear_time if e.HasField("clearing") else e.completion.complete_time
            return ForceResult.FORCE_RESULT_ENFORCED, done
        case "PERFORMED":
            return ForceResult.FORCE_RESULT_PERFORMED, e.performed_time
        case "TERMINATED":
            return ForceResult.FORCE_RESULT_TERMINATED, e.end.end_time
    return ForceResult.FORCE_RESULT_UNDER_WAY, _decided(e)


def _day(at: Timestamp) -> str:
    return f"{moment_of(at).astimezone(SHANGHAI):%Y-%m-%d}"


def _lines(shown: PublicDecision) -> list[tuple[str, str]]:
    """Body, party, kind and conclusion, as GBF-118 (6) has them; a line without content is left out."""
    of = shown.force
    return [
        ("行政强制执行决定书文号", shown.document_number),
        ("强制执行类别", KINDS[of.kind]),
        ("据以执行的决定文号", of.penalty_number),
        ("当事人类型", PARTIES.get(shown.party_kind, "")),
        ("当事人", shown.party_name),
        ("统一社会信用代码", shown.party_code),
        ("执行的义务", of.what),
        ("执行金额", f"{yuan(shown.fine.fen)}元" if shown.fine.fen else ""),
        ("执行方式", of.manner),
        ("法律依据", shown.basis),
        ("执行结果", RESULTS[of.result]),
        ("执行机关", shown.body_name),
        ("作出决定的日期", _day(shown.decide_time)),
    ]

"""The words of the routes that are acts beside the case: of an inspection, of a compulsory measure, of a referral."""

from collections.abc import Mapping
from typing import Any

from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.law.v1 import law_pb2

from services.given import measure as given
from services.given.people import CLERK, HEAD
from services.law.procedures.inspection import INSPECTION
from services.law.procedures.measure import MEASURE
from services.law.procedures.referral import REFERRAL
from tests.enforcement.inspecting import Bureau
from tests.enforcement.routes.walking import INSPECTIONS, MEASURES, REFERRALS, Walk, Word
from tests.enforcement.samples import DAY, Dossier, serial, stamp
from tests.enforcement.test_measure import power

SAID = referrals.PoliceSaid
KINDS = {
    "seize": measures.MEASURE_KIND_SEIZE,
    "seal": measures.MEASURE_KIND_SEAL,
    "freeze": measures.MEASURE_KIND_FREEZE,
}
ELSEWHERE = {"area_code": "110100", "mechanism_document": "协查函〔2026〕3号"}


# Measures ---------------------------------------------------------------------------------------------


def executed(w: Walk) -> measures.Execution:
    if w.measure.kind == measures.MEASURE_KIND_FREEZE:
        return given.freezing(w.d.now, w.ids, account=f"6222{next(serial)}")
    return given.execution(w.d.now, w.ids, things=[given.thing(mark=f"SN-{next(serial)}")])


async def ask(w: Walk, said: str) -> None:
    w.item_id = w.item_id or await power(w.d, w.here.body_id)
    w.measure = await given.ask(w.d.do, w.here.case_id, w.item_id, w.here.who, KINDS[said or "seize"])


async def take(w: Walk, _said: str) -> None:
    await given.take(w.d.do, w.measure.measure_id, executed(w))


async def take_urgently(w: Walk, said: str) -> None:
    w.item_id = w.item_id or await power(w.d, w.here.body_id)
    asked = {
        "kind": KINDS[said or "seize"],
        "item_id": w.item_id,
        "reasons": "防止转移",
        "urgency": "正在装车",
    }
    reply = await w.d.do(
        "ExecuteUrgently", w.here.who, case_id=w.here.case_id, execution=executed(w), **asked
    )
    w.measure = reply.measure


def on_measure(act: str, by: Any = HEAD, **fields: Any) -> Word:
    async def do(w: Walk, _said: str) -> None:
        told = {key: value(w) if callable(value) else value for key, value in fields.items()}
        rpc = MEASURE.named(act).method
        await w.d.do(rpc, by or w.here.who, measure_id=w.measure.measure_id, **told)

    return Word(MEASURES, act, do)


async def wait(_w: Walk, _said: str) -> None:
    """Time does it."""


def now(w: Walk) -> Any:
    return stamp(w.d.now)


async def release(w: Walk, said: str) -> None:
    ground = measures.ReleaseGround.Value(f"RELEASE_GROUND_{said or 'NOT_NEEDED'}")
    await given.release(w.d.do, w.measure.measure_id, ground)


LONGER = {"days": 30, "complexity": "跨省取证", "tell_time": now, "told_reasons": "情况复杂"}
_MEASURE = {
    "ask-measure": Word(MEASURES, "REQUEST", ask),
    "approve-measure": on_measure("APPROVE"),
    "refuse-measure": on_measure("REFUSE", reason="没有必要"),
    "seize": Word(MEASURES, "SEIZE", take),
    "seal": Word(MEASURES, "SEAL", take),
    "freeze": Word(MEASURES, "FREEZE", take),
    "seize-urgently": Word(MEASURES, "SEIZE_URGENTLY", take_urgently),
    "seal-urgently": Word(MEASURES, "SEAL_URGENTLY", take_urgently),
    "approve-afterwards": on_measure("APPROVE_AFTERWARDS"),
    "deliver-freeze": on_measure(
        "DELIVER_FREEZING_DECISION",
        CLERK,
        decision=lambda w: given.decision(w.d.now),
        things=lambda w: [given.thing("账户")],
    ),
    "appraise": on_measure(
        "SEND_TO_APPRAISAL",
        None,
        ground=law_pb2.GROUND_APPRAISAL,
        appraiser="示例鉴定所",
        planned_end_time=lambda w: stamp(w.d.now + 5 * DAY),
        tell_time=now,
    ),
    "appraised": on_measure("RECEIVE_APPRAISAL", None, result="不合格"),
    "extend": on_measure("EXTEND", **LONGER),
    "come-due": Word(MEASURES, "COME_DUE", wait),
    "release": Word(MEASURES, "RELEASE", release),
    "confiscate": on_measure("CONFISCATE"),
    "destroy": on_measure("DESTROY", law="《食品安全法》第一百二十四条"),
    "settle": on_measure("DISPOSE", note="划缴罚款"),
    "hand-over": on_measure("HAND_OVER", receiver="示例市公安局", tell_time=now),
}


# Referrals --------------------------------------------------------------------------------------------


async def flag(w: Walk, _said: str) -> None:
    w.referral = await given.flag(w.d.do, w.here.case_id, w.here.who)


def on_referral(act: str, by: Any = HEAD, **fields: Any) -> Word:
    async def do(w: Walk, _said: str) -> None:
        told = {key: value(w) if callable(value) else value for key, value in fields.items()}
        rpc = REFERRAL.named(act).method
        await w.d.do(rpc, by or w.here.who, referral_id=w.referral.referral_id, **told)

    return Word(REFERRALS, act, do)


def police(act: str, said: str, **more: Any) -> Word:
    async def do(w: Walk, _said: str) -> None:
        await given.police(w.d.do, w.referral.referral_id, SAID.Value(f"POLICE_SAID_{said}"), **more)

    return Word(REFERRALS, act, do)


_REFERRAL = {
    "flag": Word(REFERRALS, "FLAG", flag),
    "report-crime": on_referral("REPORT", None, officer_ids=lambda w: w.ids, report="专案组核实报告"),
    "approve-referral": on_referral("APPROVE"),
    "reject-referral": on_referral("REJECT", reasons="未达到立案追诉标准"),
    "send": on_referral("SEND", CLERK, police="示例市公安局", papers=given.PAPERS, copy_time=now),
    "received": police("RECEIVE", "RECEIVED"),
    "not-competent": police("FIND_NOT_COMPETENT", "NOT_COMPETENT"),
    "forwarded": police("FORWARD", "FORWARDED", forwarded_to="示例县公安局"),
    "opened": police("OPEN", "OPENED"),
    "refused": police("REFUSE", "REFUSED"),
    "ask-police-again": on_referral("ASK_RECONSIDERATION"),
    "opened-after-all": police("OPEN_AFTER_ALL", "OPENED"),
    "refused-again": police("REFUSE_AGAIN", "REFUSED"),
    "ask-procuratorate": on_referral("SUGGEST_SUPERVISION", suggestion="已达到追诉标准"),
    "opened-under-supervision": police("OPEN_UNDER_SUPERVISION", "OPENED"),
    "resume": on_referral("RESUME_CASE"),
    "hand-over-papers": on_referral("HAND_OVER", None, things="账册三本", list_time=now),
    "sent-back": on_referral(
        "TAKE_BACK", CLERK, outcome=lambda w: referrals.CriminalOutcome(document="不起诉决定书1号")
    ),
    "convicted": on_referral(
        "CONVICT", CLERK,
        outcome=lambda w: referrals.CriminalOutcome(convicted=True, document="（2026）示刑初1号", fine={"fen": 100}),
    ),
}  # fmt: skip


# Inspections ------------------------------------------------------------------------------------------


async def open_visit(w: Walk, said: str) -> None:
    """In the plan of the year, or on a complaint (`complaint`)."""
    bureau = Bureau(w.d)
    w.visit = await (bureau.on_clue() if said == "complaint" else bureau.opened())


def on_visit(act: str) -> Word:
    """`outside` where it happens in another area, `unannounced` where nobody was told before."""
    more = {"outside": ELSEWHERE, "unannounced": {"unannounced_law": "《食品安全法》第一百一十条"}}

    async def do(w: Walk, said: str) -> None:
        assert w.visit is not None
        await Bureau(w.d).act(INSPECTION.named(act).method, w.visit, **more.get(said, {}))

    return Word(INSPECTIONS, act, do)


async def code(w: Walk, said: str) -> None:
    assert w.visit is not None
    await Bureau(w.d).give_code(w.visit, afterwards=said == "afterwards")


async def no_code(w: Walk, _said: str) -> None:
    assert w.visit is not None
    await Bureau(w.d).withhold(w.visit, "INSPECTION_CAP")


async def replaced(w: Walk, said: str) -> None:
    """Somebody else goes in the place of one."""
    assert w.visit is not None
    other = await w.d.officer(w.visit.body_id)
    w.visit.ids = [other.officer_id, *w.visit.ids[1:]]
    await on_visit("REPLACE_INSPECTORS").do(w, said)


async def clue_of_visit(w: Walk, said: str) -> None:
    """What was found goes on as a case, by those who inspected."""
    await on_visit("REFER_CLUE").do(w, said)
    assert w.visit is not None
    found, _ = await w.of_inspection()
    w.here = Dossier(found.case_id, w.visit.body_id, [await w.d.officer(w.visit.body_id) for _ in range(2)])


_INSPECTION = {
    "open-visit": Word(INSPECTIONS, "OPEN_INSPECTION", open_visit),
    "approve-visit": on_visit("APPROVE_INSPECTION"),
    "ask-code": on_visit("REQUEST_INSPECTION_CODE"),
    "code": Word(INSPECTIONS, "TAKE_CODE", code),
    "no-code": Word(INSPECTIONS, "TAKE_REFUSAL", no_code),
    "tell-visit": on_visit("NOTICE_INSPECTION"),
    "check-in": on_visit("CHECK_IN"),
    "check-in-urgently": on_visit("CHECK_IN_URGENTLY"),
    "make-good": on_visit("MAKE_GOOD_INSPECTION"),
    "record-visit": on_visit("RECORD_INSPECTION"),
    "record-outside": on_visit("RECORD_INSPECTION_OUTSIDE"),
    "file-outside": on_visit("FILE_INSPECTION_OUTSIDE"),
    "nothing-found": on_visit("FIND_NOTHING"),
    "order-correction": on_visit("ORDER_CORRECTION"),
    "verify": on_visit("VERIFY_CORRECTION"),
    "refer-clue": Word(INSPECTIONS, "REFER_CLUE", clue_of_visit),
    "tell-result": on_visit("TELL_RESULT"),
    "publish-result": on_visit("PUBLISH_RESULT"),
    "close-visit": on_visit("CLOSE_INSPECTION"),
    "replace": Word(INSPECTIONS, "REPLACE_INSPECTORS", replaced),
    "call-off": on_visit("CALL_OFF_INSPECTION"),
}
BESIDE: Mapping[str, Word] = _MEASURE | _REFERRAL | _INSPECTION

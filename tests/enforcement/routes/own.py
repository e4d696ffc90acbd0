"""The words and routes of enforcement by the agency itself, and of an auction to pay a fine."""

# ruff: noqa: E501

from collections.abc import Mapping
from typing import Any

from yifa.enforcement.v1 import enforcement_pb2 as pb

from services.given.people import CLERK, FINANCE, HEAD, UNIT
from services.law.procedures.enforcement import ENFORCEMENT
from tests.enforcement.court import Court
from tests.enforcement.own import TRANSFER, Own, empower
from tests.enforcement.routes.beside import on_measure
from tests.enforcement.routes.table import HELD, SERVED, Route
from tests.enforcement.routes.walking import CASE, COURTS, OWN, Walk, Word
from tests.enforcement.samples import DAY

URGENT = TRANSFER | {"urgency": "账户即将清空"}


async def overdue(w: Walk, _said: str) -> None:
    """The fifteen days are over, and a law gives the body the power."""
    await empower(w.d, w.here.body_id)
    w.d.now += 17 * DAY
    w.own = await Own(w.d, w.here).begin()


def own_act(act: str, by: Any = HEAD, **fields: Any) -> Word:
    """By somebody; by who handles the case where nobody is said."""

    async def do(w: Walk, _said: str) -> None:
        assert w.own is not None
        await w.own.act(ENFORCEMENT.named(act).method, by or w.here.who, **fields)

    return Word(OWN, act, do)


def own_word(act: str, name: str, **more: Any) -> Word:
    """As the tests of it do it."""

    async def do(w: Walk, _said: str) -> None:
        assert w.own is not None
        await getattr(w.own, name)(**more)

    return Word(OWN, act, do)


async def left(w: Walk) -> float:
    found = await w.d.do("GetOwed", FINANCE, case_id=w.here.case_id)
    return float(found.owed.total.fen / 100)


async def agree(w: Walk, _said: str) -> None:
    assert w.own is not None
    await w.own.agree((await left(w), 5))


async def pay(w: Walk, _said: str) -> None:
    await w.d.pay(w.here, await left(w))


async def bring_in(w: Walk, _said: str) -> None:
    assert w.own is not None
    await w.own.bring_in(await left(w))


async def noted(w: Walk, _said: str) -> None:
    """The fifteen days after the reconsideration are over."""
    w.court = await Court(w.d, w.here).begin()


GIVEN = {"given_back": "划拨的存款", "proof": "退款凭证", "cause": "误划第三人账户"}
OWN_WORDS: Mapping[str, Word] = {
    "overdue": Word(OWN, "NOTE_OVERDUE_PAYMENT", overdue),
    "charge": own_act("CHARGE_SURCHARGE", FINANCE),
    "urge": own_word("DEMAND", "demand"),
    "answer": own_act("RECORD_STATEMENT", CLERK, statement="经营困难"),
    "recheck-answer": own_act("RECHECK_STATEMENT", UNIT, opinion="理由不成立"),
    "decide-own": own_word("DECIDE", "decide"),
    "decide-at-once": own_word("DECIDE_AT_ONCE", "decide", at_once=True, hiding_evidence="转账记录"),
    "serve-own": own_word("SERVE", "serve"),
    "force": own_word("EXECUTE", "start", urgency="账户即将清空"),
    "agree": Word(OWN, "AGREE", agree),
    "go-on-own": own_act("RESUME", cause="不履行协议或者情形消失", execution=URGENT),
    "suspend-own": own_act("SUSPEND", ground=pb.SUSPENSION_OF_ENFORCEMENT_HARDSHIP, cause="暂无能力"),
    "give-up": own_act("GIVE_UP", cause="确无能力", harmless=True, unable=True),
    "end-own": own_act("TERMINATE", ground=pb.END_OF_ENFORCEMENT_OTHER, cause="主体注销"),
    "publish-own": own_act("PUBLISH", CLERK, address="公示平台"),
    "bring-in": Word(CASE, "COMPLETE_PAYMENT", bring_in),
    "complete-own": own_act("COMPLETE", FINANCE, record="执行笔录"),
    "restore": own_act("RESTORE", wrong=pb.WRONG_ENFORCEMENT_MISTAKE, **GIVEN),
    "pays-left": Word(COURTS, "RECORD_PERFORMANCE", pay),
    "pays-own": Word(OWN, "RECORD_PERFORMANCE", pay),
    "remedies-noted": Word(COURTS, "NOTE_REMEDY_OVER", noted),
    "auction": on_measure("AUCTION", auctioneer="示例拍卖行", note="拍卖成交"),
}
LATE = f"{SERVED} overdue"
URGED = f"{LATE} urge"
DECIDED = f"{URGED} +30 decide-own"
TOLD = f"{DECIDED} serve-own"
FORCED = f"{TOLD} force"
AGREED = f"{TOLD} agree"
STILL = f"{TOLD} suspend-own"
TAKEN = "evidence report submit pass notice window decide serve reconsidered end-reconsideration +16 remedies-noted demand +16"
OWN_ROUTES = (
    Route("enforced by the agency", "ACL-2011:46(1)", f"{LATE} charge urge answer answer recheck-answer +30 decide-own publish-own serve-own publish-own force publish-own restore bring-in complete-own publish-own restore close"),
    Route("at once, as assets are hidden", "ACL-2011:37(3)", f"{URGED} decide-at-once serve-own agree restore pays-own publish-own restore close"),
    Route("at once, whatever was stated", "ACL-2011:37(3)", f"{URGED} answer decide-at-once end-own publish-own restore"),
    Route("an agreement is broken", "ACL-2011:42(2)", f"{FORCED} agree +6 go-on-own end-own"),
    Route("suspended and resumed", "ACL-2011:39(2)", f"{FORCED} suspend-own restore go-on-own pays-own close"),
    Route("given up after three years", "ACL-2011:39(2)", f"{STILL} +1100 give-up"),
    Route("ended before the demand", "ACL-2011:40", f"{LATE} end-own"),
    Route("ended after the demand", "ACL-2011:40", f"{URGED} end-own"),
    Route("ended after the statement", "ACL-2011:40", f"{URGED} answer end-own"),
    Route("ended after the decision", "ACL-2011:40", f"{DECIDED} end-own"),
    Route("ended after its service", "ACL-2011:40", f"{TOLD} end-own"),
    Route("ended under an agreement", "ACL-2011:40", f"{AGREED} end-own"),
    Route("ended while suspended", "ACL-2011:40", f"{STILL} end-own"),
    Route("paid before the demand", "APL-2021:66(1)", f"{LATE} pays-own close"),
    Route("paid after the demand", "APL-2021:66(1)", f"{URGED} pays-own close"),
    Route("paid after the statement", "APL-2021:66(1)", f"{URGED} answer pays-own close"),
    Route("paid after the decision to enforce", "APL-2021:66(1)", f"{DECIDED} pays-own close"),
    Route("paid after its service", "APL-2021:66(1)", f"{TOLD} pays-own close"),
    Route("paid while suspended", "APL-2021:66(1)", f"{STILL} pays-own close"),
    Route("what is held is auctioned", "ACL-2011:46(3)", f"{HELD} seize appraise {TAKEN} appraised auction pays-left close"),
    Route("what is held longer is auctioned", "ACL-2011:46(3)", f"{HELD} seize extend {TAKEN} auction pays-left close"),
)  # fmt: skip

"""The words and routes of enforcing what was ordered to be done, and of what is cleared at once."""

# ruff: noqa: E501

from collections.abc import Mapping
from typing import Any

from services.given.people import HEAD
from tests.enforcement.duty import Duty, enable, performed
from tests.enforcement.routes.own import own_word, pay
from tests.enforcement.routes.table import Route
from tests.enforcement.routes.walking import CASE, OWN, Walk, Word
from tests.enforcement.samples import DAY, stamp

BY_NIGHT = "将被洪水冲垮"


def of(w: Walk) -> Duty:
    assert isinstance(w.own, Duty)
    return w.own


async def late(w: Walk, _said: str) -> None:
    """The fifteen days are over, and a law gives the body the power."""
    await enable(w.d, w.here.body_id)
    w.d.now += 17 * DAY
    w.own = await Duty(w.d, w.here).begin()


async def schedule(w: Walk, _said: str) -> None:
    await of(w).schedule(w.d.now + 14 * DAY)


async def agree(w: Walk, _said: str) -> None:
    stage = {"what": "拆除东侧", "due_time": stamp(w.d.now + 5 * DAY)}
    await of(w).act("AgreeOnEnforcement", HEAD, terms="分阶段拆除", stages=[stage], harmless=True)


async def go_on(w: Walk, _said: str) -> None:
    doing: Any = of(w).doing(urgency=BY_NIGHT)
    await of(w).act("ResumeEnforcement", HEAD, cause="不履行协议或者情形消失", execution=doing)


async def does(w: Walk, _said: str) -> None:
    await performed(w.d, w.here)


async def clear(w: Walk, _said: str) -> None:
    w.own = Duty(w.d, w.here)
    await w.own.clear()


DUTY_WORDS: Mapping[str, Word] = {
    "late-duty": Word(OWN, "NOTE_OVERDUE_DUTY", late),
    "announce-demolition": own_word("ANNOUNCE_DEMOLITION", "announce"),
    "decide-substitute": own_word("DECIDE", "decide"),
    "decide-force": own_word("DECIDE", "force"),
    "schedule": Word(OWN, "SCHEDULE_SUBSTITUTE", schedule),
    "tell-again": own_word("DEMAND_ONCE_MORE", "tell"),
    "substitute": own_word("EXECUTE_BY_SUBSTITUTE", "perform", urgency=BY_NIGHT),
    "force-duty": own_word("EXECUTE", "start", urgency=BY_NIGHT),
    "agree-duty": Word(OWN, "AGREE", agree),
    "go-on-duty": Word(OWN, "RESUME", go_on),
    "complete-duty": own_word("COMPLETE", "complete"),
    "does-it": Word(OWN, "RECORD_PERFORMANCE", does),
    "clear": Word(OWN, "CLEAR_AT_ONCE", clear),
    "tell-cleared": own_word("TELL_CLEARED", "told"),
    "claim": own_word("CLAIM_COSTS", "claim"),
    "pay-costs": own_word("RECORD_COSTS", "paid", amount=800),
    "pay-all": Word(CASE, "COMPLETE_PAYMENT", pay),
}
ORDERED = "clue file assign evidence report:duty submit pass notice window decide serve"
DEMOLISHED = "clue file assign evidence report:demolition submit pass notice window decide serve"
TOLD = f"{ORDERED} late-duty urge +11 decide-substitute serve-own"
DUTY_ROUTES = (
    Route("a substitute performs", "ACL-2011:50", f"{TOLD} schedule tell-again schedule tell-again +14 substitute complete-duty claim pay-costs pay-all close"),
    Route("the substitute goes on when the agreement is broken", "ACL-2011:42(2)", f"{TOLD} agree-duty schedule tell-again +14 go-on-duty complete-duty pay-all close"),
    Route("the substitute goes on after a suspension", "ACL-2011:39(2)", f"{TOLD} suspend-own schedule tell-again +14 go-on-duty does-it pay-all close"),
    Route("a demolition", "ACL-2011:44", f"{DEMOLISHED} pay late-duty announce-demolition urge announce-demolition +200 decide-force serve-own force-duty complete-duty close"),
    Route("cleared at once", "ACL-2011:52", "clue file assign clear tell-cleared claim pay-costs terminate close"),
)  # fmt: skip

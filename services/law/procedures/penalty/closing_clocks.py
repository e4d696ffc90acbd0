"""Which clocks may still run when a case is closed, and that no other does (SAMR 77; MOHURD 31)."""

from collections.abc import Mapping
from types import MappingProxyType

from yifa.law.v1.law_pb2 import CLOCK_STATE_RUNNING, CLOCK_STATE_SUSPENDED

from services.law.moment import moment_at
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

_REMEDY = ("当事人的救济期限，不因结案而终止", "the party's time for a remedy, which no closing cuts short")
_PUBLIC = ("结案后继续履行的公开、备案义务", "a duty to publish or file that goes on after the closing")
_CREDIT = ("信用信息公示期，结案后继续", "how long the credit websites show it, which goes on")
_ENDS = ("因结案而终止", "it ends with the closing")
_DECIDED = ("案件已经处理，不再举行听证", "once the case was decided no hearing is prepared any more")
_SETTLED = (
    "结案条件本身要求当场处罚决定已报备案",
    "the closing itself asks that a decision on the spot was reported",
)
_BANKED = (
    "结案条件本身要求当场收缴的罚款已缴付银行，逾期亦然",
    "the closing itself asks that what was collected on the spot is at the bank, however late",
)
_GROUND = ("以结案情形本身审查执行情况", "what became of the enforcement is asked by the ground to close")
MAY_RUN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("REC-01", "REC-02", "REC-03", "LIT-01", "LIT-02", "LIT-03"), _REMEDY),
        **dict.fromkeys(
            ("PEN-23", "PEN-24", "PEN-27", "PEN-28", "PEN-30", "PEN-31", "PUB-01", "PUB-10"), _PUBLIC
        ),
        **dict.fromkeys((f"CRD-{n:02d}" for n in range(1, 14)), _CREDIT),
        **dict.fromkeys(("PEN-19", "PEN-25"), _ENDS),
        "PEN-14": _DECIDED,
        "PEN-18": _SETTLED,
        **dict.fromkeys(("PEN-21", "PEN-22"), _BANKED),
        **dict.fromkeys((f"ENF-{n:02d}" for n in range(5, 15)), _GROUND),
    }
)
"""The clocks of a case that may run when it is closed, each with the reason; every other one has to be over."""
_OPEN = frozenset({CLOCK_STATE_RUNNING, CLOCK_STATE_SUSPENDED})


def running(f: PenaltyFacts) -> list[str]:
    """The clocks of the case that have to be over and are not: they stand still, or their last moment lies ahead."""
    return [
        each.clock_id
        for each in f.case.deadlines
        if each.clock_id not in MAY_RUN
        and each.state in _OPEN
        and (
            each.state == CLOCK_STATE_SUSPENDED
            or (due := moment_at(each, "due_time")) is None
            or due >= f.at()
        )
    ]


@rule(
    "CLOSE_NOT_ALLOWED",
    guard="G-56",
    warning="EW-33",
    law="SAMR-2022:77;ENV-2023:77;MOHURD-2022:31",
    zh="案件尚有期限正在计算，不得结案；应当先办理该期限所对应的事项。",
    en="A term of the case that has to be over still runs. Do first what it is set for, or wait until it is over.",
    tells=lambda f: {"clocks": ",".join(running(f))},
)
def clocks_over(f: PenaltyFacts) -> bool:
    """A case is closed when no clock of it runs but those that go on after the closing."""
    return not running(f)

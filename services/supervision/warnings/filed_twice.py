"""One act that two departments have filed: the first to file handles it."""

from collections.abc import Iterable

from yifa.enforcement.v1.case_pb2 import Case

from services.supervision.case.model import taken_up
from services.supervision.warning.catalogue import ORANGE, Finding, said, warning
from services.supervision.warning.seen import SeenMatter


@warning(
    "TWICE", ORANGE, law="APL-2021:25(1)", zh="重复立案", en="Filed by two departments", watches="matter"
)
def filed_twice(seen: SeenMatter) -> Iterable[Finding]:
    """Another department filed a case about the same act of the same party before this one."""
    if (first := seen.filed_first) is None:
        return
    filed = said(taken_up(first))
    number = first.case_number or Case.FromString(first.record).decision.document_number
    yield Finding(
        at=taken_up(seen.view),
        zh=f"{first.body_name}已于{filed}就同一当事人的同一违法行为立案（{number}），"
        "两个以上行政机关都有管辖权的，由最先立案的管辖。",
        en=f"{first.body_name} filed a case about the same act of the same party on {filed} ({number}); "
        "the first to file handles it.",
        reason="FILED_TWICE",
    )

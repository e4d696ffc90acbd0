"""What follows from a year's assessment: a clue of supervision where something calls for an order of correction (DL-ERS-2005),
and what law-based administration adds to the index of government performance (HRB-2008-58).
"""

from contextlib import suppress
from datetime import date
from typing import Any

from yifa.supervision.v1 import assessment_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as orders

from services.kit.act import Do
from services.kit.tx import Tx
from services.kit.view import View
from services.law.assessment import By, Indicator
from services.law.procedures.assessed_year import Bounds, Year, wrongs_of
from services.law.procedures.supervision_order import SUPERVISION_ORDER
from services.law.rule import Unlawful
from services.supervision.assessment.facts import WRONGS
from services.supervision.assessment.model import SelfAssessment, self_key
from services.supervision.assessment.scoring import entries_of
from services.supervision.supervision_order.act import act as matter
from services.supervision.supervision_order.triage import new_order

NOT_MENDED = pb.ASSESSMENT_WRONG_NOT_MENDED
CORRECTED, ENDED = "remedy.corrected", "remedy.ended"
SHARE = "assessment.performance_share"
BOUNDS = (
    "warning.EW-26.share",
    "warning.EW-26.cases",
    "assessment.order.satisfied",
    "assessment.order.asked",
)
SAYS = {
    pb.ASSESSMENT_WRONG_CORRECTED_OFTEN: "行政复议、行政诉讼中被撤销、变更、确认违法的比例高",
    pb.ASSESSMENT_WRONG_UNSATISFIED: "群众满意度低",
    pb.ASSESSMENT_WRONG_NOT_HANDED_IN: "没有报送自查自评",
    pb.ASSESSMENT_WRONG_NOT_MENDED: "经核查整改不到位",
}


def number(tx: Tx, key: str, assessment: pb.Assessment) -> int | None:
    """A number of the city on the last day of the year; None before there was one."""
    try:
        return int(tx.parameters.value(key, date(assessment.year, 12, 31), assessment.sector).value)
    except ValueError:
        return None


def perform(tx: Tx, assessment: pb.Assessment) -> None:
    """How much of the index of performance this is, and what the body has of it."""
    share = number(tx, SHARE, assessment) or 0
    assessment.performance_share, assessment.performance_points = share, assessment.points * share // 100


def wrongs(tx: Tx, view: View, assessment: pb.Assessment) -> list[int]:
    """What of the year calls for an order of correction, as counted now."""
    share, cases, satisfied, asked = (number(tx, key, assessment) for key in BOUNDS)
    if share is None or cases is None or satisfied is None or asked is None:
        return []
    found = entries_of(view, assessment, [_counting(CORRECTED), _counting(ENDED)])
    opinion = assessment.opinion
    handed_in = tx.find(SelfAssessment, self_key(assessment.body_id, assessment.year))
    year = Year(
        corrected=len(found[CORRECTED]),
        ended=len(found[ENDED]),
        asked=opinion.asked,
        satisfied=opinion.satisfied if opinion.HasField("satisfied") else None,
        handed_in=handed_in is not None,
    )
    called = wrongs_of(year, Bounds(share, cases, satisfied, asked))
    return [number for number, wrong in WRONGS.items() if wrong in called]


def _counting(figure: str) -> Indicator:
    return Indicator(id=figure, title_zh=figure, title_en=figure, by=By.MACHINE, counts=figure)


def propose(tx: Tx, assessment: pb.Assessment) -> None:
    """Register a clue of supervision, which a person accepts or refuses; where one from the same goes on, that one it is."""
    if not assessment.wrongs:
        return
    said = "；".join(SAYS[each] for each in assessment.wrongs)
    request = orders.RegisterSupervisionClueRequest(
        node=assessment.node,
        body_id=assessment.body_id,
        title=f"{assessment.body_name}{assessment.year}年度考核：责令整改",
        source=orders.SupervisionSource(
            kind=orders.SUPERVISION_SOURCE_KIND_ASSESSMENT, source_id=assessment.assessment_id, reason=said
        ),
    )

    def body(_request: Any, _order: orders.SupervisionOrder, _do: Do) -> events.SupervisionClueRegistered:
        return events.SupervisionClueRegistered()

    with suppress(Unlawful):
        matter.do(tx, SUPERVISION_ORDER.REGISTER, new_order(request, tx), request, body)

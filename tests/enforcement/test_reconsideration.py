"""What the city's register says of a reconsideration reaches the case by the acts that record any remedy (APL 73; ARL 42)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import stay_pb2 as stays
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.enforcement.reconsideration.reactions import NotFollowed
from services.kit.reactions import NotItsHome
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, NODE, Dossier, fine, stamp
from tests.enforcement.test_surcharge import DUE

CITY_PAPER = "示府复决〔2026〕复1号"


def told(case_id: str, **more: Any) -> pb.Reconsideration:
    """What the city says of a reconsideration of a decision of this department."""
    said = {
        "reconsideration_id": f"RV-{case_id}", "node": NODE, "case_id": case_id, "authority": "示例市人民政府",
        "accept_document": "示府复受〔2026〕复1号", "apply_time": stamp(DUE), **more,
    }  # fmt: skip
    return pb.Reconsideration(**said)


async def held(d: Department, dossier: Dossier) -> cases.Case:
    return (await d.do("GetCase", CLERK, case_id=dossier.case_id)).case  # type: ignore[no-any-return]


def own(d: Department, case_id: str) -> list[str]:
    """What the department announced of a case by itself."""
    every = (e for e in d.running.entries(0, 10**9) if e.subject == case_id and e.actor.startswith("system:"))
    told = [e.type.rpartition(".")[2] for e in every]
    return [name for name in told if not name.startswith("Deadline")]


async def test_a_case_follows_the_reconsideration_of_its_decision(department: Department) -> None:
    """Admitted, execution stayed and not, changed: each by the event of the department's own act; told twice it follows once."""
    d, dossier = department, await department.served()
    d.now = DUE + DAY
    stay = stays.Stay(
        ordered_by=stays.STAY_AUTHORITY_RECONSIDERATION_BODY, authority="示例市人民政府", document="停止执行复1号",
        ground=stays.STAY_GROUND_APPLICATION, cause="难以弥补", begin_time=stamp(DUE + DAY),
    )  # fmt: skip
    begun = supervision.ReconsiderationAccepted(reconsideration=told(dossier.case_id))
    await d.hear(begun)
    await d.hear(begun)
    await d.hear(supervision.ReconsiderationStayed(reconsideration=told(dossier.case_id, stays=[stay])))
    ended = stays.Stay.FromString(stay.SerializeToString())
    ended.end_document = "恢复执行复1号"
    d.now = DUE + 2 * DAY
    ended.end_time.CopyFrom(stamp(d.now))
    await d.hear(supervision.ReconsiderationStayEnded(reconsideration=told(dossier.case_id, stays=[ended])))
    result = cases.Outcome(
        kind=cases.OUTCOME_KIND_CHANGED, remedy=cases.REMEDY_RECONSIDERATION, authority="示例市人民政府", document=CITY_PAPER,
        outcome_time=stamp(d.now), remedy_from_time=stamp(DUE), penalty=fine(1_000),
    )  # fmt: skip
    served = supervision.ReconsiderationDecisionServed(reconsideration=told(dossier.case_id, result=result))
    await d.hear(served)
    await d.hear(served)

    case = await held(d, dossier)
    assert own(d, case.case_id) == [
        "ReconsiderationRecorded",
        "ExecutionStayed",
        "StayEnded",
        "DecisionSetAside",
    ]
    assert (len(case.remedies), case.remedies[0].end_document) == (1, CITY_PAPER)
    assert [(o.document, o.kind) for o in case.outcomes] == [(CITY_PAPER, cases.OUTCOME_KIND_CHANGED)]
    assert (
        case.decision.penalty.fine.fen
        == penalties.Penalty.FromString(fine(1_000).SerializeToString()).fine.fen
    )


async def test_what_is_of_another_department_or_does_not_come_from_the_city_is_not_followed(
    department: Department,
) -> None:
    d, dossier = department, await department.served()
    d.now = DUE + DAY

    for record, node in ((told(dossier.case_id, node="gongan"), "city"), (told(dossier.case_id), "gongan")):
        with pytest.raises(NotItsHome):
            await d.hear(supervision.ReconsiderationAccepted(reconsideration=record), node=node)
    await d.hear(supervision.ReconsiderationAccepted(reconsideration=told("C-nobody")))

    assert own(d, dossier.case_id) == []


async def test_what_a_case_does_not_allow_is_parked_and_what_it_holds_is_left(department: Department) -> None:
    """Two outcomes of one decision by two papers, a stay that ends and never began: neither is passed over in silence."""
    d, dossier = department, await department.served()
    d.now = DUE + DAY
    ended = stays.Stay(document="停止执行未登记号", end_document="恢复执行未登记号", end_time=stamp(d.now))
    with pytest.raises(NotFollowed, match=dossier.case_id):
        await d.hear(
            supervision.ReconsiderationStayEnded(reconsideration=told(dossier.case_id, stays=[ended]))
        )
    wordless = cases.Outcome(
        kind=cases.OUTCOME_KIND_CHANGED, remedy=cases.REMEDY_RECONSIDERATION, document=CITY_PAPER
    )
    with pytest.raises(NotFollowed, match=dossier.case_id):
        await d.hear(
            supervision.ReconsiderationDecisionServed(reconsideration=told(dossier.case_id, result=wordless))
        )
    assert own(d, dossier.case_id) == []

    # the department had recorded it by itself: the same paper is left, and so is the same reconsideration
    begun = {
        "kind": "REMEDY_KIND_RECONSIDERATION", "authority": "示例市人民政府", "document": "自行登记的受理通知",
        "begin_time": stamp(DUE),
    }  # fmt: skip
    await d.do("RecordRemedy", CLERK, case_id=dossier.case_id, **begun)
    await d.hear(supervision.ReconsiderationAccepted(reconsideration=told(dossier.case_id)))
    assert own(d, dossier.case_id) == [] and len((await held(d, dossier)).remedies) == 1

"""A stay of execution for the tests: ordered by the reconsideration body, plain and lawful where nothing else is said."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import stay_pb2 as pb

from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, Dossier, serial

BODY, COURT, AGENCY = (
    pb.STAY_AUTHORITY_RECONSIDERATION_BODY,
    pb.STAY_AUTHORITY_COURT,
    pb.STAY_AUTHORITY_AGENCY,
)


async def stay(d: Department, dossier: Dossier, ordered_by: int = BODY, **more: Any) -> cases.Case:
    said = {
        "ordered_by": ordered_by,
        "authority": "示例市人民政府",
        "document": f"停止执行〔2026〕{next(serial)}号",
        "ground": pb.STAY_GROUND_AGENCY_NEED if ordered_by == AGENCY else pb.STAY_GROUND_APPLICATION,
        "cause": "执行将造成难以弥补的损失",
    }
    return (await d.do("RecordStay", CLERK, case_id=dossier.case_id, **(said | more))).case


async def stay_end(d: Department, dossier: Dossier, **more: Any) -> cases.Case:
    """The last of them."""
    stood = await d.do("GetCase", CLERK, case_id=dossier.case_id)
    last = stood.case.stays[-1].document if stood.case.stays else "无"
    said = {"stay_document": last, "document": f"恢复执行〔2026〕{next(serial)}号"}
    return (await d.do("RecordStayEnd", CLERK, case_id=dossier.case_id, **(said | more))).case

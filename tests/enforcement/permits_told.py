"""Applications for permits as a department's own approval system reports them."""

from typing import Any

from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION
from yifa.registry.v1 import power_pb2

from services.given import permit as given
from services.given.people import HEAD
from tests.enforcement.department import Department, number_of
from tests.enforcement.records_told import Teller
from tests.enforcement.samples import CLERK, DAY, HOUR, START, serial


async def applying(d: Department, body_id: str = "", **terms: Any) -> dict[str, Any]:
    """What an application to a body of its own is about; the guide is published here since the morning."""
    d.now = START
    body_id = body_id or await d.body(field="生态环境")
    item_id = await d.item(body_id, kind=power_pb2.POWER_KIND_PERMIT)
    guide_id = await given.published(d.do, body_id, item_id, **terms)
    party = given.applicant(number_of(PARTY_KIND_ORGANISATION), "许可接入测试公司")
    return {"guide_id": guide_id, "applicant": party, "window": given.WINDOW, "materials": given.MATERIALS}


def teller(about: dict[str, Any]) -> Teller:
    """An application of which nothing but its receipt is told."""
    t = Teller(f"许{next(serial)}")
    t.tell("receive_permit_application", CLERK[0], about, document_number=f"接入受理{next(serial)}号")
    return t


def granted(about: dict[str, Any]) -> list[pb.OutsideStage]:
    """An application that is granted, issued and published in time."""
    t = teller(about)
    t.tell("accept_permit_application", CLERK[0])
    t.tell("review_permit_application", "O-permit-outside", {"met": given.CONDITIONS}, after=DAY)
    t.tell("grant_permit", HEAD[0], document_number=f"接入许决{next(serial)}号", after=DAY)
    issued = {"number": f"接入证{next(serial)}", "window": given.WINDOW}
    t.tell("issue_permit", CLERK[0], issued | {"from_time": t.stages[-1].act_time}, after=HOUR)
    t.tell("publish_permit", CLERK[0], {"address": given.ADDRESS})
    return t.stages

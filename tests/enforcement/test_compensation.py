"""What the city's register says of a claim of compensation stands in the case for which it was made (SCL 13, 37)."""

import pytest
from yifa.supervision.v1 import compensation_pb2 as pb
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.reactions import NotItsHome
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, NODE, stamp
from tests.enforcement.test_reconsideration import own
from tests.enforcement.test_surcharge import DUE


async def test_what_came_of_a_claim_stands_in_the_case_once(department: Department) -> None:
    """Served, told twice, paid: one entry, and an event for each change."""
    d, dossier = department, await department.served()
    d.now = DUE + DAY
    claim = pb.Compensation(
        compensation_id=f"PC-{dossier.case_id}", node=NODE, case_id=dossier.case_id, claimant="示例公司", awarded_fen=510_000,
        decision=pb.CompensationDecision(awards=True, document="赔偿1号", decide_time=stamp(DUE)),
    )  # fmt: skip
    served = supervision.CompensationServed(compensation=claim)
    await d.hear(served)
    await d.hear(served)
    paid = pb.Compensation.FromString(claim.SerializeToString())
    paid.paid_fen = 510_000
    paid.pay_time.CopyFrom(stamp(DUE + DAY))
    await d.hear(supervision.CompensationPaid(compensation=paid))

    case = (await d.do("GetCase", CLERK, case_id=dossier.case_id)).case
    [held] = case.compensations
    assert (held.document, held.awards, held.awarded.fen, held.paid.fen) == (
        "赔偿1号",
        True,
        510_000,
        510_000,
    )
    assert own(d, case.case_id)[-2:] == ["CompensationJoined"] * 2


async def test_a_claim_of_elsewhere_is_not_taken(department: Department) -> None:
    d = department
    foreign = pb.Compensation(compensation_id="PC-elsewhere", node="elsewhere", case_id="C-elsewhere")
    unknown = pb.Compensation(compensation_id="PC-unknown", node=NODE, case_id="C-unknown-claim")

    with pytest.raises(NotItsHome):
        await d.hear(supervision.CompensationServed(compensation=foreign))
    await d.hear(supervision.CompensationServed(compensation=unknown))

"""Decisions of audit and supervision bodies are acted on, and who refuses answers for it (OPR-SUP 12, CITY-ERS 6(5))."""

from typing import Any

import pytest
from yifa.supervision.v1 import accountability_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.kit.access import mint
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Office, at
from tests.supervision.orders import BODY, HEAD, desk

ORDERED = {
    "body_id": BODY, "kind": pb.OUTSIDE_BODY_KIND_AUDIT, "authority": "示例市审计局", "document_number": "示审决〔2026〕31号",
    "orders": "将坐支的罚没款上缴国库，并报送缴款凭证。", "make_time": at("2026-02-20 09:00"), "due_time": at("2026-03-20 18:00"),
}  # fmt: skip
DONE = {"report": "已经全部上缴。", "evidence": "缴款书三份"}
WHY = {"reasons": "经查缴款书，与决定一致。"}


class Carrying:
    """One such decision, as office and department act on it."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    async def act(
        self, name: str, by: str = "oversight-1", role: str = "OVERSIGHT", node: str = CITY, **fields: Any
    ) -> Any:
        reply = await self._as(by, role, node, self.office.call(name, self.request(name, **fields)))
        self.id = reply.outside_decision.decision_id
        return reply.outside_decision

    async def refused(
        self, name: str, by: str = "oversight-1", role: str = "OVERSIGHT", node: str = CITY, **fields: Any
    ) -> str:
        answer = await self._as(by, role, node, self.office.refused(name, self.request(name, **fields)))
        return str(answer[1])

    async def _as(self, by: str, role: str, node: str, call: Any) -> Any:
        key = (self.office.folder / "token.key").read_bytes()
        before = self.office.metadata
        self.office.metadata = (("authorization", f"Bearer {mint(key, by, node, (role,))}"),)
        try:
            return await call
        finally:
            self.office.metadata = before

    def request(self, name: str, **fields: Any) -> Any:
        self.serial += 1
        given = {"request_id": f"R-outside-{self.serial}", **fields}
        if not name.startswith("Register"):
            given.setdefault("decision_id", self.id)
        return getattr(pb, f"{name}Request")(**given)

    async def reported(self) -> Any:
        return await self.act("ReportOutsideDecision", HEAD, "AGENCY_HEAD", ENVIRONMENT, **DONE)


async def carrying(office: Office) -> Carrying:
    await desk(office)
    return Carrying(office)


def state(name: str) -> int:
    return pb.OutsideDecisionState.Value(f"OUTSIDE_DECISION_STATE_{name}")


async def test_a_decision_is_carried_out_by_its_unit_and_verified_by_another(office: Office) -> None:
    its = await carrying(office)
    await its.act("RegisterOutsideDecision", **ORDERED)
    assert office.addressees(events.OutsideDecisionRegistered) == {ENVIRONMENT}
    assert await its.refused("RegisterOutsideDecision", **ORDERED) == "DECISION_ENTERED_ALREADY"
    other = ("U-1", "UNIT_HEAD", URBAN)
    assert await its.refused("ReportOutsideDecision", *other, **DONE) == "NOT_THE_UNIT"
    own = ("U-1", "UNIT_HEAD", ENVIRONMENT)
    assert (
        await its.refused("ReportOutsideDecision", *own, **(DONE | {"evidence": " "})) == "REPORT_INCOMPLETE"
    )
    await its.reported()
    assert await its.refused("VerifyOutsideDecision", HEAD, **WHY) == "OVERSIGHT_ROLE_CONFLICT"
    await its.act("SendOutsideReportBack", reasons="缺一份缴款书")
    await its.reported()

    done = await its.act("VerifyOutsideDecision", **WHY)

    assert done.state == state("CARRIED_OUT") and [r.reporter for r in done.reports] == [HEAD, HEAD]
    asked = pb.ListOutsideDecisionsRequest()
    theirs = await its._as("U-1", "UNIT_HEAD", URBAN, office.call("ListOutsideDecisions", asked))
    assert theirs.total == 0


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"authority": " "}, "OUTSIDE_DECISION_INCOMPLETE"),
        ({"document_number": ""}, "OUTSIDE_DECISION_INCOMPLETE"),
        ({"orders": " "}, "OUTSIDE_DECISION_INCOMPLETE"),
        ({"kind": 0}, "OUTSIDE_DECISION_INCOMPLETE"),
        ({"make_time": None}, "OUTSIDE_DECISION_INCOMPLETE"),
        ({"make_time": at("2026-03-03 09:00")}, "OUTSIDE_DECISION_INCOMPLETE"),
        ({"due_time": at("2026-02-19 09:00")}, "OUTSIDE_DECISION_INCOMPLETE"),
        ({"body_id": "B-none"}, "UNIT_UNKNOWN"),
    ],
)
async def test_what_is_acted_on_is_a_decision_by_its_paper(office: Office, wrong: Any, reason: str) -> None:
    its = await carrying(office)

    assert await its.refused("RegisterOutsideDecision", **(ORDERED | wrong)) == reason


async def test_who_refuses_answers_for_it(office: Office) -> None:
    its = await carrying(office)
    await its.act("RegisterOutsideDecision", **ORDERED)
    head = {"by": "oversight-head-1", "role": "OVERSIGHT_HEAD"}
    assert await its.refused("FindOutsideDecisionRefused", **head, **WHY) == "NOT_REFUSED"
    office.clock("2026-03-20 18:01")

    refused = await its.act("FindOutsideDecisionRefused", **head, reasons="期满没有落实，也没有报送。")

    assert refused.state == state("REFUSED")
    [raised] = office.emitted(events.AccountabilityRegistered)
    source = raised.accountability.source
    assert (source.kind, source.source_id) == (
        accountability_pb2.ACCOUNTABILITY_SOURCE_KIND_OUTSIDE_DECISION,
        its.id,
    )
    assert raised.accountability.body_id == BODY
    await its.reported()  # late, and still to be verified
    assert (await its.act("VerifyOutsideDecision", **WHY)).state == state("CARRIED_OUT")


async def test_a_written_refusal_is_one_before_the_term_is_over_and_only_its_maker_takes_a_decision_back(
    office: Office,
) -> None:
    its = await carrying(office)
    await its.act("RegisterOutsideDecision", **ORDERED)
    assert await its.refused("WithdrawOutsideDecision", document_number=" ", **WHY) == "PAPER_MISSING"
    head = {"by": "oversight-head-1", "role": "OVERSIGHT_HEAD"}
    await its.act("FindOutsideDecisionRefused", **head, refusal="示环函〔2026〕8号", **WHY)

    gone = await its.act("WithdrawOutsideDecision", document_number="示审撤〔2026〕2号", **WHY)

    assert gone.state == state("WITHDRAWN") and gone.refusal.paper == "示环函〔2026〕8号"

"""Decisions of audit and supervision bodies are acted on, and who refuses answers for it (OPR-SUP 12, CITY-ERS 6(5)); of the
conclusion of a government inspection a review is asked for (GIR 17).
"""

from typing import Any

import pytest
from yifa.supervision.v1 import accountability_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import outside_decision_pb2 as pb

from services.kit.access import mint
from services.law.calendar import SHANGHAI
from tests.supervision.office import CITY, ENVIRONMENT, OPEN, SETTLED, URBAN, Office, at
from tests.supervision.orders import BODY, HEAD, desk

ORDERED = {
    "body_id": BODY, "kind": pb.OUTSIDE_BODY_KIND_AUDIT, "authority": "示例市审计局", "document_number": "示审决〔2026〕31号",
    "orders": "将坐支的罚没款上缴国库，并报送缴款凭证。", "make_time": at("2026-02-20 09:00"), "due_time": at("2026-03-20 18:00"),
}  # fmt: skip
CONCLUSION = ORDERED | {
    "kind": pb.OUTSIDE_BODY_KIND_INSPECTION, "authority": "示例市人民政府", "document_number": "示府督〔2026〕5号",
    "receive_time": at("2026-02-24 09:00"), "inspectors": ["G-1", "G-2"],
}  # fmt: skip
OBJECTION = {"reasons": "所列三件中一件已于上年整改。"}
REVIEWED = {
    "outcome": pb.REVIEW_OUTCOME_CHANGED, "document_number": "示府督复〔2026〕1号", "decide_time": at("2026-03-10 09:00"),
    "reviewers": ["G-3", "G-4"], "reasons": "一件查实已经整改。", "orders": "其余两件整改到位。",
    "due_time": at("2026-04-10 18:00"),
}  # fmt: skip
UNIT = (HEAD, "AGENCY_HEAD", ENVIRONMENT)
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


def terms(decision: Any) -> dict[str, tuple[str, bool]]:
    return {
        d.clock_id: (d.due_time.ToDatetime(SHANGHAI).date().isoformat(), d.HasField("stop_time"))
        for d in decision.deadlines
    }


async def test_a_term_that_passes_unanswered_is_warned_of_until_the_unit_reports(office: Office) -> None:
    its = await carrying(office)
    made = await its.act("RegisterOutsideDecision", **ORDERED)
    assert terms(made) == {"SUP-17": ("2026-03-20", False)}
    office.clock("2026-03-20 18:01")
    await office.ticked()

    [raised] = await office.warnings(rule_id="EW-02")

    assert (raised.node, raised.body_id, raised.citation.code, raised.state) == (
        ENVIRONMENT,
        BODY,
        "AUD-2021:52",
        OPEN,
    )
    assert any(e.passed for e in office.emitted(events.OutsideDecisionReminded))
    assert terms(await its.reported())["SUP-17"][1]
    assert [w.state for w in await office.warnings(rule_id="EW-02")] == [SETTLED]
    await its.act("SendOutsideReportBack", reasons="凭证不全")  # its term is over: it stands open again
    await office.ticked()
    assert [w.state for w in await office.warnings(rule_id="EW-02")] == [OPEN]


async def test_a_conclusion_is_reviewed_once_within_thirty_days_by_others(office: Office) -> None:
    its = await carrying(office)
    made = await its.act("RegisterOutsideDecision", **CONCLUSION)
    assert terms(made) == {"SUP-15": ("2026-03-26", False), "SUP-17": ("2026-03-20", False)}
    asked = ("RequestConclusionReview", *UNIT)
    assert (
        await its.refused("RequestConclusionReview", "U-1", "UNIT_HEAD", URBAN, **OBJECTION) == "NOT_THE_UNIT"
    )
    assert await its.refused(*asked, reasons=" ") == "REASONS_MISSING"
    assert await its.refused("DecideConclusionReview", **REVIEWED) == "NO_REVIEW_OPEN"
    pending = await its.act(*asked, **OBJECTION)
    assert terms(pending)["SUP-15"][1] and terms(pending)["SUP-16"] == ("2026-04-01", False)
    assert await its.refused(*asked, **OBJECTION) == "REVIEW_ASKED_ALREADY"
    await its.reported()
    assert await its.refused("VerifyOutsideDecision", **WHY) == "REVIEW_PENDING"
    office.clock("2026-03-11 09:00")
    for wrong, reason in (
        ({"reviewers": ["G-2"]}, "REVIEWER_TOOK_PART"),
        ({"reviewers": [HEAD]}, "REVIEWER_TOOK_PART"),
        ({"reviewers": []}, "REVIEWER_TOOK_PART"),
        ({"outcome": 0}, "REVIEW_INCOMPLETE"),
        ({"orders": " "}, "REVIEW_INCOMPLETE"),
        ({"document_number": ""}, "REVIEW_INCOMPLETE"),
        ({"decide_time": at("2026-03-01 09:00")}, "REVIEW_INCOMPLETE"),
        ({"decide_time": at("2026-03-12 09:00")}, "REVIEW_INCOMPLETE"),
    ):
        assert await its.refused("DecideConclusionReview", **(REVIEWED | wrong)) == reason
    await its.act("SendOutsideReportBack", reasons="以复核决定为准")

    changed = await its.act("DecideConclusionReview", **REVIEWED)

    assert (changed.orders, changed.review.old_orders) == (REVIEWED["orders"], ORDERED["orders"])
    assert terms(changed) == {
        "SUP-15": ("2026-03-26", True),
        "SUP-16": ("2026-04-01", True),
        "SUP-17": ("2026-04-10", False),
    }
    await its.reported()
    assert (await its.act("VerifyOutsideDecision", **WHY)).state == state("CARRIED_OUT")


async def test_a_review_that_stays_undecided_is_warned_of_and_one_that_takes_the_conclusion_back_ends_it(
    office: Office,
) -> None:
    its = await carrying(office)
    await its.act("RegisterOutsideDecision", **(CONCLUSION | {"document_number": "示府督〔2026〕6号"}))
    await its.act("RequestConclusionReview", *UNIT, **OBJECTION)
    office.clock("2026-04-02 09:00")
    await office.ticked()
    assert {(w.clock_id, w.node) for w in await office.warnings(rule_id="EW-02")} == {
        ("SUP-16", CITY),
        ("SUP-17", ENVIRONMENT),
    }
    head = {"by": "oversight-head-1", "role": "OVERSIGHT_HEAD"}
    assert await its.refused("FindOutsideDecisionRefused", **head, **WHY) == "REVIEW_PENDING"

    gone = await its.act("DecideConclusionReview", **(REVIEWED | {"outcome": pb.REVIEW_OUTCOME_REVOKED}))

    assert gone.state == state("WITHDRAWN") and office.addressees(events.ConclusionRevoked) == {ENVIRONMENT}
    assert {w.state for w in await office.warnings(rule_id="EW-02")} == {SETTLED}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"receive_time": None}, "CONCLUSION_RECEIPT_MISSING"),
        ({"receive_time": at("2026-02-19 09:00")}, "CONCLUSION_RECEIPT_MISSING"),
        ({"inspectors": []}, "CONCLUSION_RECEIPT_MISSING"),
    ],
)
async def test_a_conclusion_says_when_it_was_received_and_who_made_it(
    office: Office, wrong: Any, reason: str
) -> None:
    its = await carrying(office)

    assert await its.refused("RegisterOutsideDecision", **(CONCLUSION | wrong)) == reason


async def test_only_a_conclusion_is_reviewed_and_only_in_time(office: Office) -> None:
    its = await carrying(office)
    await its.act("RegisterOutsideDecision", **ORDERED)
    refused = await its.refused("RequestConclusionReview", *UNIT, **OBJECTION)
    await its.act("RegisterOutsideDecision", **CONCLUSION)
    office.clock("2026-03-27 00:01")

    assert refused == "NOT_AN_INSPECTION_CONCLUSION"
    assert await its.refused("RequestConclusionReview", *UNIT, **OBJECTION) == "REVIEW_TOO_LATE"

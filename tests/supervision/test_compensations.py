"""Claims of state compensation: made, examined, agreed on, decided, paid, and recovered from who did it (SCL 3-16, 32-39)."""

from datetime import datetime
from typing import Any

import pytest
from yifa.supervision.v1 import accountability_pb2, reconsideration_pb2, suit_pb2
from yifa.supervision.v1 import compensation_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.given.compensation import FINE, STEPS
from services.law.calendar import SHANGHAI
from services.supervision.compensation.facts import six_months_before
from tests.supervision.office import WITHDRAWN, Office, at, lawful, new_case
from tests.supervision.orders import BODY, Desk, read_refusals

WHEN = "2026-06-30 10:00"
DAYS = {
    "RegisterCompensation": "2026-03-02 10:00",
    "AskCompensationSupplement": "2026-03-06 10:00",
    "SupplementCompensation": "2026-03-10 10:00",
    "AcceptCompensation": "2026-03-11 10:00",
    "HearCompensationClaimant": "2026-03-20 10:00",
    "NegotiateCompensation": "2026-03-25 10:00",
    "DecideCompensation": "2026-04-01 10:00",
    "ServeCompensation": "2026-04-03 10:00",
    "RequestCompensationPayment": "2026-04-07 10:00",
    "AskFinanceForCompensation": "2026-04-09 10:00",
    "PayCompensation": "2026-04-20 10:00",
    "RecoverCompensation": "2026-04-24 10:00",
    "CloseCompensation": "2026-04-27 10:00",
}
CLAIM = {
    "body_id": BODY,
    "claimant": "示例公司",
    "standing": "COMPENSATION_STANDING_VICTIM",
    "way": "COMPENSATION_WAY_IN_PERSON",
    "stamped_receipt": "收讫凭证",
    "demands": "返还罚款并支付利息",
    "grounds": "处罚决定已被撤销",
    "know_time": at("2026-01-05 10:00"),
}
RECOURSE = {
    "document": "责令承担通知书",
    "officer_id": "O-1",
    "fault": "COMPENSATION_FAULT_GROSS_NEGLIGENCE",
    "fen": 100_000,
    "reasons": "未核对缴款人",
}
# Without the supplement: taken at once, heard, decided.
EXAMINED = ("AcceptCompensation", "HearCompensationClaimant")
LIBERTY = {
    "kind": "COMPENSATION_ITEM_KIND_LIBERTY",
    "fen": 138_600,
    "days": 3,
    "daily_fen": 46_200,
    "basis": "日平均工资",
}
RELEASED = {"kind": "COMPENSATION_ITEM_KIND_RELEASED", "basis": "第三十六条"}


class Claims:
    """The desk of the register."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    def call(self, name: str, **fields: Any) -> Any:
        self.serial += 1
        said = (
            CLAIM if name == "RegisterCompensation" else {"compensation_id": self.id, **STEPS.get(name, {})}
        )
        given = {"request_id": f"PC-{self.serial}", "done_time": at(DAYS.get(name, WHEN)), **said, **fields}
        return self.office.call(name, getattr(pb, f"{name}Request")(**given))

    async def act(self, name: str, **fields: Any) -> pb.Compensation:
        record = (await self.call(name, **fields)).compensation
        self.id = record.compensation_id
        return record

    async def refused(self, name: str, **fields: Any) -> set[str]:
        return await read_refusals(self.call(name, **fields))

    async def taken(self, *steps: str, **more: Any) -> pb.Compensation:
        record = await self.act("RegisterCompensation", **more)
        for name in steps:
            record = await self.act(name)
        return record

    async def served(self, **decision: Any) -> pb.Compensation:
        await self.taken(*EXAMINED)
        await self.act("DecideCompensation", **decision)
        return await self.act("ServeCompensation")

    async def now(self) -> pb.Compensation:
        reply = await self.office.call("GetCompensation", pb.GetCompensationRequest(compensation_id=self.id))
        return reply.compensation


async def claims(office: Office, when: str = WHEN) -> Claims:
    office.clock(when)
    await Desk(office).body()
    return Claims(office)


async def standing(office: Office) -> list[tuple[int, int]]:
    """Level and state of the warnings of a term that were not withdrawn: what is told late may have been raised meanwhile."""
    return [(level, how) for level, how in await office.found("EW-02") if how != WITHDRAWN]


def state(record: pb.Compensation) -> str:
    return pb.CompensationState.Name(record.state).removeprefix("COMPENSATION_STATE_")


def terms(record: pb.Compensation) -> dict[str, tuple[str, bool]]:
    return {
        d.clock_id: (d.due_time.ToDatetime(SHANGHAI).date().isoformat(), d.HasField("stop_time"))
        for d in record.deadlines
    }


async def test_a_claim_is_agreed_on_paid_and_recovered_from_who_did_it(office: Office) -> None:
    """Every term is that of its article, and who has to bear costs is pursued by an event of its own (SCL 12-16, 37)."""
    desk = await claims(office)
    await office.certify("O-1", body_id=BODY)
    closing = ("RecoverCompensation", "CloseCompensation")
    paid = await desk.taken(*(name for name in STEPS if name not in closing))
    early = await desk.refused("CloseCompensation", no_fault="")
    recovered = await desk.act("RecoverCompensation", **RECOURSE)
    over = await desk.refused("RecoverCompensation", **(RECOURSE | {"fen": 410_001}))
    closed = await desk.act("CloseCompensation", no_fault="")
    await office.echo()

    assert terms(paid) == {
        "CMP-02": ("2026-03-09", True),  # the fifth day is a Saturday
        "CMP-03": ("2026-05-06", True),  # 2 May is a holiday
        "CMP-04": ("2026-04-13", True),
        "CMP-05": ("2026-07-01", False),
        "CMP-06": ("2026-04-14", True),
        "CMP-07": ("2026-04-24", True),
    }
    assert (early, over) == ({"RECOURSE_UNDECIDED"}, {"RECOURSE_TOO_LARGE"})
    assert (recovered.recourses[0].fen, state(closed)) == (100_000, "CLOSED")
    [pursued] = office.emitted(events.AccountabilityRegistered)
    source = pursued.accountability.source
    assert (source.kind, source.source_id, pursued.accountability.officer_id) == (
        accountability_pb2.ACCOUNTABILITY_SOURCE_KIND_COMPENSATION,
        desk.id,
        "O-1",
    )
    assert await standing(office) == []


async def test_what_a_claim_lacks_is_told_once_and_within_five_days(office: Office) -> None:
    desk = await claims(office)
    await desk.taken("AskCompensationSupplement", "SupplementCompensation")
    again = await desk.refused("AskCompensationSupplement", done_time=at("2026-03-11 10:00"))
    await desk.taken()
    unsaid = await desk.refused("AskCompensationSupplement", missing=())
    late = await desk.refused("AskCompensationSupplement", done_time=at("2026-03-10 10:00"))

    assert (again, unsaid, late) == ({"ASKED_ALREADY", "ASKED_LATE"}, {"SUPPLEMENT_UNSAID"}, {"ASKED_LATE"})


@pytest.mark.parametrize(
    ("name", "more", "reasons"),
    [
        ("RegisterCompensation", {"body_id": "B-9"}, {"UNIT_UNKNOWN"}),
        ("RegisterCompensation", {"case_id": "C-9"}, {"UNIT_UNKNOWN"}),
        ("RegisterCompensation", {"stamped_receipt": " "}, {"RECEIPT_MISSING"}),
        ("RegisterCompensation", {"way": "COMPENSATION_WAY_ORALLY"}, {"RECEIPT_MISSING"}),
        ("RegisterCompensation", {"done_time": at("2026-07-30 10:00")}, {"ACT_IN_FUTURE"}),
        ("AcceptCompensation", {"done_time": at("2026-03-01 10:00")}, {"ACTS_OUT_OF_ORDER"}),
        ("AcceptCompensation", {"handlers": ()}, {"SOD_VIOLATION"}),
        ("WithdrawCompensation", {"document": " "}, {"PAPER_MISSING"}),
        ("SupplementCompensation", {}, {"ACT_NOT_OPEN"}),
    ],
)
async def test_an_act_on_a_new_claim_that_lacks_what_the_law_asks_is_refused(
    office: Office, name: str, more: Any, reasons: set[str]
) -> None:
    desk = await claims(office)
    if name != "RegisterCompensation":
        await desk.taken()

    assert await desk.refused(name, **more) == reasons


async def test_who_claims_for_another_shows_by_what_and_an_empty_claim_is_not_examined(
    office: Office,
) -> None:
    desk = await claims(office)
    heir = {"standing": "COMPENSATION_STANDING_HEIR", "victim": "张某", "relation": "儿子"}
    await desk.taken(**heir, grounds=" ")
    both = await desk.refused("AcceptCompensation")
    await desk.act("AskCompensationSupplement")
    await desk.act("SupplementCompensation", grounds="扣押违法", relation_proof="户口簿")
    taken = await desk.act("AcceptCompensation")

    assert both == {"APPLICATION_INCOMPLETE", "RELATION_NOT_SHOWN"}
    assert (state(taken), taken.relation) == ("EXAMINING", "儿子")


async def test_who_took_part_in_the_case_neither_handles_nor_hears_the_claim(office: Office) -> None:
    desk = await claims(office)
    case = lawful(new_case("C-81"))
    case.body_id = BODY
    await office.tell(case, "DecisionMade", "2026-02-20 10:00")
    took_part = case.officers[0].officer_id
    await desk.taken(case_id="C-81")
    handles = await desk.refused("AcceptCompensation", handlers=[took_part])
    await desk.act("AcceptCompensation")
    hears = await desk.refused("HearCompensationClaimant", host=took_part)
    unsigned = await desk.refused("HearCompensationClaimant", signed=False)

    assert (handles, hears, unsigned) == ({"SOD_VIOLATION"}, {"SOD_VIOLATION"}, {"RECORD_MISSING"})


async def test_only_manner_items_and_amount_are_negotiated_and_the_award_is_what_was_agreed(
    office: Office,
) -> None:
    desk = await claims(office)
    await desk.taken(*EXAMINED)
    liability = await desk.refused("NegotiateCompensation", topics=["COMPENSATION_TOPIC_LIABILITY"])
    unsigned = await desk.refused("NegotiateCompensation", signed=False)
    wrong = await desk.refused("NegotiateCompensation", items=[FINE | {"principal_fen": 0}])
    await desk.act("NegotiateCompensation")
    less = await desk.refused("DecideCompensation", items=[FINE | {"fen": 500_000}])
    nothing = await desk.refused("DecideCompensation", awards=False, items=[], reasons="没有证据")
    decided = await desk.act("DecideCompensation")

    assert (liability, unsigned, wrong) == (
        {"NOT_NEGOTIABLE"}, {"AGREEMENT_INCOMPLETE"}, {"AGREEMENT_INCOMPLETE"},
    )  # fmt: skip
    assert (less, decided.awarded_fen) == ({"NOT_AS_AGREED"}, 510_000)
    assert nothing == {"NOT_AS_AGREED"}, "what was agreed is not denied afterwards"


@pytest.mark.parametrize(
    ("more", "reasons"),
    [
        ({"none_exempts": False}, {"STATE_NOT_LIABLE"}),
        ({"exemptions": ["COMPENSATION_EXEMPTION_OWN_DOING"]}, {"STATE_NOT_LIABLE"}),
        ({"infringements": []}, {"STATE_NOT_LIABLE"}),
        ({"unlawful_by": " "}, {"STATE_NOT_LIABLE"}),
        ({"items": []}, {"ITEMS_WRONG"}),
        ({"items": [LIBERTY | {"fen": 138_601}]}, {"ITEMS_WRONG"}),
        ({"items": [LIBERTY | {"basis": ""}]}, {"ITEMS_WRONG"}),
        ({"awards": False}, {"REASONS_MISSING"}),
        ({"document": " "}, {"PAPER_MISSING"}),
    ],
)
async def test_a_decision_that_lacks_what_the_law_asks_is_refused(
    office: Office, more: Any, reasons: set[str]
) -> None:
    desk = await claims(office)
    await desk.taken(*EXAMINED)

    assert await desk.refused("DecideCompensation", **more) == reasons


async def test_the_claimant_is_heard_before_the_decision(office: Office) -> None:
    desk = await claims(office)
    await desk.taken("AcceptCompensation")

    awarded = await desk.refused("DecideCompensation")
    denied = await desk.refused("DecideCompensation", awards=False, reasons="没有损失")

    assert (awarded, denied) == ({"NOT_HEARD"}, {"NOT_HEARD"})


def pause(ground: str, since: str, until: str) -> dict[str, Any]:
    return {
        "ground": f"COMPENSATION_PAUSE_GROUND_{ground}",
        "from_time": at(since),
        "until_time": at(until),
        "proof": "证明",
    }


@pytest.mark.parametrize(
    ("known", "pauses", "late"),
    [
        ("2024-03-04 10:00", [], False),  # two years end on 4 March 2026
        ("2024-02-29 10:00", [], True),  # on 28 February, a working Saturday
        ("2024-01-05 10:00", [pause("CUSTODY", "2024-03-01 00:00", "2024-06-01 00:00")], False),
        ("2024-01-05 10:00", [pause("BARRED", "2025-10-01 00:00", "2026-01-01 00:00")], False),
        # A bar before the last six months stops nothing.
        ("2024-01-05 10:00", [pause("BARRED", "2025-01-01 00:00", "2025-06-01 00:00")], True),
        (None, [], True),
    ],
)
async def test_a_claim_is_made_in_two_years_as_the_article_counts_them(
    office: Office, known: str | None, pauses: list[Any], late: bool
) -> None:
    desk = await claims(office)
    await desk.taken(*EXAMINED, know_time=at(known) if known else None, pauses=pauses)

    refused = await desk.refused("DecideCompensation") if late else set[str]()
    decided = await desk.act("DecideCompensation", awards=not late, reasons="时效届满" if late else "")

    assert (refused, state(decided)) == ({"CLAIM_LATE"} if late else set(), "DECIDED")


def test_six_months_before_a_day_is_the_last_of_a_shorter_month() -> None:
    assert six_months_before(datetime(2026, 8, 31).date()) == datetime(2026, 2, 28).date()
    assert six_months_before(datetime(2026, 3, 15).date()) == datetime(2025, 9, 15).date()


async def test_no_decision_in_two_months_opens_the_court_and_is_warned_of(office: Office) -> None:
    """Three months run from the end of the two, whenever that is noted (SCL 14(1))."""
    desk = await claims(office, "2026-03-12 10:00")
    await desk.taken("AcceptCompensation")
    early = await desk.refused("ChallengeCompensation", suit_id="LS-0", done_time=at("2026-03-12 09:00"))
    office.clock("2026-05-20 09:00")
    await office.ticked()
    overdue = await desk.now()
    sued = suit_pb2.RegisterSuitRequest(
        request_id="PC-S1",
        body_id=BODY,
        plaintiff="示例公司",
        court="示例法院",
        file_time=at("2026-05-19 10:00"),
    )
    suit_id = (await office.call("RegisterSuit", sued)).suit.suit_id
    unknown = await desk.refused("ChallengeCompensation", suit_id="LS-0", done_time=at("2026-05-19 10:00"))
    challenged = await desk.act("ChallengeCompensation", suit_id=suit_id, done_time=at("2026-05-19 10:00"))
    unsaid = await desk.refused("EndCompensationRemedy", document="判决书", done_time=at("2026-05-20 08:00"))
    final = await desk.act(
        "EndCompensationRemedy", document="判决书", awarded_fen=300_000, done_time=at("2026-05-20 08:00")
    )

    assert early == {"NO_DECISION_TO_CHALLENGE", "REMEDY_UNKNOWN"}
    assert (overdue.overdue, terms(overdue)["CMP-05"]) == (True, ("2026-08-06", False))
    assert (unknown, unsaid, state(challenged)) == ({"REMEDY_UNKNOWN"}, {"RESULT_UNSAID"}, "IN_REMEDY")
    assert (state(final), final.awarded_fen, list(final.remarks)) == ("FINAL", 300_000, [])
    assert await standing(office) == [(3, 2)]


async def test_a_late_suit_is_remarked_and_left_to_the_court(office: Office) -> None:
    desk = await claims(office, "2026-07-30 10:00")
    await desk.served(awards=False, reasons="没有损失")
    sued = suit_pb2.RegisterSuitRequest(
        request_id="PC-S2",
        body_id=BODY,
        plaintiff="示例公司",
        court="示例法院",
        file_time=at("2026-07-10 10:00"),
    )
    suit_id = (await office.call("RegisterSuit", sued)).suit.suit_id
    challenged = await desk.act("ChallengeCompensation", suit_id=suit_id, done_time=at("2026-07-10 10:00"))
    await desk.act(
        "EndCompensationRemedy", document="裁定书", awarded_fen=0, done_time=at("2026-07-20 10:00")
    )
    unpaid = await desk.refused("RequestCompensationPayment", done_time=at("2026-07-21 10:00"))
    closed = await desk.act("CloseCompensation", done_time=at("2026-07-22 10:00"))

    assert [r.reason for r in challenged.remarks] == ["SUIT_LATE"]
    assert (unpaid, state(closed)) == ({"NOTHING_TO_PAY"}, "CLOSED")


async def test_a_reconsideration_is_a_remedy_too(office: Office) -> None:
    """ARL 11[6]."""
    desk = await claims(office)
    await desk.served()
    asked = reconsideration_pb2.RegisterReconsiderationRequest(
        request_id="PC-R1", body_id=BODY, authority="示例市人民政府", applicant="示例公司", request="增加赔偿",
        act="示例赔偿决定", act_time=at("2026-04-01 10:00"), know_time=at("2026-04-03 10:00"),
        channel="RECONSIDERATION_CHANNEL_COUNTER", made="RECONSIDERATION_MADE_OTHERWISE", apply_time=at("2026-04-20 10:00"),
    )  # fmt: skip
    entry = (await office.call("RegisterReconsideration", asked)).reconsideration

    challenged = await desk.act(
        "ChallengeCompensation", reconsideration_id=entry.reconsideration_id, done_time=at("2026-04-20 10:00")
    )

    assert (state(challenged), terms(challenged)["CMP-05"][1]) == ("IN_REMEDY", True)


async def test_what_was_denied_stays_open_while_it_can_be_sued(office: Office) -> None:
    desk = await claims(office)
    await desk.served(awards=False, reasons="没有损失")

    early = await desk.refused("CloseCompensation", done_time=at(WHEN))
    office.clock("2026-07-03 10:00")
    closed = await desk.act("CloseCompensation", done_time=at("2026-07-02 10:00"))

    assert (early, state(closed)) == ({"TERM_RUNS"}, "CLOSED")


async def test_what_is_made_good_without_money_is_made_good_before_it_closes(office: Office) -> None:
    desk = await claims(office)
    await desk.served(items=[RELEASED])
    unpaid = await desk.refused("RequestCompensationPayment")
    early = await desk.refused("CloseCompensation")
    await desk.act("RestoreCompensated", document="解除决定书", done_time=at("2026-04-10 10:00"))
    closed = await desk.act("CloseCompensation")
    await desk.served()
    nothing = await desk.refused(
        "RestoreCompensated", document="解除决定书", done_time=at("2026-04-10 10:00")
    )
    owed = await desk.refused("CloseCompensation")

    assert (unpaid, early, state(closed)) == ({"NOTHING_TO_PAY"}, {"NOT_RESTORED"}, "CLOSED")
    assert (nothing, owed) == (
        {"NOTHING_TO_RESTORE"},
        {"MONEY_OWED", "NOTHING_TO_RESTORE", "NOT_RESTORED"} - {"NOT_RESTORED"},
    )


async def test_what_was_awarded_is_paid_and_recovered_only_from_who_did_it(office: Office) -> None:
    desk = await claims(office)
    await desk.served()
    await desk.act("RequestCompensationPayment")
    await desk.act("AskFinanceForCompensation")
    less = await desk.refused("PayCompensation", fen=500_000)
    await desk.act("PayCompensation")
    stranger = await desk.refused("RecoverCompensation", **(RECOURSE | {"officer_id": "O-99"}))
    blank = await desk.refused("RecoverCompensation", **(RECOURSE | {"document": " ", "officer_id": "O-99"}))

    assert (less, stranger) == ({"PAID_OTHERWISE"}, {"NOT_WHO_DID_IT"})
    assert blank == {"NO_SUCH_FAULT", "NOT_WHO_DID_IT"}


async def test_what_was_served_without_proof_is_not_served_and_a_claim_may_be_withdrawn(
    office: Office,
) -> None:
    desk = await claims(office)
    await desk.taken(*EXAMINED)
    withdrawn = await desk.act(
        "WithdrawCompensation", document="撤回申请书", done_time=at("2026-03-21 10:00")
    )
    await desk.taken(*EXAMINED, "DecideCompensation")
    unproved = await desk.refused("ServeCompensation", receipt=" ")
    listed = await office.call("ListCompensations", pb.ListCompensationsRequest(body_id=BODY, page_size=1))

    assert (state(withdrawn), unproved) == ("WITHDRAWN", {"SERVICE_PROOF_MISSING"})
    assert (listed.total, len(listed.compensations)) == (2, 1)

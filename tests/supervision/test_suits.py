"""The register of suits at the city: filed, answered, heard, judged, performed; who of the heads appeared (ALIT 3(3), 45–94)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import surcharge_pb2 as remedies
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import suit_pb2 as pb

from services.law.calendar import SHANGHAI
from tests.supervision.office import Office, at, lawful, new_case
from tests.supervision.orders import BODY, HEAD, Desk, read_refusals

WHEN = "2026-05-11 10:00"
STEPS: dict[str, dict[str, Any]] = {
    "AcceptSuit": {
        "document": "立案通知书",
        "court_number": "（2026）示行初1号",
        "accept_time": at("2026-04-01 10:00"),
        "listed": "SUIT_LISTED_PUBLIC_ATTENTION",
    },
    "ReceiveSuitCopy": {"document": "应诉通知书", "copy_time": at("2026-04-02 10:00")},
    "AnswerSuit": {
        "document": "答辩状",
        "answer_time": at("2026-04-10 10:00"),
        "evidence": [{"name": "笔录", "collect_time": at("2026-02-01 10:00")}],
    },
    "RecordCourtHearing": {
        "hearing": {"hold_time": at("2026-04-20 09:00"), "heads": [HEAD], "staff": ["O-1"]}
    },
    "RecordJudgment": {
        "kind": "SUIT_JUDGMENT_KIND_ANNULLED",
        "document": "（2026）示行初1号判决",
        "judge_time": at("2026-05-08 10:00"),
    },
    "ServeJudgment": {"serve_time": at("2026-05-11 09:00")},
}


class Court:
    """The desk of the register."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    def call(self, name: str, **fields: Any) -> Any:
        self.serial += 1
        given = {"request_id": f"LS-{self.serial}", **fields}
        if name != "RegisterSuit":
            given["suit_id"] = self.id
        return self.office.call(name, getattr(pb, f"{name}Request")(**given))

    async def act(self, name: str, **fields: Any) -> pb.Suit:
        suit = (await self.call(name, **fields)).suit
        self.id = suit.suit_id
        return suit

    async def registered(self, **more: Any) -> pb.Suit:
        said = {
            "body_id": BODY,
            "plaintiff": "示例公司",
            "court": "示例市人民法院",
            "file_time": at("2026-03-30 10:00"),
        }
        return await self.act("RegisterSuit", **(said | more))

    async def upto(self, last: str, **more: Any) -> pb.Suit:
        suit = await self.registered()
        for name in list(STEPS)[: list(STEPS).index(last) + 1]:
            suit = await self.act(name, **(STEPS[name] | more.get(name, {})))
        return suit

    async def now(self) -> pb.Suit:
        return (await self.office.call("GetSuit", pb.GetSuitRequest(suit_id=self.id))).suit


async def court(office: Office) -> Court:
    office.clock(WHEN)
    await Desk(office).body()
    return Court(office)


def state(suit: pb.Suit) -> str:
    return pb.SuitState.Name(suit.state).removeprefix("SUIT_STATE_")


async def test_a_suit_is_followed_until_the_judgment_stands_and_is_performed(office: Office) -> None:
    """Nobody appeals in fifteen days: the judgment is final by itself (ALIT 85)."""
    desk = await court(office)
    served = await desk.upto("ServeJudgment")
    assert (state(served), served.hearings[0].heads_known[:]) == ("SERVED", [HEAD])
    assert [d.clock_id for d in served.deadlines if not d.HasField("stop_time")] == ["LIT-08"]
    assert await office.found("EW-32") == []

    office.clock("2026-05-27 09:00")
    await office.ticked()
    final = await desk.now()
    said = {"text": "已撤销并退还罚款", "document": "履行情况报告", "perform_time": at("2026-05-26 10:00")}
    done = await desk.act("RecordPerformanceOfJudgment", **said)

    assert (state(final), state(done)) == ("FINAL", "PERFORMED")


async def test_what_is_told_of_a_suit_lies_in_the_order_of_the_law(office: Office) -> None:
    """Nothing was accepted before it was filed, answered before its copy came, or served before it was judged."""
    desk = await court(office)
    before, hearing = at("2026-03-01 09:00"), STEPS["RecordCourtHearing"]["hearing"]
    wrong = {
        "AcceptSuit": {"accept_time": before},
        "ReceiveSuitCopy": {"copy_time": before},
        "AnswerSuit": {"answer_time": before},
        "RecordCourtHearing": {"hearing": hearing | {"hold_time": before}},
        "RecordJudgment": {"judge_time": before},
        "ServeJudgment": {"serve_time": before},
    }
    await desk.registered()
    refused = {}
    for name, said in STEPS.items():
        refused[name] = await read_refusals(desk.call(name, **(said | wrong[name])))
        await desk.act(name, **said)

    assert {name: "ACTS_OUT_OF_ORDER" in told for name, told in refused.items()} == dict.fromkeys(wrong, True)
    assert state(await desk.now()) == "SERVED"


async def test_advisers_who_take_part_stand_in_the_register_of_the_agency_on_the_day(office: Office) -> None:
    """R-127: in the answer as in the court room; never by the agency's own word."""
    desk = await court(office)
    await office.adviser("AV-1", BODY)
    await office.adviser("AV-other", "B-elsewhere")
    await office.adviser("AV-late", BODY, "2026-04-21 10:00")
    answered, heard = STEPS["AnswerSuit"], STEPS["RecordCourtHearing"]["hearing"]
    await desk.upto("ReceiveSuitCopy")

    wrong = ("AV-invented", "AV-other", "AV-late")
    refused = [
        await read_refusals(desk.call("AnswerSuit", **(answered | {"advisers": ["AV-1", each]})))
        for each in wrong
    ]
    await desk.act("AnswerSuit", **(answered | {"advisers": ["AV-1"]}))
    refused += [
        await read_refusals(desk.call("RecordCourtHearing", hearing=heard | {"advisers": [each]}))
        for each in wrong
    ]
    suit = await desk.act("RecordCourtHearing", hearing=heard | {"advisers": ["AV-1"]})

    assert refused == [{"ADVISER_NOT_IN_REGISTER"}] * 6
    assert (suit.answer.advisers[:], suit.hearings[0].advisers[:]) == (["AV-1"], ["AV-1"])


async def test_the_copy_starts_fifteen_days_and_evidence_gathered_since_is_left_out(office: Office) -> None:
    """ALIT 67(1), 35."""
    desk = await court(office)
    due = await desk.upto("ReceiveSuitCopy")
    late = {"name": "补充笔录", "collect_time": at("2026-04-05 10:00")}

    refused = await read_refusals(desk.call("AnswerSuit", **(STEPS["AnswerSuit"] | {"evidence": [late]})))
    blank = await read_refusals(desk.call("AnswerSuit", **(STEPS["AnswerSuit"] | {"document": " "})))
    answered = await desk.act("AnswerSuit", **STEPS["AnswerSuit"])

    [clock] = [d for d in due.deadlines if d.clock_id == "LIT-05"]
    assert clock.due_time.ToDatetime().date().isoformat() == "2026-04-17"
    assert (refused, blank) == ({"NO_SELF_COLLECTION"}, {"PAPER_MISSING"})
    assert state(answered) == "ANSWERED"


async def test_who_is_no_head_by_the_registry_did_not_appear_as_one(office: Office) -> None:
    desk = await court(office)
    heard = {"hold_time": at("2026-04-20 09:00"), "heads": ["O-1"], "staff": ["O-2"]}

    suit = await desk.upto("RecordCourtHearing", RecordCourtHearing={"hearing": heard})

    assert [r.reason for r in suit.remarks][-1] == "HEAD_APPEARANCE"
    assert await office.found("EW-32") == [(2, 1)]


async def test_an_excuse_needs_its_paper_and_a_lawyer_alone_is_graver(office: Office) -> None:
    desk = await court(office)
    heard = {
        "hold_time": at("2026-04-20 09:00"),
        "staff": ["O-2"],
        "excuse": "参加抢险",
        "excuse_document": "说明",
    }
    await desk.upto("RecordCourtHearing", RecordCourtHearing={"hearing": heard})
    assert await office.found("EW-32") == []

    alone = {
        "hold_time": at("2026-04-20 09:00"),
        "lawyers": ["L-1"],
        "excuse": "参加抢险",
        "excuse_document": "说明",
    }
    await desk.upto("RecordCourtHearing", RecordCourtHearing={"hearing": alone})

    assert await office.found("EW-32") == [(3, 1)]


async def test_what_a_department_records_of_a_suit_joins_the_register(office: Office) -> None:
    """One event registers it, another says how it ended; told twice it joins once."""
    await court(office)
    case = lawful(new_case("C-7"))
    case.body_id = BODY
    case.remedies.add(
        kind=remedies.REMEDY_KIND_SUIT,
        authority="示例市人民法院",
        document="立案通知书",
        begin_time=at("2026-04-01 10:00"),
    )
    await office.tell(case, "SuitRecorded", "2026-04-02 10:00")
    outcome = case.outcomes.add(
        kind="OUTCOME_KIND_UPHELD", remedy="REMEDY_SUIT", authority="示例市人民法院", document="判决1号",
        outcome_time=at("2026-05-08 10:00"),
    )  # fmt: skip
    for when in ("2026-05-09 10:00", "2026-05-09 11:00"):
        await office.tell(case, "DecisionUpheld", when, outcome=outcome)

    [registered] = office.emitted(events.SuitRegistered)
    [joined] = office.emitted(events.SuitOutcomeJoined)
    assert (registered.suit.case_id, registered.suit.plaintiff) == ("C-7", case.party.name)
    assert joined.suit.outcome.document == "判决1号"


async def test_a_body_that_nobody_knows_is_not_sued_here_and_what_is_to_come_is_not_taken_down(
    office: Office,
) -> None:
    desk = await court(office)
    said = {"plaintiff": "示例公司", "court": "示例市人民法院"}

    stranger = await read_refusals(
        desk.call("RegisterSuit", body_id="B-9", file_time=at("2026-03-30 10:00"), **said)
    )
    to_come = await read_refusals(
        desk.call("RegisterSuit", body_id=BODY, file_time=at("2026-06-30 10:00"), **said)
    )

    assert (stranger, to_come) == ({"UNIT_UNKNOWN"}, {"ACT_IN_FUTURE"})


async def test_the_terms_of_the_court_run_by_its_procedure_and_a_ruling_is_appealed_in_ten_days(
    office: Office,
) -> None:
    """LIT-06 six months, LIT-07 forty-five days, LIT-09 ten days (ALIT 81, 83, 85); later where that is a day of rest."""
    desk = await court(office)
    ordinary = await desk.upto("AcceptSuit")
    simple = {"simplified": True, "simple": "SUIT_SIMPLE_SMALL_SUM", "sum_fen": 100_000}
    simplified = await desk.upto("AcceptSuit", AcceptSuit=simple)
    ended = {"end": "SUIT_END_DISMISSED", "document": "裁定书", "end_time": at("2026-05-10 10:00")}
    dismissed = await desk.act("EndSuit", **ended)

    found = {
        d.clock_id: (d.due_time.ToDatetime().date().isoformat(), d.HasField("stop_time"))
        for suit in (ordinary, dismissed)
        for d in suit.deadlines
    }
    assert found == {
        "LIT-06": ("2026-10-08", False),
        "LIT-07": ("2026-05-18", True),
        "LIT-09": ("2026-05-20", False),
    }
    assert (state(simplified), state(dismissed)) == ("ACCEPTED", "RULED_AGAINST")


async def test_a_sum_too_large_for_the_simplified_procedure_is_remarked_and_not_refused(
    office: Office,
) -> None:
    """What the court does is the court's (ALIT 82)."""
    desk = await court(office)
    large = {"simplified": True, "simple": "SUIT_SIMPLE_SMALL_SUM", "sum_fen": 300_000}

    suit = await desk.upto("AcceptSuit", AcceptSuit=large)

    assert state(suit) == "ACCEPTED"
    assert "NOT_SIMPLE" in [r.reason for r in suit.remarks]


@pytest.mark.parametrize(
    ("said", "clock", "end", "in_time"),
    [
        ({"know_time": at("2025-10-09 10:00")}, "LIT-01", "2026-04-09", True),
        ({"know_time": at("2025-09-29 10:00")}, "LIT-01", "2026-03-30", True),  # the 29th is a Sunday
        ({"know_time": at("2025-09-26 10:00")}, "LIT-01", "2026-03-26", False),
        ({"know_time": at("2025-09-26 10:00"), "rights_untold": True}, "LIT-03", "2026-09-28", True),
        ({"duty_request_time": at("2026-01-20 10:00")}, "LIT-01", "2026-09-20", True),
        (
            {"duty_request_time": at("2026-02-20 10:00")},
            "LIT-01",
            "2026-10-20",
            False,
        ),  # the two months run on
        ({}, "", "", False),
    ],
)
async def test_the_register_says_by_which_term_a_suit_was_brought_in_time(
    office: Office, said: Any, clock: str, end: str, in_time: bool
) -> None:
    """ALIT 46, 47; ALIT-JI 64: what is late, too early, or not known, is said so at once, and remarked when it is accepted."""
    desk = await court(office)
    filed = await desk.registered(**said)
    accepted = await desk.act("AcceptSuit", **STEPS["AcceptSuit"])

    timing, found = filed.timing, {r.reason for r in accepted.remarks}
    ends = timing.end_time.ToDatetime(SHANGHAI).date().isoformat() if timing.HasField("end_time") else ""
    assert (timing.clock_id, ends, timing.in_time) == (clock, end, in_time)
    assert bool(found & {"SUIT_LATE", "SUIT_EARLY"}) is not in_time


async def test_after_five_years_no_suit_is_in_time_and_after_a_reconsideration_fifteen_days_are(
    office: Office,
) -> None:
    """ALIT 45, 46(2)."""
    desk = await court(office)
    old = lawful(new_case("C-85"))
    old.body_id = BODY
    old.decision.decide_time.FromDatetime(at("2020-01-06 10:00"))
    old.service.serve_time.FromDatetime(at("2026-03-01 10:00"))
    await office.tell(old, "DecisionServed", "2026-03-01 10:00")
    late = await desk.registered(case_id="C-85")
    heard = lawful(new_case("C-86"))
    heard.body_id = BODY
    heard.remedies.add(
        kind=remedies.REMEDY_KIND_RECONSIDERATION, document="复1号", begin_time=at("2026-01-05 10:00"),
        end_time=at("2026-03-02 10:00"),
    )  # fmt: skip
    await office.tell(heard, "ReconsiderationEnded", "2026-03-02 10:00")
    after = await desk.registered(case_id="C-86")

    assert (late.timing.clock_id, late.timing.in_time) == ("LIT-02", False)
    assert (after.timing.clock_id, after.timing.in_time) == ("REC-22", False)

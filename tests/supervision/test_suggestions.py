"""Suggestions of courts, procuratorates, deputies and the CPPCC, answered to who made them; and who interferes with a court
(PPOL 21(1), DRL 51(2), CITY-ERS 3(28), ALIT 3(2)).
"""

from typing import Any

import pytest
from yifa.supervision.v1 import accountability_pb2, suit_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import suggestion_pb2 as pb

from services.given.suggestion import COURT, STEPS
from services.law.calendar import SHANGHAI
from tests.supervision.office import Office, at
from tests.supervision.orders import BODY, HEAD, Desk, read_refusals
from tests.supervision.test_compensations import standing

WHEN = "2026-04-20 10:00"
DAYS = {
    "RegisterSuggestion": "2026-03-02 10:00",
    "AssignSuggestion": "2026-03-04 10:00",
    "RecordSuggestionMeeting": "2026-03-10 10:00",
    "AnswerSuggestion": "2026-03-20 10:00",
    "VerifySuggestion": "2026-04-10 10:00",
    "ReturnSuggestion": "2026-04-10 10:00",
}
MADE = {
    "body_id": BODY,
    "kind": "SUGGESTION_KIND_JUDICIAL",
    "stage": "SUGGESTION_STAGE_APART",
    "maker": COURT,
    "number": "（2026）示建3号",
    "text": "规范送达",
}
CONGRESS = {"kind": "SUGGESTION_KIND_CONGRESS", "stage": "SUGGESTION_STAGE_UNSPECIFIED", "maker": "张代表"}
HANDED_BACK = {"reasons": "没有落实", "days": 15}


class Letters:
    """The desk of the register."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    def call(self, name: str, **fields: Any) -> Any:
        self.serial += 1
        said = MADE if name == "RegisterSuggestion" else {"suggestion_id": self.id, **STEPS.get(name, {})}
        given = {"request_id": f"SG-{self.serial}", "done_time": at(DAYS[name]), **said, **fields}
        return self.office.call(name, getattr(pb, f"{name}Request")(**given))

    async def act(self, name: str, **fields: Any) -> pb.Suggestion:
        record = (await self.call(name, **fields)).suggestion
        self.id = record.suggestion_id
        return record

    async def refused(self, name: str, **fields: Any) -> set[str]:
        return await read_refusals(self.call(name, **fields))

    async def upto(self, *steps: str, **more: Any) -> pb.Suggestion:
        record = await self.act("RegisterSuggestion", **more)
        for name in steps:
            record = await self.act(name)
        return record


async def letters(office: Office, when: str = WHEN) -> Letters:
    office.clock(when)
    await Desk(office).body()
    return Letters(office)


async def suit(office: Office, mark: str) -> str:
    sued = suit_pb2.RegisterSuitRequest(
        request_id=mark, body_id=BODY, plaintiff="示例公司", court=COURT, file_time=at("2026-02-20 10:00")
    )
    return str((await office.call("RegisterSuit", sued)).suit.suit_id)


def terms(record: pb.Suggestion) -> dict[str, tuple[str, bool]]:
    return {
        d.clock_id: (d.due_time.ToDatetime(SHANGHAI).date().isoformat(), d.HasField("stop_time"))
        for d in record.deadlines
    }


async def test_what_a_court_suggests_in_a_suit_is_met_about_answered_and_verified(office: Office) -> None:
    desk = await letters(office)
    made = {"stage": "SUGGESTION_STAGE_DURING_TRIAL", "suit_id": await suit(office, "SG-L1"), "days": 30}
    registered = await desk.upto(**made)
    for name in STEPS:
        done = await desk.act(name)
    listed = pb.ListSuggestionsRequest(kind=pb.SUGGESTION_KIND_JUDICIAL, suit_id=made["suit_id"])
    found = await office.call("ListSuggestions", listed)

    assert terms(registered) == {"SGN-03": ("2026-04-01", False)}
    assert (done.state, terms(done)["SGN-03"][1], done.meetings[0].conclusions != "") == (
        pb.SUGGESTION_STATE_VERIFIED,
        True,
        True,
    )
    assert [s.suggestion_id for s in found.suggestions] == [desk.id]
    assert await standing(office) == []


@pytest.mark.parametrize(
    ("more", "ends"),
    [
        (CONGRESS, {"SGN-01": "2026-06-02"}),
        (CONGRESS | {"wide": True}, {"SGN-02": "2026-09-02"}),
        ({"kind": "SUGGESTION_KIND_PROCURATORIAL", "maker": "示例检察院"}, {"SGN-03": "2026-05-06"}),
        ({"kind": "SUGGESTION_KIND_CPPCC", "maker": "李委员", "days": 90}, {"SGN-03": "2026-06-01"}),
    ],
)
async def test_each_kind_has_its_term(office: Office, more: Any, ends: dict[str, str]) -> None:
    """Deputies three months, six for what is wide (DRL 51(2)); others what their paper sets, else sixty days."""
    desk = await letters(office)

    registered = await desk.upto(**more)

    assert {clock: day for clock, (day, _) in terms(registered).items()} == ends


@pytest.mark.parametrize(
    ("name", "more", "reasons"),
    [
        ("RegisterSuggestion", {"body_id": "B-9"}, {"UNIT_UNKNOWN"}),
        ("RegisterSuggestion", {"number": " "}, {"MAKER_UNSAID"}),
        ("RegisterSuggestion", {"stage": "SUGGESTION_STAGE_UNSPECIFIED"}, {"SUIT_UNSAID"}),
        ("RegisterSuggestion", {"stage": "SUGGESTION_STAGE_AFTER_TRIAL", "suit_id": "LS-9"}, {"SUIT_UNSAID"}),
        ("RegisterSuggestion", {"done_time": at("2026-05-20 10:00")}, {"ACT_IN_FUTURE"}),
        ("AssignSuggestion", {"handlers": ()}, {"HANDLERS_MISSING"}),
        ("AssignSuggestion", {"done_time": at("2026-03-01 10:00")}, {"ACTS_OUT_OF_ORDER"}),
        ("RecordSuggestionMeeting", {"conclusions": " "}, {"MEETING_INCOMPLETE"}),
        ("AnswerSuggestion", {"measures": " "}, {"ANSWER_INCOMPLETE"}),
        ("AnswerSuggestion", {"outcome": "SUGGESTION_OUTCOME_PARTLY"}, {"ANSWER_INCOMPLETE"}),
        ("AnswerSuggestion", {"answered_to": "示例市政府"}, {"ANSWERED_ELSEWHERE"}),
        ("AnswerSuggestion", {"document": " "}, {"PAPER_MISSING"}),
        ("VerifySuggestion", {"found": " "}, {"FINDING_MISSING"}),
        ("ReturnSuggestion", {"reasons": " ", "days": 0}, {"REASONS_MISSING", "TERM_NOT_SET"}),
    ],
)
async def test_an_act_that_lacks_what_is_asked_is_refused(
    office: Office, name: str, more: Any, reasons: set[str]
) -> None:
    desk = await letters(office)
    before = {"AssignSuggestion": 0, "RecordSuggestionMeeting": 1, "AnswerSuggestion": 1}.get(name, 3)
    if name != "RegisterSuggestion":
        await desk.upto(*list(STEPS)[:before])

    assert await desk.refused(name, **more) == reasons


async def test_deputies_are_talked_to_before_they_are_answered_and_meet_no_court(office: Office) -> None:
    """DRL 51(2)."""
    desk = await letters(office)
    await desk.upto("AssignSuggestion", **CONGRESS)
    met = await desk.refused("RecordSuggestionMeeting")
    unheard = await desk.refused("AnswerSuggestion", answered_to="张代表")
    answered = await desk.act("AnswerSuggestion", answered_to="张代表", consult_time=at("2026-03-15 10:00"))

    assert (met, unheard) == ({"NOT_OF_A_COURT"}, {"DEPUTIES_NOT_CONSULTED"})
    assert (answered.state, terms(answered)["SGN-01"][1]) == (pb.SUGGESTION_STATE_ANSWERED, True)


async def test_another_than_who_handled_it_verifies_and_what_is_not_done_is_answered_anew(
    office: Office,
) -> None:
    desk = await letters(office)
    await desk.upto()
    await desk.act("AssignSuggestion", handlers=["oversight-1"])
    await desk.act("AnswerSuggestion")
    own = await desk.refused("VerifySuggestion")
    own_back = await desk.refused("ReturnSuggestion", **HANDED_BACK)
    await desk.upto("AssignSuggestion", "AnswerSuggestion")
    back = await desk.act("ReturnSuggestion", **HANDED_BACK)
    again = await desk.act("AnswerSuggestion", done_time=at("2026-04-16 10:00"))

    assert (own, own_back) == ({"SOD_VIOLATION"}, {"SOD_VIOLATION"})
    assert (back.state, terms(back)) == (pb.SUGGESTION_STATE_HANDLING, {"SGN-03": ("2026-04-27", False)})
    assert (len(again.answers), terms(again)["SGN-03"][1]) == (2, True)


@pytest.mark.parametrize("of_the_body", ["a head", "an officer"])
async def test_nobody_of_the_body_says_whether_it_carried_out_what_was_suggested(
    office: Office, of_the_body: str
) -> None:
    if of_the_body == "a head":
        await office.appoint(BODY, HEAD, "oversight-1")
    else:
        await office.certify("oversight-1", body_id=BODY)
    desk = await letters(office)
    await desk.upto("AssignSuggestion", "AnswerSuggestion")

    refused = [
        await desk.refused("VerifySuggestion"),
        await desk.refused("ReturnSuggestion", **HANDED_BACK),
    ]

    assert refused == [{"SOD_VIOLATION"}, {"SOD_VIOLATION"}]


async def test_what_is_not_answered_in_time_is_warned_of_until_it_is(office: Office) -> None:
    desk = await letters(office, "2026-03-12 10:00")
    await desk.upto("AssignSuggestion", days=10)
    office.clock("2026-03-13 10:00")
    await office.ticked()
    open_ = await standing(office)
    await desk.act("AnswerSuggestion", done_time=at("2026-03-13 09:00"))

    assert (open_, [how for _, how in await standing(office)]) == ([(2, 1)], [2])


async def test_who_interferes_with_a_court_is_recorded_and_pursued(office: Office) -> None:
    """ALIT 3(2), CITY-ERS 8(9): the officer where it was one, else the body."""
    await letters(office)
    suit_id = await suit(office, "SG-L2")

    def interfered(mark: str, **more: Any) -> Any:
        said = {
            "request_id": mark, "suit_id": suit_id, "body_id": BODY, "officer_id": HEAD, "facts": "打电话要求不予立案",
            "document": "记录单1号", "done_time": at("2026-03-03 10:00"), **more,
        }  # fmt: skip
        return office.call("RecordSuitInterference", suit_pb2.RecordSuitInterferenceRequest(**said))

    unsaid = await read_refusals(interfered("SG-I1", facts=" "))
    stranger = await read_refusals(interfered("SG-I2", officer_id="O-99"))
    to_come = await read_refusals(interfered("SG-I3", done_time=at("2026-05-30 10:00")))
    recorded = (await interfered("SG-I4")).suit
    await interfered("SG-I5", officer_id="", document="记录单2号")
    await office.echo()

    assert (unsaid, stranger, to_come) == ({"INTERFERENCE_UNSAID"}, {"INTERFERER_UNKNOWN"}, {"ACT_IN_FUTURE"})
    assert (recorded.interferences[0].officer_id, recorded.state) == (HEAD, suit_pb2.SUIT_STATE_FILED)
    pursued = [e.accountability for e in office.emitted(events.AccountabilityRegistered)]
    assert {m.source.kind for m in pursued} == {accountability_pb2.ACCOUNTABILITY_SOURCE_KIND_INTERFERENCE}
    assert [(m.officer_id, m.source.document_number) for m in pursued] == [
        (HEAD, "记录单1号"),
        ("", "记录单2号"),
    ]

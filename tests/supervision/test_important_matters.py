"""Important matters: instructions are asked for and given, what happened is reported in time; by the list of the day (R-157)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import important_matter_pb2 as pb
from yifa.supervision.v1 import work_pb2 as work

from services.kit.access import mint
from services.law.procedures.shared import instructed
from tests.supervision.office import CITY, ENVIRONMENT, OPEN, SETTLED, URBAN, Office, at, lawful, new_case
from tests.supervision.orders import BODY, HEAD, desk

DRAFTER, SENDER = ("O-5", "UNIT_HEAD", ENVIRONMENT), (HEAD, "AGENCY_HEAD", ENVIRONMENT)
NO_HEAD, ELSEWHERE = ("H-9", "AGENCY_HEAD", ENVIRONMENT), ("H-2", "AGENCY_HEAD", URBAN)
OFFICE, OFFICE_HEAD = ("oversight-1", "OVERSIGHT", CITY), ("oversight-9", "OVERSIGHT_HEAD", CITY)
ASKED = {
    "body_id": BODY, "kind": pb.IMPORTANT_MATTER_KIND_REQUEST, "code": "REQ-01", "title": "跨区域排污案件的处理",
    "content": "涉及两区，责任难以划分。", "proposal": "拟由本局统一处理。",
}  # fmt: skip
HAPPENED = {
    "body_id": BODY, "kind": pb.IMPORTANT_MATTER_KIND_REPORT, "code": "REP-02", "title": "厂区门前聚集",
    "content": "约五十人聚集。", "measures": "已经疏导，报请公安到场。",
    "happen_time": at("2026-03-02 08:00"), "learn_time": at("2026-03-02 08:30"),
}  # fmt: skip
REPLY = {
    "outcome": pb.IMPORTANT_MATTER_OUTCOME_AGREED,
    "reply": "同意。",
    "document_number": "示司监〔2026〕3号",
}
WHY = {"reasons": "缺现场笔录"}


class Matters:
    """One matter, as unit and superior act on it."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    async def say(self, who: tuple[str, str, str], name: str, call: Any, **fields: Any) -> Any:
        self.serial += 1
        kind = getattr(pb, f"{name}Request")
        given = {"request_id": f"R-matter-{self.serial}", "matter_id": self.id, **fields}
        request = kind(**{key: v for key, v in given.items() if key in kind.DESCRIPTOR.fields_by_name})
        with self.as_(who):
            return await call(name, request)

    @contextmanager
    def as_(self, who: tuple[str, str, str]) -> Iterator[None]:
        """What is called meanwhile is called by this person, in this role, of this node."""
        key = (self.office.folder / "token.key").read_bytes()
        before = self.office.metadata
        self.office.metadata = (("authorization", f"Bearer {mint(key, who[0], who[2], (who[1],))}"),)
        try:
            yield
        finally:
            self.office.metadata = before

    async def act(self, who: tuple[str, str, str], name: str, **fields: Any) -> pb.ImportantMatter:
        matter = (await self.say(who, name, self.office.call, **fields)).important_matter
        self.id = matter.matter_id
        return matter  # type: ignore[no-any-return]

    async def refused(self, who: tuple[str, str, str], name: str, **fields: Any) -> str:
        return str((await self.say(who, name, self.office.refused, **fields))[1])

    async def sent(self, what: dict[str, Any], **more: Any) -> pb.ImportantMatter:
        await self.act(DRAFTER, "DraftImportantMatter", **(what | more))
        return await self.act(SENDER, "SendImportantMatter")

    async def listed(self, who: tuple[str, str, str], **wanted: Any) -> list[str]:
        found = await self.say(who, "ListImportantMatters", self.office.call, **wanted)
        return [each.matter_id for each in found.important_matters]


async def matters(office: Office) -> Matters:
    await desk(office)
    office.clock("2026-03-02 09:00")
    return Matters(office)


def state(name: str) -> int:
    return pb.ImportantMatterState.Value(f"IMPORTANT_MATTER_STATE_{name}")


def due(matter: pb.ImportantMatter) -> list[tuple[str, str, bool]]:
    return [(d.clock_id, d.due_time.ToJsonString(), d.HasField("stop_time")) for d in matter.deadlines]


async def test_instructions_are_asked_for_and_given(office: Office) -> None:
    """The head sends, the superior asks for more, sends back, and replies; each side is told, and each stands apart."""
    its = await matters(office)
    drafted = await its.act(DRAFTER, "DraftImportantMatter", **ASKED)
    assert (drafted.title_zh, drafted.to, due(drafted)) == (
        "重大、疑难、复杂案件或者措施的处理", pb.SUPERIOR_OVERSIGHT, [],
    )  # fmt: skip
    assert await its.refused(NO_HEAD, "SendImportantMatter") == "MATTER_NOT_BY_HEAD"
    assert await its.refused(OFFICE, "ReplyToImportantMatter", **REPLY) == "ACT_NOT_OPEN"
    assert await its.refused(SENDER, "ReturnImportantMatter", reasons=" ") == "REASONS_MISSING"
    await its.act(SENDER, "ReturnImportantMatter", **WHY)
    assert await its.refused(SENDER, "SendImportantMatter") == "ACT_NOT_OPEN"
    assert await its.refused(ELSEWHERE, "AmendImportantMatter", **ASKED) == "NOT_THE_UNIT"
    await its.act(SENDER, "AmendImportantMatter", **ASKED)
    assert await its.refused(SENDER, "SendImportantMatter") == "MATTER_SENT_BY_DRAFTER"
    await office.appoint(BODY, HEAD, "H-8")

    asked = await its.act(("H-8", "AGENCY_HEAD", ENVIRONMENT), "SendImportantMatter")

    assert due(asked) == [("RPT-02", "2026-03-16T15:59:59.999999Z", False)], "ten working days"
    assert office.addressees(events.ImportantMatterAsked) == {ENVIRONMENT}
    for person in (HEAD, "H-8", "O-5"):
        own = (person, "OVERSIGHT", CITY)
        assert await its.refused(own, "ReplyToImportantMatter", **REPLY) == "OVERSIGHT_ROLE_CONFLICT"
    for name in ("AskMoreOfImportantMatter", "SendImportantMatterBack"):
        assert await its.refused(OFFICE, name, reasons="") == "REASONS_MISSING"
    more = await its.act(OFFICE, "AskMoreOfImportantMatter", **WHY)
    assert due(more)[0][2] and more.words[-1].text == WHY["reasons"]
    await its.act(DRAFTER, "AmendImportantMatter", **(ASKED | {"content": "附现场笔录。"}))
    office.clock("2026-03-05 09:00")
    again = await its.act(("H-8", "AGENCY_HEAD", ENVIRONMENT), "SendImportantMatter")
    assert again.ask_time == asked.ask_time and due(again)[0][1] == "2026-03-19T15:59:59.999999Z"
    await its.act(OFFICE, "SendImportantMatterBack", **WHY)
    await its.act(DRAFTER, "AmendImportantMatter", **ASKED)
    await its.act(("H-8", "AGENCY_HEAD", ENVIRONMENT), "SendImportantMatter")
    for lack in ({"outcome": 0}, {"reply": " "}, {"document_number": ""}):
        assert (
            await its.refused(OFFICE, "ReplyToImportantMatter", **(REPLY | lack)) == "MATTER_REPLY_INCOMPLETE"
        )
    replied = await its.act(OFFICE, "ReplyToImportantMatter", **REPLY)

    assert (replied.state, replied.reply.replier) == (state("REPLIED"), OFFICE[0]) and due(replied)[0][2]
    assert replied.end_time == replied.reply.reply_time
    assert await its.refused(SENDER, "WithdrawImportantMatter", **WHY) == "ACT_NOT_OPEN"
    assert await its.listed(ELSEWHERE) == [] and await its.listed(DRAFTER) == [replied.matter_id]
    assert (await its.say(ELSEWHERE, "GetImportantMatter", office.refused))[1] == "NOT_FOUND"


async def test_what_happened_is_reported_in_time_or_warned_of(office: Office) -> None:
    """RPT-01 runs from when it became known, by the item of the list; a government's matter is answered by the office's head."""
    its = await matters(office)
    drafted = await its.act(DRAFTER, "DraftImportantMatter", **HAPPENED)
    assert due(drafted) == [("RPT-01", "2026-03-02T02:30:00Z", False)], "two hours from 08:30"
    office.clock("2026-03-02 10:31")
    await office.ticked()
    assert office.emitted(events.ImportantMatterReminded)[-1].passed
    assert [s for _, s in await office.found("EW-02")] == [OPEN]
    office.clock("2026-03-02 11:00")
    reported = await its.act(SENDER, "SendImportantMatter")

    assert reported.state == state("REPORTED") and due(reported)[0][2]
    assert [s for _, s in await office.found("EW-02")] == [SETTLED]
    assert await its.refused(OFFICE, "NoteImportantMatter") == "REPLY_NOT_BY_ADDRESSEE"
    assert await its.refused(OFFICE_HEAD, "InstructOnImportantMatter") == "INSTRUCTIONS_MISSING"
    await its.act(OFFICE_HEAD, "NoteImportantMatter")
    await its.act(OFFICE_HEAD, "InstructOnImportantMatter", instructions="查明原因，三日内续报")
    assert await its.refused(NO_HEAD, "SupplementImportantMatter", supplement="已散") == "MATTER_NOT_BY_HEAD"
    assert await its.refused(SENDER, "SupplementImportantMatter") == "SUPPLEMENT_MISSING"
    added = await its.act(SENDER, "SupplementImportantMatter", supplement="人员已经散去，原因查明。")
    assert added.state == state("NOTED") and len(office.emitted(events.ImportantMatterSupplemented)) == 1
    assert [(pb.ImportantMatterSaid.Name(w.said)[22:], w.text) for w in added.words] == [
        ("NOTE", ""), ("INSTRUCT", "查明原因，三日内续报"), ("SUPPLEMENT", "人员已经散去，原因查明。"),
    ]  # fmt: skip


async def test_what_is_drafted_too_late_is_warned_of_at_once(office: Office) -> None:
    its = await matters(office)
    late = {"happen_time": at("2026-03-01 08:00"), "learn_time": at("2026-03-01 09:00")}
    await its.sent(HAPPENED, **late)

    assert [s for _, s in await office.found("EW-02")] == [SETTLED], "it came, and late"


async def test_a_request_that_nobody_replies_to_is_warned_of(office: Office) -> None:
    its = await matters(office)
    await its.sent(ASKED)
    office.clock("2026-03-17 09:00")
    await office.ticked()

    [warning] = await office.warnings(rule_id="EW-02")
    assert (warning.clock_id, warning.node) == ("RPT-02", CITY), "the office is late, not the unit"


@pytest.mark.parametrize(
    ("what", "wrong", "reason"),
    [
        *((ASKED, {lack: " "}, "IMPORTANT_MATTER_INCOMPLETE") for lack in ("title", "content", "proposal")),
        (HAPPENED, {"measures": ""}, "IMPORTANT_MATTER_INCOMPLETE"),
        (HAPPENED, {"happen_time": None}, "IMPORTANT_MATTER_INCOMPLETE"),
        (HAPPENED, {"learn_time": at("2026-03-02 09:01")}, "IMPORTANT_MATTER_INCOMPLETE"),
        (HAPPENED, {"learn_time": at("2026-03-02 07:59")}, "IMPORTANT_MATTER_INCOMPLETE"),
        (HAPPENED, {"proposal": "请批准。"}, "REQUEST_IN_REPORT"),
        (ASKED, {"code": "REP-02"}, "MATTER_NOT_LISTED"),
        (ASKED, {"code": "REQ-99"}, "MATTER_NOT_LISTED"),
        (ASKED, {"body_id": "B-none"}, "UNIT_UNKNOWN"),
        (ASKED, {"record_id": "C-invented"}, "MATTER_RECORD_UNKNOWN"),
    ],
)
async def test_what_is_not_whole_is_refused(
    office: Office, what: dict[str, Any], wrong: dict[str, Any], reason: str
) -> None:
    its = await matters(office)

    assert reason in await its.refused(DRAFTER, "DraftImportantMatter", **(what | wrong))


async def test_a_case_that_is_decided_before_the_reply_is_a_warning_and_one_after_it_is_none(
    office: Office,
) -> None:
    """What the department's own refusal let through, as where the link was down, the city sees by its own records (EW-33)."""
    its = await matters(office)
    first, second, asked_later = [await _case(office, number) for number in (1, 2, 3)]
    for case in (first, second):
        await its.sent(ASKED, record_id=case.case_id)
        assert await its.refused(DRAFTER, "DraftImportantMatter", **ASKED, record_id=case.case_id) == (
            "ASKED_ALREADY"
        )
    office.clock("2026-03-03 09:00")
    await its.act(OFFICE, "ReplyToImportantMatter", **REPLY)
    other = new_case("C-other", URBAN)
    await office.tell(other, "ClueRegistered", "2026-03-02 09:00")
    assert await its.refused(DRAFTER, "DraftImportantMatter", **ASKED, record_id="C-other") == (
        "MATTER_RECORD_UNKNOWN"
    )
    decided = [lawful(case, when="2026-03-04 10:00") for case in (first, second, asked_later)]
    for case in decided:
        await office.tell(case, "DecisionMade", "2026-03-04 10:00")
    office.clock("2026-03-05 09:00")
    await its.sent(ASKED, record_id=asked_later.case_id)
    for case in decided:
        await office.tell(case, "DecisionServed", "2026-03-05 10:00")

    warned = {
        case.case_id: {
            w.citation.code for w in await office.warnings(rule_id="EW-33") if w.case_id == case.case_id
        }
        for case in decided
    }
    assert "EX-ERS" not in warned[asked_later.case_id], "it was asked after the decision"
    assert instructed.warning == "EW-33"
    assert "EX-ERS" in warned[first.case_id] and "EX-ERS" not in warned[second.case_id]


async def _case(office: Office, number: int) -> cases.Case:
    case = new_case(f"C-matter-{number}", ENVIRONMENT)
    case.body_id = BODY
    await office.tell(case, "ClueRegistered", "2026-03-02 08:00")
    return case


async def test_the_list_of_the_city_says_what_to_whom_and_how_soon(office: Office) -> None:
    its = await matters(office)
    listed = (await its.say(DRAFTER, "ListReportableMatters", office.call)).matters
    reports = (
        await its.say(DRAFTER, "ListReportableMatters", office.call, kind=pb.IMPORTANT_MATTER_KIND_REPORT)
    ).matters

    assert [each.code for each in listed] == sorted(each.code for each in listed)
    assert {each.code[:3] for each in reports} == {"REP"}
    [sudden] = [each for each in reports if each.code == "REP-02"]
    assert (sudden.amount, sudden.unit, sudden.citation.code) == (2, "HOUR", "INTERNAL")


async def test_it_waits_where_somebody_has_to_do_something(office: Office) -> None:
    its = await matters(office)
    await its.act(DRAFTER, "DraftImportantMatter", **ASKED)

    async def waiting(who: tuple[str, str, str]) -> list[str]:
        with its.as_(who):
            found = await office.call(
                "ListOfficeWork", work.ListOfficeWorkRequest(noun="important_matter", role="ROLE_OVERSIGHT")
            )
        return [each.record_id for each in found.items]

    assert await waiting(OFFICE) == []
    await its.act(SENDER, "SendImportantMatter")
    assert await waiting(OFFICE) == [its.id]

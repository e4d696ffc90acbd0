"""The process is killed -9 while it counts the clocks of a year anew; what people did before stands, and is answered the same."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from yifa.enforcement.v1 import case_pb2
from yifa.law.v1 import calendar_pb2 as calendars
from yifa.law.v1 import calendar_service_pb2_grpc
from yifa.registry.v1.body_pb2 import BODY_KIND_AGENCY
from yifa.supervision.v1 import assessment_pb2 as assessments
from yifa.supervision.v1 import calendar_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import officer_assessment_pb2 as people
from yifa.supervision.v1 import supervision_service_pb2_grpc

from services.given import major_decision
from services.given import normative_document as document
from services.given.important_matter import REPLY, request_of
from services.given.people import OVERSIGHT
from services.given.rule_of_law_report import TEXT
from services.given.say import Who, request, writes
from services.given.supervision_plan import call_meeting, hold_meeting, tasked
from services.kit.access import mint
from services.kit.dial import Target, channel
from services.kit.store import micros, open_store
from services.node.answering import serves
from services.supervision.assessment.model import Assessment
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.head.model import Heads
from services.supervision.officer_assessment.model import OfficerAssessment
from services.supervision.rule_of_law_report.model import BOOK, ReportedYear
from tests.cable import free_port
from tests.city import rid
from tests.database import asked, make_ready, sound, url_of
from tests.proclaimed import arrangement
from tests.supervision.office import CITY, ENVIRONMENT, at, settings

COUNT, BODIES = 6000, 20
HEARING = at("2026-12-31 09:30")
UNIT, DRAFTER = ("H-kill", "AGENCY_HEAD", ENVIRONMENT), ("U-kill", "UNIT_HEAD", ENVIRONMENT)
TO_DEPARTMENT = (1, 2, 5)
ASSESSED = "AS-kill"
GRADED = "OA-kill"
PROMISED = {
    "body_id": "B-kill-0", "title": "咨询答复", "content": "书面咨询逐件书面答复", "days": 5, "compensation": "书面致歉",
    "contact": "0000-0000000", "address": "政务大厅公示栏",
}  # fmt: skip


def seed(file: Path) -> None:
    """Filing reviews of the city, all due on 8 February 2027 by what is known in December 2026."""
    start, due = at("2026-12-10 10:00"), at("2027-02-08 23:59") + timedelta(seconds=59, microseconds=999999)
    ids = [f"C-{n:05d}" for n in range(COUNT)]
    case = case_pb2.Case(node=ENVIRONMENT).SerializeToString()
    views = [
        {"case_id": i, "node": ENVIRONMENT, "state": 15, "update_time": start, "version": 1, "record": case}
        for i in ids
    ]
    clock = {
        "clock_id": "PEN-28", "law": "EX-SUP", "sector": "environment", "state": "RUNNING", "start_time": start,
        "due_time": due, "provisional": True, "excluded": (), "extensions": (), "stage": 0, "next_time": due,
    }  # fmt: skip
    blank = {"case_number": "", "body_name": "", "party_name": "", "violation_title": "", "procedure": 1}
    more = {**blank, "fine": 0, "major": True}
    engine = open_store(url_of(file))
    with engine.begin() as db:
        db.execute(insert(CaseView.__table__), [view | more for view in views])
        db.execute(insert(Clock.__table__), [clock | {"key": f"{i}/PEN-28", "subject": i} for i in ids])
        db.execute(insert(Body.__table__), [body(n) for n in range(BODIES)])
        head = {
            "appointment": "P-kill",
            "officer": UNIT[0],
            "rank": 1,
            "from": 0,
            "until": None,
            "version": 1,
        }
        db.execute(insert(Heads.__table__), [{"body_id": "B-kill-0", "node": ENVIRONMENT, "terms": (head,)}])
        db.execute(insert(ReportedYear.__table__), [{"key": BOOK, "year": 2024}])
        db.execute(insert(Assessment.__table__), [excellent()])
        db.execute(insert(OfficerAssessment.__table__), [graded()])
    engine.dispose()


def body(n: int) -> dict[str, Any]:
    """A department that stood long ago: its report on 2025 is due as soon as the process is there."""
    return {
        "body_id": f"B-kill-{n}", "name": f"中断测试主体{n}", "node": ENVIRONMENT, "kind": BODY_KIND_AGENCY, "confirmed": True,
        "from_time": at("2020-01-01 00:00"), "version": 1,
    }  # fmt: skip


def excellent() -> dict[str, Any]:
    """A body that was assessed for 2025 and found excellent: it may be commended."""
    fixed, public = at("2026-01-20 09:00"), at("2026-01-25 09:00")
    record = assessments.Assessment(
        assessment_id=ASSESSED, year=2025, node=ENVIRONMENT, body_id="B-kill-2", body_name="中断测试主体2", version=5,
        state=assessments.ASSESSMENT_STATE_PUBLISHED, grade=assessments.ASSESSMENT_GRADE_EXCELLENT,
    )  # fmt: skip
    record.fix_time.FromDatetime(fixed)
    record.publish_time.FromDatetime(public)
    return {
        "assessment_id": ASSESSED, "year": 2025, "body_id": "B-kill-2", "node": ENVIRONMENT, "state": "PUBLISHED",
        "grade": record.grade, "publish_time": public, "version": 5, "record": record.SerializeToString(),
    }  # fmt: skip


def graded() -> dict[str, Any]:
    """A person who was graded for 2025, and is to be told."""
    record = people.OfficerAssessment(
        officer_assessment_id=GRADED, year=2025, node=ENVIRONMENT, body_id="B-kill-2", officer_id="O-kill", version=4,
        state=people.OFFICER_ASSESSMENT_STATE_FIXED, grade=assessments.ASSESSMENT_GRADE_GOOD, scheme={"recheck_days": 30},
    )  # fmt: skip
    return {
        "officer_assessment_id": GRADED, "year": 2025, "node": ENVIRONMENT, "body_id": "B-kill-2", "officer_id": "O-kill",
        "post": 4, "state": "FIXED", "grade": record.grade, "version": 4, "record": record.SerializeToString(),
    }  # fmt: skip


def commended(paper: int) -> dict[str, Any]:
    return {
        "assessment_id": ASSESSED,
        "commendation": {
            "title": "行政执法先进单位", "authority": "示例市人民政府", "document_number": f"中断测试表〔2026〕{paper}号",
            "criteria": "考核优秀", "deeds": "推行说理式文书", "commend_time": at("2026-02-01 09:00"),
            "address": "https://example.invalid/c",
        },
    }  # fmt: skip


class Desk:
    """What people say to the process; each word is kept with its answer."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.stub: Any = None
        self.said: list[tuple[str, Any, Any, Any]] = []

    async def say(self, node: str, service: str, rpc: str, by: Who, /, **fields: Any) -> Any:
        metadata = (("authorization", f"Bearer {mint(self.key, by[0], by[2] if by[2:] else node, by[1:2])}"),)
        words = request(service, rpc, **fields)
        reply = await getattr(self.stub, rpc)(words, metadata=metadata)
        if writes(service, rpc):
            self.said.append((rpc, words, metadata, reply))
        return reply

    async def again(self) -> None:
        """What was answered before the kill is answered as it was."""
        for rpc, words, metadata, reply in self.said:
            assert await getattr(self.stub, rpc)(words, metadata=metadata) == reply, rpc


async def heard_and_reported(desk: Desk) -> tuple[str, str, str, str, str, str]:
    """A draft on which a hearing is announced and an expert wrote, a report that was handed in, a task, a meeting that was set,
    a promise of service, a request for instructions; and a body is commended.
    """
    draft = await document.plan(desk.say, "中断测试规定", 2026)
    await document.make(desk.say, draft, document.TO_HEARING, HEARING)
    await document.announce_hearing(desk.say, draft, HEARING)
    expert = await major_decision.enlist(desk.say, "中断测试专家", "中断测试大学")
    await document.have_argued(desk.say, draft, expert)
    async with asyncio.timeout(30):
        while not (due := await reports(desk)):
            await asyncio.sleep(0.05)
    key = {"report_id": due["B-kill-0"].report_id}
    said = {"document_number": "中断测试报〔2026〕1号", "text": TEXT, "recipients": TO_DEPARTMENT}
    await desk.say(CITY, "supervision", "SubmitRuleOfLawReport", UNIT, **key, **said)
    task = await tasked(desk.say, "B-kill-1", "中断测试〔2026〕9号", "中断测试任务", at("2026-12-20 09:00"))
    meeting = await call_meeting(desk.say, "B-kill-1", HEARING + timedelta(days=30))
    await desk.say(CITY, "supervision", "RecordCommendation", OVERSIGHT, **commended(1))
    graded_so = {"officer_assessment_id": GRADED, "document": "考核通知1号", "receipt": "本人签收"}
    await desk.say(CITY, "supervision", "TellOfficerGrade", OVERSIGHT, **graded_so)
    made = await desk.say(CITY, "supervision", "PublishServicePromise", UNIT, **PROMISED)
    asked = await desk.say(CITY, "supervision", "DraftImportantMatter", DRAFTER, **request_of("B-kill-0"))
    asked = await desk.say(
        CITY, "supervision", "SendImportantMatter", UNIT, matter_id=asked.important_matter.matter_id
    )
    promised, matter = made.service_promise.promise_id, asked.important_matter.matter_id
    return draft, key["report_id"], task.task_id, meeting.meeting_id, promised, matter


async def reports(desk: Desk) -> dict[str, Any]:
    listed = await desk.say(CITY, "supervision", "ListRuleOfLawReports", OVERSIGHT, year=2025, page_size=500)
    return {each.body_id: each for each in listed.rule_of_law_reports}


async def goes_on(
    desk: Desk, draft: str, report_id: str, task_id: str, meeting_id: str, promise_id: str, matter_id: str
) -> None:
    """What was begun before the kill goes on after it: hearing held, report made public, task and promise reported on, meeting
    held and minuted, what was asked replied to, each once.
    """
    held = await document.hold_hearing(desk.say, draft, HEARING)
    assert [bool(v.expert_id) for v in held.voices] == [True, False, False]
    await document.answer_all(desk.say, draft)
    public = {"report_id": report_id, "address": "https://example.invalid/report"}
    await desk.say(CITY, "supervision", "PublishRuleOfLawReport", UNIT, **public)
    done = {"task_id": task_id, "report": "清单已经更新并公布。", "proof": "公布网页"}
    await desk.say(CITY, "supervision", "ReportWorkTask", UNIT, **done)
    kept = {"promise_id": promise_id, "from_time": at("2026-12-20 09:00"), "until_time": HEARING, "kept": 3}
    await desk.say(CITY, "supervision", "ReportServicePromise", UNIT, **kept)
    await desk.say(CITY, "supervision", "ReplyToImportantMatter", OVERSIGHT, matter_id=matter_id, **REPLY)
    twice = await desk.say(CITY, "supervision", "RecordCommendation", OVERSIGHT, **commended(2))
    papers = [each.document_number for each in twice.assessment.commendations]
    assert papers == ["中断测试表〔2026〕1号", "中断测试表〔2026〕2号"]
    person = await desk.say(
        CITY, "supervision", "GetOfficerAssessment", OVERSIGHT, officer_assessment_id=GRADED
    )
    assert person.officer_assessment.receipt == "本人签收" and "AskOfficerRecheck" in person.open_acts
    minuted = await hold_meeting(desk.say, meeting_id, "B-kill-1", "中断测试议定事项", HEARING)
    assert minuted.next_id and minuted.matters[0].task_id
    found = await reports(desk)
    assert len(found) == BODIES + 1 and found["B-kill-0"].document_number == "中断测试报〔2026〕1号"


def told(database: Path, subject: str) -> list[str]:
    rows = asked(database, "select type from journal where subject = ? order by seq", subject)
    return [name.rpartition(".")[2] for (name,) in rows if "Reminded" not in name]


def assert_told(
    database: Path, draft: str, report_id: str, task_id: str, meeting_id: str, promise_id: str, matter_id: str
) -> None:
    """Each act is in the journal once, in its order; the hearing of the year began by itself."""
    assert told(database, draft) == [
        "NormativeDocumentPlanned", "NormativeDocumentDrafted", "NormativeDocumentAssessed", "DraftHearingNoticed",
        "DraftExpertsHeard", "DraftHearingHeld", "DraftOpinionsAnswered",
    ]  # fmt: skip
    assert told(database, report_id) == [
        "RuleOfLawReportDue", "RuleOfLawReportSubmitted", "RuleOfLawReportPublished",
    ]  # fmt: skip
    assert told(database, task_id) == ["WorkTaskAssigned", "WorkTaskReported"]
    assert told(database, meeting_id) == [
        "LegalMeetingInvited", "LegalMeetingPlanned", "LegalMeetingHeld", "LegalMeetingRecorded",
    ]  # fmt: skip
    assert told(database, ASSESSED) == ["CommendationRecorded"] * 2
    assert told(database, promise_id) == ["ServicePromisePublished", "ServicePromiseReported"]
    assert told(database, matter_id) == [
        "ImportantMatterDrafted", "ImportantMatterAsked", "ImportantMatterReplied",
    ]  # fmt: skip
    [(hearing,)] = asked(database, "select task_id from worktask where kind = 1")
    assert told(database, hearing) == ["WorkTaskAssigned"]


@asynccontextmanager
async def process(file: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    with (file.parent / "log").open("ab") as log:
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.supervision", str(file), stdout=log, stderr=log,
            env={**os.environ, "PYTHONPATH": ".:proto/gen"},
        )  # fmt: skip
    try:
        async with asyncio.timeout(30):
            while not await serves(Target(f"127.0.0.1:{port}")):
                await asyncio.sleep(0.05)
        yield running
    finally:
        if running.returncode is None:
            running.send_signal(signal.SIGKILL)
        await running.wait()


def progress(database: Path) -> tuple[bool, int]:
    """Whether the recount is done, and how many clocks it has seen."""
    rows = asked(database, "select done, seen from calendar_year")
    return (bool(rows[0][0]), rows[0][1]) if rows else (False, 0)


def moves(database: Path) -> Iterator[tuple[str, Any]]:
    name = events.DeadlineMoved.DESCRIPTOR.full_name
    for subject, data in asked(database, "select subject, data from journal where type = ?", name):
        yield subject, events.DeadlineMoved.FromString(data)


async def test_no_clock_is_lost_and_none_told_twice_and_what_people_did_stands(tmp_path: Path) -> None:
    port = free_port()
    made = settings(tmp_path, grpc={"listen": f"127.0.0.1:{port}"})
    (tmp_path / "clock").write_text(at("2026-12-20 09:00").isoformat())
    database = tmp_path / CITY / "supervision.db"
    database.parent.mkdir()
    make_ready(made)
    seed(database)
    desk = Desk((tmp_path / "token.key").read_bytes())
    token = mint(desk.key, "oversight-1", CITY, ("OVERSIGHT",))
    metadata = (("authorization", f"Bearer {token}"),)

    async with process(made.path, port) as running, channel(Target(f"127.0.0.1:{port}")) as there:
        stub = desk.stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        begun = await heard_and_reported(desk)
        load = pb.LoadCalendarYearRequest(request_id=rid(), **arrangement())
        await stub.LoadCalendarYear(load, metadata=metadata)
        async with asyncio.timeout(30):
            while not (cut := progress(database))[1]:
                await asyncio.sleep(0.002)
        running.send_signal(signal.SIGKILL)
        await running.wait()
    interrupted = progress(database)
    async with process(made.path, port), channel(Target(f"127.0.0.1:{port}")) as there:
        desk.stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        await desk.again()
        years = calendar_service_pb2_grpc.CalendarServiceStub(there)
        wanted = calendars.ListCalendarYearsRequest(first_year=2027, last_year=2027)
        async with asyncio.timeout(60):
            while True:
                [known] = (await years.ListCalendarYears(wanted, metadata=metadata)).years
                if known.services[0].done:
                    break
                await asyncio.sleep(0.05)
        (tmp_path / "clock").write_text((HEARING + timedelta(hours=1)).isoformat())
        await goes_on(desk, *begun)

    assert cut[1] > 0 and not interrupted[0], "it was killed in the middle"
    moved = list(moves(database))
    assert len(moved) == len({subject for subject, _ in moved}) == COUNT
    assert known.services[0].moved == COUNT + 4, (
        "with those of two tasks, a meeting and a request, which go on by what these say"
    )
    due_time = "select due_time from clock where subject = ?"
    assert asked(database, due_time, begun[2]) == [(micros(at("2027-01-19 09:00")),)]
    assert {m.deadline.due_time.ToJsonString() for _, m in moved} == {"2027-02-15T15:59:59.999999Z"}
    assert_told(database, *begun)
    due = events.RuleOfLawReportDue.DESCRIPTOR.full_name
    [(count, different)] = asked(
        database, "select count(*), count(distinct subject) from journal where type = ?", due
    )
    assert count == different == BODIES + 1, "each is due once"
    assert asked(database, "select count(*) from clock where provisional") == [(0,)]
    assert sound(database)

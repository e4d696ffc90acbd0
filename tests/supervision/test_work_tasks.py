"""Tasks of law-based government are assigned, reported on, checked and spot-checked (CBZ-2019-7 26, 28, DL-ERS-2005)."""

from datetime import date
from typing import Any

import pytest
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import report_pb2 as reports
from yifa.supervision.v1 import work_pb2 as work
from yifa.supervision.v1 import work_task_pb2 as pb

from services.kit.access import mint
from services.law.calendar import SHANGHAI
from tests.supervision.office import CITY, ENVIRONMENT, OPEN, SETTLED, URBAN, Office, at
from tests.supervision.orders import BODY, HEAD, desk
from tests.supervision.test_rule_of_law_reports import begun

ACCEPTANCE = {
    "body_id": BODY, "kind": pb.WORK_TASK_KIND_ACCEPTANCE, "year": 2026, "title": "行政执法责任制验收",
    "document_number": "示府办〔2026〕8号",
    "content": "梳理执法依据，分解执法职权，确定执法责任。", "standard": "三项均有书面材料",
    "due_time": at("2026-03-20 18:00"),
}  # fmt: skip
HEARING = ACCEPTANCE | {"kind": pb.WORK_TASK_KIND_HEARING, "title": "常务会议听取法治工作汇报"}
DONE = {"report": "已经完成三项工作。", "proof": "依据目录、职权分解表、责任书"}
MINUTED = {"meet_time": at("2026-03-02 08:00"), "chair": "市长", "minutes": "第3次常务会议纪要"}
UNIT = (HEAD, "AGENCY_HEAD", ENVIRONMENT)
WHY = {"reasons": "经查材料，与标准一致。"}
UNFIT = {"reasons": "缺责任书", "due_time": at("2026-04-10 18:00")}


class Tasks:
    """One task, as office and unit act on it."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    async def act(
        self, name: str, by: str = "oversight-1", role: str = "OVERSIGHT", node: str = CITY, **fields: Any
    ) -> pb.WorkTask:
        reply = await self._as(by, role, node, self.office.call(name, self.request(name, **fields)))
        self.id = reply.work_task.task_id
        task: pb.WorkTask = reply.work_task
        return task

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
        given = {"request_id": f"R-task-{self.serial}", **fields}
        if not name.startswith("Assign"):
            given.setdefault("task_id", self.id)
        return getattr(pb, f"{name}Request")(**given)

    async def listed(self, by: str, role: str, node: str, **wanted: Any) -> list[str]:
        asked = pb.ListWorkTasksRequest(**wanted)
        found = await self._as(by, role, node, self.office.call("ListWorkTasks", asked))
        return [each.task_id for each in found.work_tasks]


async def tasks(office: Office) -> Tasks:
    await desk(office)
    return Tasks(office)


def state(name: str) -> int:
    return pb.WorkTaskState.Value(f"WORK_TASK_STATE_{name}")


async def test_a_task_is_reported_on_corrected_accepted_and_spot_checked(office: Office) -> None:
    its = await tasks(office)
    await its.act("AssignWorkTask", **ACCEPTANCE)
    assert office.addressees(events.WorkTaskAssigned) == {ENVIRONMENT}
    assert await its.refused("AssignWorkTask", **ACCEPTANCE) == "TASK_ASSIGNED_ALREADY"
    assert await its.refused("ReportWorkTask", "U-1", "UNIT_HEAD", URBAN, **DONE) == "NOT_THE_UNIT"
    assert await its.refused("ReportWorkTask", *UNIT, **(DONE | {"proof": " "})) == "REPORT_INCOMPLETE"
    await its.act("ReportWorkTask", *UNIT, **DONE)
    assert await its.refused("CheckWorkTask", HEAD, fit=True, **WHY) == "OVERSIGHT_ROLE_CONFLICT"
    assert await its.refused("CheckWorkTask", fit=True, reasons=" ") == "REASONS_MISSING"
    assert await its.refused("CheckWorkTask", fit=False, reasons="缺责任书") == "DUE_TIME_NOT_AHEAD"
    returned = await its.act("CheckWorkTask", fit=False, **UNFIT)
    assert returned.state == state("RETURNED") and returned.due_time == returned.deadlines[0].due_time
    await its.act("ReportWorkTask", *UNIT, **DONE)
    await its.act("CheckWorkTask", fit=True, **WHY)
    spot = await its.act("SpotCheckWorkTask", fit=True, **WHY)
    assert spot.state == state("ACCEPTED")

    failed = await its.act("SpotCheckWorkTask", fit=False, **UNFIT)

    assert failed.state == state("RETURNED")
    assert [(c.fit, c.spot) for c in failed.checks] == [
        (False, False),
        (True, False),
        (True, True),
        (False, True),
    ]
    assert [r.reporter for r in failed.reports] == [HEAD, HEAD]
    head = ("oversight-head-1", "OVERSIGHT_HEAD")
    withdrawn = await its.act("WithdrawWorkTask", *head, reasons="机构改革，单位撤销")
    assert withdrawn.state == state("WITHDRAWN")
    await its.act("AssignWorkTask", **ACCEPTANCE)  # what was withdrawn may be assigned again


async def test_a_unit_sees_its_own_tasks(office: Office) -> None:
    its = await tasks(office)
    made = await its.act("AssignWorkTask", **ACCEPTANCE)

    assert await its.listed(HEAD, "AGENCY_HEAD", ENVIRONMENT) == [made.task_id]
    assert await its.listed("U-1", "UNIT_HEAD", URBAN) == []
    assert await its.listed("oversight-1", "OVERSIGHT", CITY, year=2026, kind=ACCEPTANCE["kind"]) == [
        made.task_id
    ]
    assert await its.listed("oversight-1", "OVERSIGHT", CITY, year=2025) == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"kind": 0}, "WORK_TASK_INCOMPLETE"),
        ({"title": " "}, "WORK_TASK_INCOMPLETE"),
        ({"document_number": ""}, "WORK_TASK_INCOMPLETE"),
        ({"content": " "}, "WORK_TASK_INCOMPLETE"),
        ({"standard": ""}, "WORK_TASK_INCOMPLETE"),
        ({"due_time": None}, "DUE_TIME_NOT_AHEAD"),
        ({"due_time": at("2026-03-01 09:00")}, "DUE_TIME_NOT_AHEAD"),
        ({"body_id": "B-none"}, "UNIT_UNKNOWN"),
        ({"content": "全年罚没收入增长百分之十"}, "FINE_TARGET_FORBIDDEN"),
        ({"standard": "办案数量不少于一百件"}, "FINE_TARGET_FORBIDDEN"),
    ],
)
async def test_a_task_says_what_by_when_and_sets_no_target(office: Office, wrong: Any, reason: str) -> None:
    its = await tasks(office)

    assert await its.refused("AssignWorkTask", **(ACCEPTANCE | wrong)) == reason


@pytest.mark.parametrize(
    "wrong",
    [
        {"meet_time": None},
        {"meet_time": at("2025-12-31 09:00")},
        {"meet_time": at("2026-03-03 09:00")},
        {"chair": " "},
        {"minutes": ""},
    ],
)
async def test_that_the_executive_meeting_heard_of_it_is_shown_by_its_minutes(
    office: Office, wrong: Any
) -> None:
    its = await tasks(office)
    await its.act("AssignWorkTask", **HEARING)

    assert await its.refused("ReportWorkTask", *UNIT, **(DONE | MINUTED | wrong)) == "HEARING_NOT_MINUTED"

    heard = await its.act("ReportWorkTask", *UNIT, **DONE, **MINUTED)
    assert (heard.reports[0].minutes, heard.state) == (MINUTED["minutes"], state("REPORTED"))


async def test_a_task_that_is_late_is_warned_of_until_the_unit_reports(office: Office) -> None:
    its = await tasks(office)
    made = await its.act("AssignWorkTask", **ACCEPTANCE)
    assert [d.clock_id for d in made.deadlines] == ["TSK-01"]
    office.clock("2026-03-20 17:59")
    await office.ticked()
    assert await office.found("EW-02") == []
    office.clock("2026-03-20 18:01")
    await office.ticked()

    async def warned() -> Any:
        return [found for found in await office.found("EW-02") if found[1] == OPEN]

    assert len(await office.until(warned, "the office is warned")) == 1

    await its.act("ReportWorkTask", *UNIT, **DONE)

    assert [found[1] for found in await office.found("EW-02")] == [SETTLED]


OFFICE = ("oversight-1", "OVERSIGHT", CITY)


async def waits(its: Tasks, by: str, role: str, node: str) -> list[tuple[str, set[str]]]:
    """What waits for somebody, and for which acts."""
    asked = work.ListOfficeWorkRequest(noun="work_task")
    found = await its._as(by, role, node, its.office.call("ListOfficeWork", asked))
    return [(item.record_id, {act.rpc for act in item.acts}) for item in found.items]


async def test_each_sees_of_a_task_what_is_theirs_to_do_and_a_missing_spot_check_is_pointed_out(
    office: Office,
) -> None:
    """Given tasks of a unit, then unit and office see in turn what waits for them, until an acceptance was spot-checked."""
    its = await tasks(office)
    plain = await its.act(
        "AssignWorkTask", **(ACCEPTANCE | {"kind": pb.WORK_TASK_KIND_YEARLY, "title": "年度要点"})
    )
    await its.act("ReportWorkTask", *UNIT, **DONE)
    await its.act("CheckWorkTask", fit=True, **WHY)
    assert (await its.act("SpotCheckWorkTask", fit=True, **WHY)).task_id == plain.task_id
    task = (await its.act("AssignWorkTask", **ACCEPTANCE)).task_id

    assert await waits(its, *OFFICE) == [(task, {"ReportWorkTask"})], "what is accepted waits for nobody"
    assert await waits(its, *UNIT) == [(task, {"ReportWorkTask"})]
    assert await waits(its, "U-1", "UNIT_HEAD", URBAN) == []
    await its.act("ReportWorkTask", *UNIT, **DONE)
    assert await waits(its, *OFFICE) == [(task, {"CheckWorkTask"})]
    assert await waits(its, *UNIT) == []
    accepted = await its.act("CheckWorkTask", fit=True, **WHY)
    assert {d.clock_id for d in accepted.deadlines} == {"TSK-01", "TSK-02"}
    assert await waits(its, *OFFICE) == [(task, {"SpotCheckWorkTask"})]
    office.clock("2026-10-15 09:00")
    await office.ticked()

    async def warned() -> Any:
        return [
            w for w in await office.warnings(rule_id="EW-02") if (w.clock_id, w.state) == ("TSK-02", OPEN)
        ]

    (found,) = await office.until(warned, "the office is warned")
    assert (found.node, found.body_id) == (CITY, BODY)
    assert await waits(its, *OFFICE) == [(task, {"SpotCheckWorkTask"})]

    await its.act("SpotCheckWorkTask", fit=True, **WHY)

    assert not await warned() and await waits(its, *OFFICE) == []
    assert await counted(office, 2026) == {
        "work_task": 2, "work_task.accepted": 2, "work_task.late": 0, "work_task.spot_checked": 2,
    }  # fmt: skip


async def counted(office: Office, year: int) -> dict[str, int]:
    """What the yearly report says of the tasks of a year."""
    asked = reports.ReportAsked(report_id="lawful_administration", year=year)
    found = (await office.call("RunReport", reports.RunReportRequest(asked=asked))).report
    ids = [column.figure.figure_id for column in found.columns]
    counts = [each.count for each in next(line for line in found.lines if not line.key).values]
    return {name: n for name, n in zip(ids, counts, strict=True) if name.startswith("work_task")}


async def test_the_hearing_of_each_year_is_a_task_without_anybody_assigning_it(office: Office) -> None:
    await begun(office)
    its = Tasks(office)

    async def hearing() -> Any:
        asked = pb.ListWorkTasksRequest(kind=pb.WORK_TASK_KIND_HEARING)
        return (await office.call("ListWorkTasks", asked)).work_tasks

    (task,) = await office.until(hearing, "the task of the year begins")
    its.id = task.task_id
    assert (task.year, task.node, task.body_id) == (2027, CITY, "") and task.body_name
    assert [d.clock_id for d in task.deadlines] == ["TSK-01"]
    assert task.deadlines[0].due_time == task.due_time and task.due_time.ToDatetime(SHANGHAI).date() == date(
        2027, 12, 31
    )
    assert await waits(its, *OFFICE) == [(its.id, {"ReportWorkTask"})]
    assert await its.refused("ReportWorkTask", *UNIT, **DONE, **MINUTED) == "NOT_THE_UNIT"
    heard = MINUTED | {"meet_time": at("2027-01-04 08:00")}
    assert await its.refused("ReportWorkTask", **DONE, **MINUTED) == "HEARING_NOT_MINUTED", (
        "the year before counts not"
    )
    await its.act("ReportWorkTask", **DONE, **heard)
    assert await its.refused("CheckWorkTask", fit=True, **WHY) == "OVERSIGHT_ROLE_CONFLICT"
    await its.act("CheckWorkTask", "oversight-2", fit=True, **WHY)
    assert await waits(its, *OFFICE) == []

    office.clock("2027-06-01 09:00")
    await office.ticked()
    assert len(await hearing()) == 1


async def test_who_enforces_a_law_makes_it_known_and_who_has_no_list_is_shown(office: Office) -> None:
    """R-155: an item says which laws and to whom; it is reported on with what shows it; a unit without a list stands out."""
    its = await tasks(office)
    item = ACCEPTANCE | {
        "kind": pb.WORK_TASK_KIND_PUBLICITY, "title": "宣传《大气污染防治法》",
        "laws": ["《大气污染防治法》"], "audience": "餐饮经营者",
    }  # fmt: skip
    for fault in ({"laws": []}, {"audience": " "}, {"laws": ["  "]}, {"kind": pb.WORK_TASK_KIND_YEARLY}):
        assert await its.refused("AssignWorkTask", **(item | fault)) == "PUBLICITY_INCOMPLETE"

    async def units(
        by: str = "oversight-1", role: str = "OVERSIGHT", node: str = CITY
    ) -> dict[str, tuple[int, ...]]:
        asked = pb.ListWorkTaskUnitsRequest(kind=pb.WORK_TASK_KIND_PUBLICITY, year=2026)
        found = (await its._as(by, role, node, office.call("ListWorkTaskUnits", asked))).units
        return {u.body_id: (u.assigned, u.reported, u.accepted, u.overdue) for u in found}

    assert (await units())[BODY] == (0, 0, 0, 0)
    for title in ("第一项", "第二项"):
        await its.act("AssignWorkTask", **(item | {"title": title}))
    assert (await units())[BODY] == (2, 0, 0, 0)
    assert await its.refused("ReportWorkTask", *UNIT, **(DONE | {"proof": " "})) == "REPORT_INCOMPLETE"
    await its.act("ReportWorkTask", *UNIT, **DONE)
    assert (await units())[BODY] == (2, 1, 0, 0)
    await its.act("CheckWorkTask", fit=True, **WHY)
    office.clock("2026-03-21 09:00")

    assert (await units())[BODY] == (2, 0, 1, 1)
    assert BODY in await units(*UNIT) and BODY not in await units("U-1", "UNIT_HEAD", URBAN)

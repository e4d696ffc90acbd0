"""The report on rule-of-law government is due when the year ends, handed in by 1 March and public by 1 April (RLG 23-25)."""

from typing import Any

import grpc
import pytest
from sqlalchemy import select
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import rule_of_law_report_pb2 as pb

from services.kit.access import mint
from services.law.calendar import SHANGHAI
from services.supervision.event.model import Worked
from tests.city import read_refusal
from tests.supervision.office import CITY, ENVIRONMENT, OPEN, SETTLED, URBAN, Office, at

BODY, GONE, TOWN = "B-rl-1", "B-rl-gone", "B-rl-town"
TEXT = {
    "measures": "推行三项制度，执法质量提升", "shortcomings": "案卷质量不齐，原因是培训不足",
    "first_responsible": "全年专题研究四次",
    "corrections": "督察反馈三项，已整改三项", "plans": "开展案卷评查",
}  # fmt: skip
TO_DEPARTMENT = [
    pb.REPORT_RECIPIENT_PARTY_COMMITTEE, pb.REPORT_RECIPIENT_GOVERNMENT, pb.REPORT_RECIPIENT_SUPERIOR_DEPARTMENT,
]  # fmt: skip
TO_GOVERNMENT = [
    pb.REPORT_RECIPIENT_PARTY_COMMITTEE, pb.REPORT_RECIPIENT_CONGRESS, pb.REPORT_RECIPIENT_SUPERIOR_GOVERNMENT,
]  # fmt: skip
SAID = {"document_number": "示环〔2027〕3号", "text": TEXT, "recipients": TO_DEPARTMENT}
UNIT, OTHER = ("H-1", "AGENCY_HEAD", ENVIRONMENT), ("U-1", "UNIT_HEAD", URBAN)
OFFICE = ("oversight-1", "OVERSIGHT", CITY)
ADDRESS = {"address": "https://example.invalid/rl"}


class Reports:
    """The reports on 2026, as those act on them who have to."""

    def __init__(self, office: Office) -> None:
        self.office, self.serial, self.ids = office, 0, {}

    async def as_(self, who: tuple[str, str, str], call: Any, *args: Any) -> Any:
        key = (self.office.folder / "token.key").read_bytes()
        before = self.office.metadata
        self.office.metadata = (("authorization", f"Bearer {mint(key, who[0], who[2], (who[1],))}"),)
        try:
            return await call(*args)
        finally:
            self.office.metadata = before

    def request(self, name: str, body: str, **fields: Any) -> Any:
        self.serial += 1
        asked = getattr(pb, f"{name}RuleOfLawReportRequest")
        return asked(request_id=f"RL-{self.serial}", report_id=self.ids[body], **fields)

    async def act(self, who: tuple[str, str, str], name: str, body: str, **fields: Any) -> pb.RuleOfLawReport:
        request = self.request(name, body, **fields)
        reply = await self.as_(who, self.office.call, f"{name}RuleOfLawReport", request)
        return reply.rule_of_law_report

    async def refused(self, who: tuple[str, str, str], name: str, body: str, **fields: Any) -> str:
        request = self.request(name, body, **fields)
        return str((await self.as_(who, self.office.refused, f"{name}RuleOfLawReport", request))[1])

    async def warned(self, clock_id: str, body: str = BODY) -> list[int]:
        found = await self.office.warnings(rule_id="EW-02")
        return [w.state for w in found if (w.clock_id, w.body_id) == (clock_id, body)]


def terms(report: pb.RuleOfLawReport) -> dict[str, tuple[str, bool]]:
    return {
        d.clock_id: (d.due_time.ToDatetime(SHANGHAI).date().isoformat(), d.HasField("stop_time"))
        for d in report.deadlines
    }


async def tell(office: Office, body_id: str, kind: int = body_pb2.BODY_KIND_AGENCY, ended: str = "") -> None:
    """The registry tells of a body: confirmed long ago, or withdrawn."""
    told = body_pb2.EnforcementBody(
        body_id=body_id, name=f"示例主体{body_id}", node=ENVIRONMENT, kind=kind, state=body_pb2.BODY_STATE_PUBLISHED,
        publish_time=at("2020-01-01 00:00"), version=1,
    )  # fmt: skip
    if not ended:
        return await office.registry(registry.BodyPublished(body=told))
    told.version, told.state = 2, body_pb2.BODY_STATE_WITHDRAWN
    told.withdraw_time.FromDatetime(at(ended))
    await office.registry(registry.BodyWithdrawn(body=told))


async def begun(office: Office) -> Reports:
    """The year 2026 ended at an office that kept its book then."""
    await tell(office, BODY)
    await tell(office, GONE)
    await tell(office, TOWN, body_pb2.BODY_KIND_TOWNSHIP)
    desk = Reports(office)
    asked = pb.ListRuleOfLawReportsRequest(page_size=100)

    async def listed() -> Any:
        found = (await office.call("ListRuleOfLawReports", asked)).rule_of_law_reports
        desk.ids = {r.body_id: r.report_id for r in found}
        return found

    async def book_begun() -> bool:
        return any(row.name == "rule_of_law_reports" for row in worked(office))

    await office.until(book_begun, "the book begins")
    assert not await listed()  # 2025 had ended before
    office.clock("2027-01-04 09:00")
    await office.until(listed, "the reports are due")
    return desk


def worked(office: Office) -> list[Any]:
    """What the office did of its own accord."""
    return list(office.running.view().rows(select(Worked.__table__.c.name)))  # type: ignore[attr-defined]


async def test_when_a_year_ends_government_and_departments_report_and_publish(office: Office) -> None:
    desk = await begun(office)
    assert set(desk.ids) == {"", BODY, GONE}
    for wrong, reason in (
        ({"text": TEXT | {"corrections": " "}}, "RULE_OF_LAW_REPORT_INCOMPLETE"),
        ({"document_number": " "}, "RULE_OF_LAW_REPORT_INCOMPLETE"),
        (
            {"text": TEXT | {"plans": "力争罚没收入增长百分之十，全年罚没收入达到500万元"}},
            "FINE_TARGET_FORBIDDEN",
        ),
        ({"recipients": TO_DEPARTMENT[:2]}, "REPORT_NOT_ADDRESSED"),
        ({"recipients": TO_GOVERNMENT}, "REPORT_NOT_ADDRESSED"),
    ):
        assert await desk.refused(UNIT, "Submit", BODY, **(SAID | wrong)) == reason
    assert await desk.refused(OTHER, "Submit", BODY, **SAID) == "NOT_THE_UNIT"
    assert await desk.refused(OFFICE, "Submit", BODY, **SAID) == "NOT_THE_UNIT"
    assert await desk.refused(UNIT, "Publish", BODY, **ADDRESS) == "ACT_NOT_OPEN"
    handed = await desk.act(UNIT, "Submit", BODY, **SAID)
    assert terms(handed) == {
        "PUB-07": ("2027-03-01", True),
        "PUB-08": ("2027-04-01", False),
        "ACC-04": ("2028-01-03", True),
    }
    assert await desk.refused(UNIT, "Publish", BODY, address=" ") == "REPORT_NOT_PUBLIC"

    public = await desk.act(UNIT, "Publish", BODY, **ADDRESS)

    assert public.state == pb.RULE_OF_LAW_REPORT_STATE_PUBLISHED and terms(public)["PUB-08"][1]
    assert await desk.refused(UNIT, "Submit", "", **SAID) == "NOT_THE_UNIT"
    government = await desk.act(OFFICE, "Submit", "", **(SAID | {"recipients": TO_GOVERNMENT}))
    assert government.node == CITY
    assert office.addressees(events.RuleOfLawReportDue) == {CITY, ENVIRONMENT}


async def test_a_report_of_before_this_book_is_entered_as_it_was_handed_in(office: Office) -> None:
    desk = await begun(office)
    of_2025 = {
        **SAID, "body_id": BODY, "year": 2025, **ADDRESS,
        "submit_time": at("2026-02-20 09:00"), "publish_time": at("2026-03-20 09:00"),
    }  # fmt: skip

    def asked(**more: Any) -> Any:
        desk.serial += 1
        return pb.EnterRuleOfLawReportRequest(request_id=f"RL-{desk.serial}", **(of_2025 | more))

    async def refused(who: tuple[str, str, str], **more: Any) -> set[str]:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await desk.as_(who, office.call, "EnterRuleOfLawReport", asked(**more))
        told = read_refusal(caught.value)
        return set(told.violations) or {told.reason}

    for wrong, reason in (
        ({"year": 2027}, "REPORT_YEAR_NOT_OVER"),
        ({"year": 2026}, "REPORT_BEGUN_ALREADY"),
        ({"submit_time": at("2025-12-31 23:00")}, "REPORT_DATES_WRONG"),
        ({"publish_time": at("2026-02-19 09:00")}, "REPORT_DATES_WRONG"),
        ({"publish_time": at("2027-03-20 09:00")}, "REPORT_DATES_WRONG"),
        ({"publish_time": None}, "REPORT_DATES_WRONG"),
        ({"address": " "}, "REPORT_NOT_PUBLIC"),
        ({"document_number": " "}, "RULE_OF_LAW_REPORT_INCOMPLETE"),
        ({"recipients": TO_GOVERNMENT}, "REPORT_NOT_ADDRESSED"),
        ({"body_id": TOWN}, "UNIT_UNKNOWN"),
    ):
        assert reason in await refused(UNIT, **wrong), wrong
    assert await refused(OTHER) == {"NOT_THE_UNIT"}
    assert "REPORT_BEGINS_BY_ITSELF" in await refused(UNIT, year=2027)

    reply = await desk.as_(UNIT, office.call, "EnterRuleOfLawReport", asked())

    report = reply.rule_of_law_report
    assert (report.state, report.year) == (pb.RULE_OF_LAW_REPORT_STATE_PUBLISHED, 2025)
    assert (report.enterer, report.node, len(report.deadlines)) == (UNIT[0], ENVIRONMENT, 0)
    assert await refused(UNIT) == {"REPORT_BEGUN_ALREADY"}
    listed = await office.call("ListRuleOfLawReports", pb.ListRuleOfLawReportsRequest(year=2025))
    assert [r.report_id for r in listed.rule_of_law_reports] == [report.report_id]


async def test_what_is_late_is_warned_of_until_it_is_done(office: Office) -> None:
    desk = await begun(office)
    office.clock("2027-03-02 00:01")
    await office.ticked()
    assert await desk.warned("PUB-07") == [OPEN]
    office.clock("2027-04-02 00:01")
    await office.ticked()
    assert await desk.warned("PUB-08") == [OPEN]
    assert any(e.passed for e in office.emitted(events.RuleOfLawReportReminded))

    await desk.act(UNIT, "Submit", BODY, **SAID)
    await desk.act(UNIT, "Publish", BODY, **ADDRESS)

    assert [await desk.warned(clock) for clock in ("PUB-07", "PUB-08")] == [[SETTLED], [SETTLED]]


async def test_only_who_is_there_no_more_need_not_report(office: Office) -> None:
    desk = await begun(office)
    why = {"reasons": "机构改革撤销"}
    assert await desk.refused(OFFICE, "Release", GONE, **why) == "UNIT_STANDS"
    assert await desk.refused(OFFICE, "Release", "", **why) == "UNIT_STANDS"
    await tell(office, GONE, ended="2027-01-04 08:00")
    assert await desk.refused(OFFICE, "Release", GONE, reasons=" ") == "REASONS_MISSING"

    gone = await desk.act(OFFICE, "Release", GONE, **why)

    assert all(stopped for _, stopped in terms(gone).values()) and len(terms(gone)) == 3

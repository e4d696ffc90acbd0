"""Reports: every figure is the number of what can be listed, the same whenever counted again (GBF-2018-118:6)."""

import io
from typing import Any

import grpc
import pytest
from python_calamine import CalamineWorkbook
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.referral_pb2 import Referral
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import report_pb2 as pb

from services.law.figure import FIGURES
from services.law.figures import COUNTS
from services.law.figures.case import gravest
from services.law.reports import reports
from services.supervision.report.source import SOURCES
from tests.supervision.office import Office, at, new_case
from tests.supervision.orders import Desk
from tests.supervision.warnings.many import BODY, OTHER, decide, fined, publish

DATA, YEAR = "enforcement_data", 2026
Kind = penalties.PenaltyKind.Value


def asked(**fields: Any) -> pb.ReportAsked:
    return pb.ReportAsked(**(fields or {"report_id": DATA, "year": YEAR}))


async def run(office: Office, what: pb.ReportAsked | None = None) -> pb.Report:
    reply = await office.call("RunReport", pb.RunReportRequest(asked=what or asked()))
    report: pb.Report = reply.report
    return report


def value(report: pb.Report, figure_id: str, key: str = "") -> tuple[int, int]:
    """How often, and for how much, in the line of a group."""
    at_column = [c.figure.figure_id for c in report.columns].index(figure_id)
    [line] = [line for line in report.lines if line.key == key]
    return line.values[at_column].count, line.values[at_column].amount.fen


async def listed(
    office: Office, figure_id: str, line_key: str = "", **more: Any
) -> pb.ListReportRowsResponse:
    request = pb.ListReportRowsRequest(asked=asked(), figure_id=figure_id, line_key=line_key, **more)
    reply: pb.ListReportRowsResponse = await office.call("ListReportRows", request)
    return reply


async def year(office: Office) -> None:
    """A year of two bodies: fines, one decision of two kinds, one case that is not penalised, one decided in the year before."""
    desk = Desk(office)
    await desk.body(BODY)
    await desk.body(OTHER, "chengguan")
    grave = fined("C-4", 500_000, "2026-05-20 10:00")
    grave.decision.penalty.kinds.append(Kind("PENALTY_KIND_REVOCATION_OF_LICENCE"))
    grave.decision.penalty.confiscation.fen = 70_000
    office.clock("2026-06-01 09:00")
    await decide(
        office,
        [
            fined("C-1", 1_000_000, "2026-03-20 10:00"),
            fined("C-2", 2_000_000, "2026-04-20 10:00"),
            fined("C-3", 3_000_000, "2026-04-21 10:00", OTHER),
            fined("C-0", 9_000_000, "2025-12-31 23:00"),
            grave,
        ],
    )
    spared = new_case("C-5")
    spared.body_id = BODY
    spared.proposal.fine.fen = 40_000
    spared.no_penalty.outcome.ground = penalties.NO_PENALTY_GROUND_FIRST_OFFENCE
    spared.no_penalty.document_number = "环不罚〔2026〕1号"
    spared.no_penalty.decide_time.FromDatetime(at("2026-05-21 10:00"))
    spared.state = cases.CASE_STATE_NO_PENALTY
    await office.tell(spared, "NoPenaltyDecided", "2026-05-21 10:00")


async def test_a_yearly_report_counts_a_decision_once_under_the_gravest_kind_as_it_was_decided(
    office: Office,
) -> None:
    """Given a year of two bodies, when its report is made, then each decision counts once, by body and in total."""
    await year(office)

    report = await run(office)

    assert value(report, "penalty") == (4, 6_570_000)
    assert value(report, "penalty.fine") == (3, 6_000_000)
    assert value(report, "penalty.revocation_of_licence") == (1, 570_000)
    assert value(report, "penalty", BODY) == (3, 3_570_000)
    assert value(report, "penalty", OTHER) == (1, 3_000_000)
    assert value(report, "no_penalty") == (1, 40_000)
    assert report.due_day == "2027-01-31" and report.citation.code == "GBF-2018-118:6"


async def test_each_figure_is_the_number_of_what_is_listed_and_the_same_again(office: Office) -> None:
    """Given a report, when what each figure counts is listed, then the list is as long as the figure says, for every line; and
    the report says the same when it is made again.
    """
    await year(office)
    report = await run(office)

    for line in report.lines:
        for column, shown in zip(report.columns, line.values, strict=True):
            found = await listed(office, column.figure.figure_id, line.key, page_size=500)
            assert (len(found.rows), found.total) == (shown.count, shown.count), column.figure.figure_id
            assert sum(row.amount.fen for row in found.rows) == shown.amount.fen == found.amount.fen
            assert not line.key or {row.body_id for row in found.rows} <= {line.key}
    again = await run(office)
    assert [line.SerializeToString() for line in again.lines] == [
        line.SerializeToString() for line in report.lines
    ]


async def test_rows_come_in_pages_the_first_first(office: Office) -> None:
    await year(office)

    first = await listed(office, "penalty", page_size=3)
    rest = await listed(office, "penalty", page_size=3, page_token=first.next_page_token)

    assert [row.case_id for row in (*first.rows, *rest.rows)] == ["C-1", "C-2", "C-3", "C-4"]
    assert not rest.next_page_token


async def test_what_cannot_be_counts_nowhere_and_is_named(office: Office) -> None:
    """Given a case that was decided before it was filed, when the report is made, then it counts in no figure, and is named."""
    await year(office)
    wrong = fined("C-9", 8_000_000, "2026-05-02 10:00")
    wrong.file_time.FromDatetime(at("2026-05-10 10:00"))
    await decide(office, [wrong])

    report = await run(office)

    assert value(report, "penalty")[0] == 4
    assert [(left.case_id, report.left_out_total) for left in report.left_out] == [("C-9", 1)]
    assert "C-9" not in {row.case_id for row in (await listed(office, "penalty", page_size=500)).rows}


async def test_what_a_remedy_made_of_a_decision_is_a_figure_of_its_own(office: Office) -> None:
    """Given a decision of a year, when a court annuls it in the next, then the year counts it as before, and the next year counts
    that it was corrected.
    """
    await year(office)
    before = value(await run(office), "penalty")
    office.clock("2027-02-01 09:00")
    undone = fined("C-1", 1_000_000, "2026-03-20 10:00")
    undone.version = 1
    outcome = undone.outcomes.add(
        kind=cases.OUTCOME_KIND_ANNULLED, remedy=cases.REMEDY_SUIT, authority="法院", document="行初1"
    )
    outcome.outcome_time.FromDatetime(at("2027-01-15 10:00"))
    outcome.document_number = undone.decision.document_number
    undone.set_aside.kind = cases.SET_ASIDE_KIND_ANNULLED
    await office.tell(undone, "DecisionAnnulled", "2027-01-15 10:00")

    assert value(await run(office), "penalty") == before
    assert value(await run(office, asked(report_id=DATA, year=2027)), "remedy.corrected") == (1, 0)
    assert value(await run(office), "remedy.corrected") == (0, 0)


async def test_less_than_the_least_is_mitigated_by_the_difference(office: Office) -> None:
    """Given a benchmark by which the statute has some least fine, when less is imposed, then the difference counts."""
    await Desk(office).body(BODY)
    await publish(office, 500_000, 900_000, 2_000_000, lowest=300_000)
    weighed = {"benchmark_id": "BM-1", "band_code": "2"}
    less = fined("C-1", 100_000, "2026-03-20 10:00", **weighed)
    await decide(office, [less, fined("C-2", 300_000, "2026-03-20 11:00", **weighed)])

    assert value(await run(office), "penalty.mitigated") == (1, 200_000)


async def test_a_report_of_ones_own_is_saved_run_by_its_criteria_and_changed(office: Office) -> None:
    """Given criteria of one body, one officer and months, when they are saved and run, then what does not meet them is not in."""
    await year(office)
    criteria = pb.ReportCriteria(
        from_day="2026-04-01", until_day="2026-05-31", figure_ids=["penalty", "no_penalty"], body_ids=[BODY],
        officer_ids=["O-1"], outcomes=[pb.REPORT_OUTCOME_PENALISED], group_by=pb.REPORT_GROUPING_MONTH,
    )  # fmt: skip
    request = pb.SaveReportDefinitionRequest(request_id="1", title="四至五月", criteria=criteria)
    saved = (await office.call("SaveReportDefinition", request)).definition

    report = await run(office, asked(definition_id=saved.definition_id))
    assert [line.key for line in report.lines] == ["", "2026-04", "2026-05"]
    assert value(report, "penalty") == (2, 2_570_000)
    assert value(report, "no_penalty") == (0, 0)
    assert value(await run(office, asked(definition_id=saved.definition_id, year=YEAR)), "penalty")[0] == 3

    criteria.group_by = pb.REPORT_GROUPING_OFFICER
    changed = pb.SaveReportDefinitionRequest(
        request_id="2", definition_id=saved.definition_id, title="按人员", criteria=criteria
    )
    await office.call("SaveReportDefinition", changed)
    by_officer = await run(office, asked(definition_id=saved.definition_id))
    assert [line.key for line in by_officer.lines] == ["", "O-1", "O-2"]

    listing = pb.ListReportDefinitionsRequest()
    assert [d.title for d in (await office.call("ListReportDefinitions", listing)).definitions] == ["按人员"]
    await office.call(
        "DeleteReportDefinition",
        pb.DeleteReportDefinitionRequest(request_id="3", definition_id=saved.definition_id),
    )
    assert not (await office.call("ListReportDefinitions", listing)).definitions
    code, *_ = await office.refused(
        "RunReport", pb.RunReportRequest(asked=asked(definition_id=saved.definition_id))
    )
    assert code == grpc.StatusCode.NOT_FOUND
    assert len(office.emitted(events.ReportDefinitionSaved)) == 2


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"report_id": "none", "year": YEAR}, grpc.StatusCode.NOT_FOUND),
        ({"report_id": DATA, "year": YEAR, "body_id": "B-none"}, grpc.StatusCode.NOT_FOUND),
        ({"definition_id": "RD-none"}, grpc.StatusCode.NOT_FOUND),
        ({"report_id": DATA, "year": 3}, grpc.StatusCode.INVALID_ARGUMENT),
        ({"report_id": DATA, "year": YEAR, "definition_id": "RD-1"}, grpc.StatusCode.INVALID_ARGUMENT),
        ({"year": YEAR}, grpc.StatusCode.INVALID_ARGUMENT),
        (
            {"criteria": {"from_day": "2026-01-01", "until_day": "2026-12-31"}},
            grpc.StatusCode.INVALID_ARGUMENT,
        ),
        (
            {"criteria": {"from_day": "2026-01-01", "until_day": "2025-12-31", "figure_ids": ["penalty"]}},
            grpc.StatusCode.INVALID_ARGUMENT,
        ),
        (
            {"criteria": {"from_day": "2026-02-30", "until_day": "2026-12-31", "figure_ids": ["penalty"]}},
            grpc.StatusCode.INVALID_ARGUMENT,
        ),
        (
            {"criteria": {"from_day": "2026-01-01", "until_day": "2026-12-31", "figure_ids": ["none"]}},
            grpc.StatusCode.INVALID_ARGUMENT,
        ),
    ],
)
async def test_what_cannot_be_counted_is_refused(office: Office, what: Any, code: grpc.StatusCode) -> None:
    assert (await office.refused("RunReport", pb.RunReportRequest(asked=asked(**what))))[0] == code


async def test_a_workbook_holds_the_figures_and_all_that_they_count(office: Office) -> None:
    """Given a report, when it is exported as a workbook, then its second sheet has as many rows as the first says."""
    await year(office)

    name, content = await exported(office, pb.REPORT_FORMAT_XLSX)

    assert name == "2026年度行政执法数据年报 2026-01-01至2026-12-31.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    figures, rows = (book.get_sheet_by_name(sheet).to_python() for sheet in ("数据", "明细"))
    assert "行政处罚\n行政处罚决定" in figures[2]
    at_column = figures[2].index("行政处罚\n行政处罚决定")
    total = figures[4]
    assert (total[0], total[at_column], total[at_column + 1]) == ("合计", 4, 65_700)
    assert sum(row[0] == "行政处罚决定" for row in rows) == 4


async def test_a_report_is_set_in_type(office: Office) -> None:
    await year(office)

    name, content = await exported(office, pb.REPORT_FORMAT_PDF)

    assert name.endswith(".pdf") and content.startswith(b"%PDF")


async def exported(office: Office, format: int) -> tuple[str, bytes]:
    request = pb.ExportReportRequest(asked=asked(), format=format)
    pieces = [
        piece async for piece in office.stub.ExportReport(request, metadata=office.metadata, timeout=60)
    ]
    return pieces[0].file_name, b"".join(piece.data for piece in pieces)


def test_what_can_be_counted_has_a_source_and_reports_show_what_there_is() -> None:
    assert {each.source for each in FIGURES.values()} == set(SOURCES)
    assert set(reports()) == {DATA, "lawful_administration"}


def test_a_decision_of_several_kinds_counts_under_the_gravest() -> None:
    kinds = [Kind("PENALTY_KIND_CLOSURE"), Kind("PENALTY_KIND_WARNING")]
    assert gravest(penalties.Penalty(kinds=kinds)) == Kind("PENALTY_KIND_CLOSURE")
    assert gravest(penalties.Penalty(fine={"fen": 1})) == Kind("PENALTY_KIND_FINE")


@pytest.mark.parametrize("record", [Measure, Referral, CourtEnforcement, Enforcement, Inspection])
def test_what_did_not_happen_yet_counts_for_nothing(record: Any) -> None:
    source = record.DESCRIPTOR.name
    [*its] = [f for f in FIGURES.values() if f.source.replace("_", "") == source.lower()]

    assert its
    assert [counted for figure in its for counted in COUNTS[figure.id](record(), None)] == []  # type: ignore[arg-type]


async def published(office: Office, rpc: str, **fields: Any) -> pb.PublishedReport:
    reply = await office.call(rpc, getattr(pb, f"{rpc}Request")(**fields))
    told: pb.PublishedReport = reply.published_report
    return told


async def test_a_yearly_report_is_made_public_as_it_was_counted_and_corrected_where_it_differs(
    office: Office,
) -> None:
    """Given a report that is public, when something of the year comes to be known late, then it differs, and is corrected."""
    await year(office)
    of_year = {"report_id": DATA, "year": YEAR, "address": "https://example.gov.cn/2026"}
    publish_it = pb.PublishYearlyReportRequest(request_id="1", **of_year)
    assert (await office.refused("PublishYearlyReport", publish_it))[1] == "REPORT_YEAR_NOT_OVER"
    office.clock("2027-01-31 23:00")
    blank = pb.PublishYearlyReportRequest(request_id="2", report_id=DATA, year=YEAR, address=" ")
    assert (await office.refused("PublishYearlyReport", blank))[1] == "REPORT_NOT_PUBLIC"

    first = await published(office, "PublishYearlyReport", request_id="3", **of_year)

    assert not first.late and value(first.report, "penalty")[0] == 4
    again = pb.PublishYearlyReportRequest(request_id="4", **of_year)
    assert (await office.refused("PublishYearlyReport", again))[1] == "REPORT_PUBLISHED_ALREADY"
    mended = {
        "published_report_id": first.published_report_id,
        "address": of_year["address"],
        "reason": "补录一件",
    }
    nothing = pb.CorrectYearlyReportRequest(request_id="5", **mended)
    assert (await office.refused("CorrectYearlyReport", nothing))[1] == "NOTHING_TO_CORRECT"
    asked_for = pb.RunReportRequest(asked=asked())
    assert (await office.call("RunReport", asked_for)).same

    await decide(office, [fined("C-7", 1_000_000, "2026-11-02 10:00")])
    assert not (await office.call("RunReport", asked_for)).same
    no_reason = pb.CorrectYearlyReportRequest(request_id="6", **{**mended, "reason": " "})
    assert (await office.refused("CorrectYearlyReport", no_reason))[1] == "REASONS_MISSING"
    after = await published(office, "CorrectYearlyReport", request_id="7", **mended)

    assert value(after.report, "penalty")[0] == 5 and [c.reason for c in after.corrections] == ["补录一件"]
    [public] = (
        await office.open_call("ListPublishedReports", pb.ListPublishedReportsRequest())
    ).published_reports
    assert public.report.lines == after.report.lines and not public.publisher
    [told] = office.emitted(events.YearlyReportPublished)
    assert value(told.published_report.report, "penalty")[0] == 4, "what was published stays in the journal"


async def test_after_its_day_a_yearly_report_is_late(office: Office) -> None:
    office.clock("2027-02-01 00:00")

    told = await published(
        office,
        "PublishYearlyReport",
        request_id="1",
        report_id=DATA,
        year=YEAR,
        address="https://example.gov.cn",
    )

    assert told.late

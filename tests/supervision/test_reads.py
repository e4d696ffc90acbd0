"""What the oversight office reads: cases, warnings, clocks, counts."""

import base64

import grpc
import pytest
from google.protobuf.message import Message
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import deadline_pb2, warning_pb2
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import overview_pb2 as overviews

from services.kit.reader import Batch
from services.supervision.search.reads import THERE
from tests.database import on_postgres
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Office, at, lawful, new_case


async def several(office: Office, count: int = 5) -> None:
    """Cases of two departments in turn, one a minute."""
    for n in range(count):
        case = new_case(f"C-{n}", (ENVIRONMENT, URBAN)[n % 2])
        await office.tell(case, "CaseFiled", f"2026-03-02 10:{n:02d}")


async def listed(office: Office, **wanted: object) -> list[str]:
    reply = await office.call("ListCases", views.ListCasesRequest(**wanted))
    assert reply.total == len(reply.cases) or wanted.get("page_size")
    return [case.case_id for case in reply.cases]


async def test_cases_last_changed_first(office: Office) -> None:
    await several(office)

    assert await listed(office) == ["C-4", "C-3", "C-2", "C-1", "C-0"]


async def test_cases_of_a_department(office: Office) -> None:
    await several(office)

    assert await listed(office, node=URBAN) == ["C-3", "C-1"]


async def test_cases_in_a_state(office: Office) -> None:
    await several(office)
    closed = new_case("C-9")
    closed.state = case_pb2.CASE_STATE_CLOSED
    await office.tell(closed, "CaseClosed", "2026-03-02 11:00")

    assert await listed(office, state=case_pb2.CASE_STATE_CLOSED) == ["C-9"]


@pytest.mark.parametrize("index", [True, False], ids=["by the index", "without it"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("公司C-3", ["C-3"]),
        ("环罚立〔2026〕C-2", ["C-2"]),
        ("批先", 5),
        ("%", []),
        ("_", []),
        ("没有", []),
        ("未批先建", 5),
        ('"未批先建"', []),
        ("未批先建 AND 公司", []),
        ("c-3", ["C-3"]),
        ("没有这个", []),
        ("别处的未批先建", []),
        ("%%%", []),
    ],
)
async def test_search(
    office: Office, query: str, found: list | int, index: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await several(office)
    assert on_postgres() or office.running.rows(THERE)
    if not index:
        monkeypatch.setattr("services.supervision.search.reads.indexed", lambda view: False)

    cases = await listed(office, query=query)

    assert len(cases) == found if isinstance(found, int) else cases == found


async def test_a_case_is_found_by_its_newest_words_only(office: Office) -> None:
    case = new_case("C-9")
    await office.tell(case, "ClueRegistered", "2026-03-02 10:00")
    was = case.party.name
    case.party.name = "示例改名有限公司"
    await office.tell(case, "RecordCorrected", "2026-03-03 10:00")

    assert (await listed(office, query="改名有限"), await listed(office, query=was)) == (["C-9"], [])
    assert await listed(office, query="示例改名有限公司") == ["C-9"]
    assert await listed(office, query="某示例改名有限公司") == []
    assert await listed(office, query="限公司") == ["C-9"]


async def test_what_very_many_have_in_common_finds_them_page_by_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.supervision.search.reads.FEW", 3)
    await several(office)

    assert await listed(office, query="未批先建") == ["C-4", "C-3", "C-2", "C-1", "C-0"]
    assert await listed(office, query="未批先建", page_size=2) == ["C-4", "C-3"]


async def test_pages_cover_all_once(office: Office) -> None:
    await several(office)
    pages, token = [], ""

    while True:
        reply = await office.call("ListCases", views.ListCasesRequest(page_size=2, page_token=token))
        pages.append([case.case_id for case in reply.cases])
        token = reply.next_page_token
        if not token:
            break

    assert pages == [["C-4", "C-3"], ["C-2", "C-1"], ["C-0"]] and reply.total == 5


@pytest.mark.parametrize(
    "said",
    [
        "nonsense",
        "[]",
        "[1,2]",
        '[1,"C-1"]',
        '[{"t":1},2]',
        '["C-1",{"t":1}]',
        '[{"t":1},"\\u0000"]',
        '[{"t":1},"\\ud800"]',
        '[{"t":1e400},"C-1"]',
        '[{"t":true,"u":1},null]',
    ],
)
async def test_bad_page_token(office: Office, said: str) -> None:
    token = base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")

    refused = await office.refused("ListCases", views.ListCasesRequest(page_token=token))

    assert refused[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "BAD_PAGE_TOKEN")


async def test_case_line_shows_next_clock_and_open_warnings(office: Office) -> None:
    case = lawful(new_case(), fine=5_000_000)
    case.ClearField("review")
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")

    [line] = (await office.call("ListCases", views.ListCasesRequest(only_warned=True))).cases

    assert (line.next_clock_id, line.open_warnings, line.major) in {("PEN-16", 1, True), ("PEN-23", 1, True)}
    assert line.next_due_time.ToJsonString() == "2026-03-31T15:59:59.999999Z"
    assert line.fine.fen == 5_000_000


async def test_only_warned_leaves_out_the_others(office: Office) -> None:
    await several(office)

    assert await listed(office, only_warned=True) == []


async def test_unknown_case(office: Office) -> None:
    assert (await office.refused("GetCase", views.GetCaseRequest(case_id="C-none")))[
        0
    ] == grpc.StatusCode.NOT_FOUND


async def test_timeline_tells_every_event_newest_first(office: Office) -> None:
    case = new_case()
    await office.tell(case, "ClueRegistered", "2026-03-01 10:00")
    await office.tell(case, "CaseFiled", "2026-03-02 10:00")

    timeline = (await office.case("C-1")).timeline

    assert [(e.title_zh, e.title_en) for e in timeline] == [
        ("立案", "Case filed"),
        ("登记线索", "Clue registered"),
    ]
    newest = timeline[0]
    assert (newest.position, newest.node, newest.service, newest.journal_seq) == (
        2,
        ENVIRONMENT,
        "enforcement",
        2,
    )
    assert (
        newest.summary_zh == "示例公司C-1：未批先建" and newest.trace_id == "0af7651916cd43dd8448eb211c80319c"
    )
    assert newest.hash == office.journal(ENVIRONMENT, "enforcement").last


async def test_deadlines_first_due_first(office: Office) -> None:
    await several(office, 3)
    await office.tell(lawful(new_case("C-9")), "DecisionMade", "2026-03-20 10:00")

    deadlines = (await office.call("ListDeadlines", deadline_pb2.ListDeadlinesRequest())).deadlines
    before = deadline_pb2.ListDeadlinesRequest(before_time=at("2026-04-01 00:00"))

    assert [d.due_time.seconds for d in deadlines] == sorted(d.due_time.seconds for d in deadlines)
    assert len(deadlines) == 5
    assert {d.clock_id for d in (await office.call("ListDeadlines", before)).deadlines} == {
        "PEN-16",
        "PEN-23",
    }


async def test_overview_counts_by_department(office: Office) -> None:
    await office.registry(
        registry.BodyConfirmed(
            body=body_pb2.EnforcementBody(body_id="B-1", node=ENVIRONMENT, name="示例市生态环境局")
        )
    )
    await several(office, 4)
    case = lawful(new_case("C-9"), fine=5_000_000)
    case.ClearField("review")
    case.state = case_pb2.CASE_STATE_CLOSED
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")

    overview = await office.call("GetOverview", overviews.GetOverviewRequest())

    assert [d.node for d in overview.departments] == [URBAN, ENVIRONMENT]
    ours = overview.departments[1]
    assert (ours.open_cases, ours.closed_cases, ours.red, ours.fines.fen) == (2, 1, 1, 5_000_000)
    assert ours.body_name == "示例市生态环境局"
    assert (overview.events, overview.last_position, overview.open_warnings) == (6, 6, 1)


async def test_each_case_counts_once_as_it_stands_however_it_is_told(office: Office) -> None:
    case = lawful(new_case("C-9"), fine=5_000_000)
    decided = await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    case.state = case_pb2.CASE_STATE_CLOSED
    await office.tell(case, "CaseClosed", "2026-03-23 10:00")
    await office.take(decided)  # once more
    older = new_case("C-9")
    older.version = 0
    await office.tell(older, "CaseFiled", "2026-03-19 10:00")  # after what came later
    case.state, case.decision.penalty.fine.fen = case_pb2.CASE_STATE_DECIDED, 4_000_000
    await office.tell(case, "CaseReopened", "2026-03-24 10:00")

    overview = await office.call("GetOverview", overviews.GetOverviewRequest())

    [ours] = overview.departments
    assert (ours.open_cases, ours.closed_cases, ours.fines.fen) == (1, 0, 4_000_000)


async def test_empty_office(office: Office) -> None:
    overview = await office.call("GetOverview", overviews.GetOverviewRequest())

    assert overview == overviews.GetOverviewResponse()


async def test_broken_chain_is_shown(office: Office) -> None:
    case = new_case()
    first = office.told(case, "CaseFiled", "2026-03-02 10:00")
    office.told(case, "ReviewSubmitted", "2026-03-03 10:00")
    third = office.told(case, "ReviewConcluded", "2026-03-04 10:00")

    await office.running.reactor.take("law.>", Batch([first, third]))

    [warning] = await office.warnings(rule_id="CHAIN")
    assert (warning.level, warning.node) == (warning_pb2.WARNING_LEVEL_RED, ENVIRONMENT)
    assert "2" in warning.detail_en and "3" in warning.detail_en
    assert [e.warning for e in office.emitted(supervision.WarningRaised)] == [warning]
    assert [e.found_count for e in office.emitted(supervision.ChainBroken)] == [3]


async def test_a_department_cannot_speak_for_another(office: Office) -> None:
    case = new_case()
    await office.tell(case, "CaseFiled", "2026-03-02 10:00")

    case.node, case.state = URBAN, case_pb2.CASE_STATE_CLOSED
    await office.tell(case, "CaseClosed", "2026-03-03 10:00")
    case.version += 1
    forged = office.journal(ENVIRONMENT, "enforcement").entry(
        forgery(case), at("2026-03-04 10:00"), case.case_id
    )
    await office.take(forged)

    kept = (await office.case("C-1")).case
    assert (kept.node, kept.state) == (ENVIRONMENT, case_pb2.CASE_STATE_FILED)
    assert office.running.parked() == 2


def forgery(case: case_pb2.Case) -> object:
    from yifa.enforcement.v1 import events_pb2 as enforcement

    return enforcement.CaseClosed(case=case)


async def test_nobody_else_speaks_for_supervision(office: Office) -> None:
    forged = supervision.WarningEnded(warning=warning_pb2.Warning(warning_id="W-1", case_id="C-1"))

    await office.take(office.journal(ENVIRONMENT, "supervision").entry(forged, at("2026-03-04 10:00")))

    assert office.running.parked() == 1
    assert (await office.call("GetOverview", overviews.GetOverviewRequest())).events == 0


@pytest.mark.parametrize(
    "told",
    [
        supervision.SuitInterferenceRecorded(suit={"suit_id": "LS-1", "node": ENVIRONMENT}),
        supervision.CompensationRecourseOrdered(
            compensation={"compensation_id": "CP-1", "node": ENVIRONMENT}
        ),
    ],
    ids=lambda told: type(told).__name__,
)
async def test_what_says_nothing_of_what_was_done_is_parked_as_what_it_is(
    office: Office, told: Message
) -> None:
    await office.take(office.journal(CITY, "supervision").entry(told, at("2026-03-04 10:00")))

    [[error]] = office.running.rows(select(office.running.kit.parked.c.error))
    assert error.startswith("Unfit")


async def test_only_oversight_may_read(office: Office) -> None:
    from services.kit.access import mint

    key = (office.folder / "token.key").read_bytes()
    office.metadata = (("authorization", f"Bearer {mint(key, 'O-1', CITY, ('HANDLING_OFFICER',))}"),)

    refused = await office.refused("ListCases", views.ListCasesRequest())

    assert refused[:2] == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_REQUIRED")

"""Terms that are extended or from which time is excluded, and what falls due when."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.law.v1 import law_pb2
from yifa.law.v1.law_pb2 import (
    CLOCK_STATE_EXPIRED,
    CLOCK_STATE_RUNNING,
    CLOCK_STATE_SUSPENDED,
    GROUND_APPRAISAL,
    GROUND_HEARING,
    GROUND_SUSPENSION,
)
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.given.case import FIRST_EVIDENCE, LAW, violation
from services.kit.service import surroundings
from services.kit.settings import BadSettings, Settings
from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    DAY,
    HEAD,
    INSTANT,
    NODE,
    START,
    UNIT,
    WINDOW_END,
    Dossier,
    serial,
    stamp,
)

HEADS = {"discussion": "集体讨论记录", "discussion_members": ["head-1", "head-2"]}


def on(text: str, time: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{text} {time}").replace(tzinfo=SHANGHAI)


def day(deadline: law_pb2.Deadline) -> str:
    """The day on which a term ends, in Shanghai."""
    return deadline.due_time.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat()


async def term(d: Department, case_id: str, clock_id: str) -> law_pb2.Deadline:
    case = await d.case(case_id)
    return next(x for x in case.deadlines if x.clock_id == clock_id)


async def extend(
    d: Department, dossier: Dossier, amount: int = 30, clock: str = "PEN-15", **more: Any
) -> Any:
    values = {"clock_id": clock, "amount": amount, "cause": "案情复杂", **more}
    return await d.do("ExtendDeadline", HEAD, case_id=dossier.case_id, **values)


async def exclude(
    d: Department, dossier: Dossier, since: datetime, until: datetime | None = None, **more: Any
) -> Any:
    by = more.pop("by", HEAD)
    values = {"clock_id": "PEN-15", "ground": GROUND_APPRAISAL, "cause": "委托鉴定", **more}
    end = {"until_time": stamp(until)} if until else {}
    return await d.do("ExcludeTime", by, case_id=dossier.case_id, from_time=stamp(since), **values, **end)


async def until_state(d: Department, case_id: str, clock_id: str, state: int) -> None:
    async with asyncio.timeout(10):
        while (await term(d, case_id, clock_id)).state != state:
            await d.running.changed(0.1)


async def test_the_head_extends_a_case_by_thirty_days(department: Department) -> None:
    """Filed on 2 March: ninety days end on Sunday, 31 May; thirty more on Tuesday, 30 June."""
    dossier = await department.filed()

    reply = await extend(department, dossier, 30)

    assert day(reply.deadline) == "2026-06-30"
    [extension] = reply.deadline.extensions
    assert (extension.amount, extension.unit, extension.approver) == (30, "calendar_day", "head-1")
    assert extension.citation.code == "SAMR-2022:64(1)"
    assert day(await term(department, dossier.case_id, "PEN-15")) == "2026-06-30"
    assert department.names(dossier.case_id)[-1] == "DeadlineExtended"


async def test_more_than_the_rule_gives_is_refused(department: Department) -> None:
    dossier = await department.filed()

    async with department.refused("EXTENSION_TOO_LONG", law="SAMR-2022:64(1)") as told:
        await extend(department, dossier, 31)

    assert told.metadata["clock_id"] == "PEN-15"


async def test_a_further_extension_is_for_the_heads_together(department: Department) -> None:
    dossier = await department.filed()
    await extend(department, dossier, 30)

    async with department.refused("EXTENSION_NOT_COMPETENT"):
        await extend(department, dossier, 60)
    reply = await extend(department, dossier, 60, **HEADS)
    async with department.refused("EXTENSION_NOT_PROVIDED"):
        await extend(department, dossier, 1, **HEADS)

    assert day(reply.deadline) == "2026-08-31"  # 29 August is a Saturday
    assert [x.discussion for x in reply.deadline.extensions] == ["", "集体讨论记录"]


async def test_an_extension_approved_after_the_end_is_void(department: Department) -> None:
    dossier = await department.filed()
    department.now = on("2026-06-02")

    async with department.refused("EXTENSION_LATE", law="APL-2021:60;SAMR-2022:64(1)"):
        await extend(department, dossier, 30)


async def test_an_extension_approved_on_the_last_day_holds_when_recorded_later(
    department: Department,
) -> None:
    dossier = await department.filed()
    department.now = on("2026-06-02")
    await until_state(department, dossier.case_id, "PEN-15", CLOCK_STATE_EXPIRED)

    approved = {"approve_time": stamp(on("2026-06-01", "23:00"))}
    for document in ("", " "):
        async with department.refused("EXTENSION_LATE", law="APL-2021:60;SAMR-2022:64(1)"):
            await extend(department, dossier, 30, **approved, document=document)
    reply = await extend(department, dossier, 30, **approved, document="示延批〔2026〕1号")

    [extension] = reply.deadline.extensions
    assert (extension.document, extension.record_time) == ("示延批〔2026〕1号", stamp(department.now))
    assert (day(reply.deadline), reply.deadline.state) == ("2026-06-30", CLOCK_STATE_RUNNING)


async def test_what_was_approved_in_the_term_and_recorded_in_it_needs_no_paper(
    department: Department,
) -> None:
    dossier = await department.filed()
    department.now = on("2026-06-01", "23:00")

    reply = await extend(department, dossier, 30, approve_time=stamp(on("2026-05-20")))

    assert day(reply.deadline) == "2026-06-30"


async def test_nothing_is_extended_before_the_case_is_filed(department: Department) -> None:
    """Filed on 2 March; the paper would be of 400 days before (APL 60)."""
    dossier = await department.filed()

    for before in (400 * DAY, INSTANT):
        async with department.refused("ACTS_OUT_OF_ORDER", law="APL-2021:60;SAMR-2022:64(1)"):
            approved = stamp(START - before)
            await extend(department, dossier, 30, approve_time=approved, document="示延批〔2026〕1号")


async def test_approvals_are_told_in_their_order_and_not_ahead(department: Department) -> None:
    dossier = await department.filed()
    department.now += 20 * DAY
    await extend(department, dossier, 30)

    async with department.refused("ACT_IN_FUTURE"):
        await extend(department, dossier, 30, approve_time=stamp(department.now + DAY), **HEADS)
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await extend(department, dossier, 30, approve_time=stamp(department.now - DAY), **HEADS)


async def test_a_term_without_extension_in_law_has_none(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("EXTENSION_NOT_PROVIDED", law="SAMR-2022:81;APL-2021:61(1)"):
        await extend(department, dossier, 3, "PEN-16")


async def test_what_is_done_is_not_extended_and_what_is_not_there_is_missing(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("ACT_NOT_OPEN"):
        await extend(department, dossier, 30, "PEN-15")
    async with department.refused("NOT_FOUND"):
        await extend(department, dossier, 30, "PEN-99")


async def test_time_of_an_appraisal_is_not_counted(department: Department) -> None:
    """From 10 to 20 March: ten days, so 31 May becomes 10 June, a Wednesday."""
    dossier = await department.filed()
    department.now = on("2026-03-25")

    reply = await exclude(department, dossier, on("2026-03-10"), on("2026-03-20"))

    assert (day(reply.deadline), reply.deadline.state) == ("2026-06-10", CLOCK_STATE_RUNNING)
    [taken] = reply.deadline.excluded
    assert (taken.ground, taken.citation.code) == (GROUND_APPRAISAL, "SAMR-2022:64(2)")


async def test_overlapping_time_counts_once(department: Department) -> None:
    dossier = await department.filed()
    department.now = on("2026-03-25")
    await exclude(department, dossier, on("2026-03-10"), on("2026-03-20"))

    reply = await exclude(
        department, dossier, on("2026-03-15"), on("2026-03-22"), ground=GROUND_HEARING, cause="听证"
    )

    assert day(reply.deadline) == "2026-06-12"


async def test_a_suspended_term_does_not_run_out_and_runs_on(department: Department) -> None:
    """Suspended from 5 March to 1 July, 118 days: 31 May becomes 26 September, in the Mid-Autumn holiday, so the 28th."""
    dossier = await department.filed()
    other = await department.filed()
    department.now = on("2026-03-05")
    suspended = await exclude(department, dossier, department.now)
    department.now = on("2026-07-01")
    await until_state(department, other.case_id, "PEN-15", CLOCK_STATE_EXPIRED)
    waiting = await term(department, dossier.case_id, "PEN-15")

    reply = await department.do("ResumeTime", UNIT, case_id=dossier.case_id, clock_id="PEN-15")

    assert suspended.deadline.state == waiting.state == CLOCK_STATE_SUSPENDED
    assert (day(reply.deadline), reply.deadline.state) == ("2026-09-28", CLOCK_STATE_RUNNING)
    assert department.names(dossier.case_id)[-2:] == ["TimeExcluded", "TimeResumed"]
    everything = department.running.entries(0, 10**9)
    passed = [e for e in everything if e.subject == dossier.case_id and e.type.endswith("DeadlinePassed")]
    assert "PEN-15" not in {events.DeadlinePassed.FromString(e.data).deadline.clock_id for e in passed}


async def test_a_term_is_suspended_and_resumed_once(department: Department) -> None:
    dossier = await department.filed()
    async with department.refused("ACT_NOT_OPEN"):
        await department.do("ResumeTime", UNIT, case_id=dossier.case_id, clock_id="PEN-15")
    await exclude(department, dossier, department.now)

    async with department.refused("ACT_NOT_OPEN"):
        await exclude(department, dossier, department.now)


async def test_a_decision_ends_a_term_that_was_suspended(department: Department) -> None:
    dossier = await department.noticed()
    since = department.now
    await exclude(department, dossier, since)
    department.now = WINDOW_END + INSTANT

    decided = (await department.decide(dossier)).case

    [deadline] = [x for x in decided.deadlines if x.clock_id == "PEN-15"]
    assert deadline.state == law_pb2.CLOCK_STATE_MET
    assert [x.until_time for x in deadline.excluded] == [stamp(department.now)]


async def test_only_what_the_statute_names_is_excluded(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("TIME_NOT_EXCLUDABLE", law="SAMR-2022:81;APL-2021:61(1)") as told:
        await exclude(department, dossier, department.now, clock_id="PEN-16")

    assert told.metadata["ground"] == "APPRAISAL"


async def test_suspending_an_inquiry_is_for_the_head(department: Department) -> None:
    dossier = await department.filed()

    async with department.refused("SUSPENSION_NOT_APPROVED", law="SAMR-2022:46"):
        await exclude(department, dossier, department.now, ground=GROUND_SUSPENSION, by=UNIT)
    reply = await exclude(department, dossier, department.now, ground=GROUND_SUSPENSION)

    assert reply.deadline.state == CLOCK_STATE_SUSPENDED


async def test_an_officer_of_another_case_excludes_nothing(department: Department) -> None:
    dossier = await department.investigating()
    stranger = await department.officer(dossier.body_id)

    async with department.refused("NOT_ON_CASE"):
        await exclude(department, dossier, department.now, by=stranger.who)
    reply = await exclude(department, dossier, department.now, by=dossier.who)

    assert reply.deadline.state == CLOCK_STATE_SUSPENDED


async def test_time_outside_the_term_is_not_excluded(department: Department) -> None:
    dossier = await department.filed()
    department.now = on("2026-07-01")

    async with department.refused("ACTS_OUT_OF_ORDER"):
        await exclude(department, dossier, START - DAY, START + DAY)
    async with department.refused("EXCLUDED_AFTER_END"):
        await exclude(department, dossier, on("2026-06-10"), on("2026-06-20"))


async def test_time_excluded_after_the_end_lets_the_term_run_again(department: Department) -> None:
    dossier = await department.filed()
    department.now = on("2026-06-02")
    await until_state(department, dossier.case_id, "PEN-15", CLOCK_STATE_EXPIRED)

    reply = await exclude(department, dossier, on("2026-03-10"), on("2026-03-20"))

    assert (day(reply.deadline), reply.deadline.state) == ("2026-06-10", CLOCK_STATE_RUNNING)


async def test_what_falls_due_first_comes_first_page_by_page(department: Department) -> None:
    mine = {(await department.filed()).case_id for _ in range(3)}
    request = {"before_time": stamp(on("2026-12-31")), "page_size": 2}

    found: list[law_pb2.Deadline] = []
    token = ""
    while True:
        page = await department.do("ListDeadlines", HEAD, page_token=token, **request)
        found += page.deadlines
        if not (token := page.next_page_token):
            break

    dues = [x.due_time.ToNanoseconds() for x in found]
    assert dues == sorted(dues) and {x.state for x in found} == {CLOCK_STATE_RUNNING}
    assert len({(x.subject_id, x.clock_id) for x in found}) == len(found)
    ours = [x for x in found if x.subject_id in mine]
    assert {x.clock_id for x in ours} == {"PEN-15"} and len(ours) == 3
    assert all(x.case_number.startswith("示罚立〔2026〕") for x in ours)


async def test_deadlines_of_another_state_and_of_no_time(department: Department) -> None:
    dossier = await department.filed()
    await exclude(department, dossier, department.now)

    suspended = await department.do("ListDeadlines", HEAD, state=CLOCK_STATE_SUSPENDED, page_size=500)
    none = await department.do("ListDeadlines", HEAD, before_time=stamp(on("2020-01-01")))

    assert dossier.case_id in {x.subject_id for x in suspended.deadlines}
    assert {x.state for x in suspended.deadlines} == {CLOCK_STATE_SUSPENDED}
    assert not none.deadlines
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await department.do("ListDeadlines", HEAD, page_token="???")
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


# Sectors --------------------------------------------------------------------------------------------


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def housing(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Department]:
    """A department with bodies of several fields."""
    d = Department(tmp_path_factory.mktemp("housing"))
    await d.start()
    yield d
    await d.stop()


async def clue_of(d: Department, field: str) -> cases.Case:
    n = next(serial)
    body = body_pb2.EnforcementBody(
        body_id=f"B-{n}", name=f"示例执法机关{n}", node=NODE, document_prefix="示罚", field=field,
        state=body_pb2.BODY_STATE_PUBLISHED, version=1,
    )  # fmt: skip
    await d.hear(registry.BodyConfirmed(body=body))
    reply = await d.do(
        "RegisterClue",
        UNIT,
        body_id=body.body_id,
        source=cases.CLUE_SOURCE_INSPECTION,
        summary="巡查发现",
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例当事人"),
        violation=violation(d.now - DAY, law=LAW),
        evidence=FIRST_EVIDENCE,
    )
    return reply.case


async def test_a_sector_runs_its_own_clocks(housing: Department) -> None:
    case = await clue_of(housing, "住房和城乡建设")

    filed = (await housing.do("FileCase", HEAD, case_id=case.case_id)).case

    assert (case.sector, [x.clock_id for x in case.deadlines]) == ("housing", ["PEN-03"])
    assert case.deadlines[0].citation.code == "MOHURD-2022:15(1)"
    assert {x.clock_id: x.state for x in filed.deadlines}["PEN-03"] == law_pb2.CLOCK_STATE_MET


async def test_a_body_of_another_field_goes_by_the_rules_of_its_own(housing: Department) -> None:
    case = await clue_of(housing, "生态环境")

    assert (case.sector, [x.clock_id for x in case.deadlines]) == ("environment", ["PEN-03"])
    assert case.deadlines[0].citation.code == "ENV-2023:18"


async def test_what_only_the_agency_orders_is_cited_as_that(housing: Department) -> None:
    """No rule gives the days of legal review in the environmental field; the agency's own layer does."""
    case = await clue_of(housing, "海关")

    assert (case.sector, [x.clock_id for x in case.deadlines]) == ("", ["PEN-03"])
    assert case.deadlines[0].citation.code == "INTERNAL"


async def test_a_sectors_own_extension_holds(housing: Department) -> None:
    """Ten working days there, fifteen elsewhere (MOHURD 15, SAMR 18)."""
    case = await clue_of(housing, "住房和城乡建设")
    dossier = Dossier(case.case_id, case.body_id)

    async with housing.refused("EXTENSION_TOO_LONG", law="MOHURD-2022:15(1)"):
        await extend(housing, dossier, 15, "PEN-03")
    reply = await extend(housing, dossier, 10, "PEN-03")

    assert reply.deadline.extensions[0].unit == "working_day"


@pytest.mark.parametrize(
    ("field", "most", "law"),
    [("城市管理", 60, "MOHURD-2022:29(1)"), ("生态环境", 30, "ENV-2023:57(1)")],
)
async def test_the_heads_together_go_as_far_as_their_sectors_rule(
    housing: Department, field: str, most: int, law: str
) -> None:
    case = await clue_of(housing, field)
    await housing.do("FileCase", HEAD, case_id=case.case_id)
    dossier = Dossier(case.case_id, case.body_id)
    await extend(housing, dossier, 30)

    async with housing.refused("EXTENSION_TOO_LONG", law=law):
        await extend(housing, dossier, most + 1, **HEADS)
    reply = await extend(housing, dossier, most, **HEADS)

    assert [(x.amount, x.citation.code) for x in reply.deadline.extensions] == [(30, law), (most, law)]


def test_a_sector_that_no_law_knows_is_refused_at_start(tmp_path: Any) -> None:
    d = Department(tmp_path)
    file = d.folder / "node.toml"
    file.write_text(file.read_text() + '[law.sectors]\n"航运" = "shipping"\n')

    with pytest.raises(BadSettings, match="there is no sector shipping"):
        surroundings(Settings.load(file))

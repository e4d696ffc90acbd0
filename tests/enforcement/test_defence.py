"""Notice, statement, waiver, hearing, recheck."""

from datetime import datetime

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    CLERK,
    HOST,
    HOUR,
    INSTANT,
    START,
    UNIT,
    WINDOW_END,
    Dossier,
    fine,
    stamp,
    yuan,
)


async def statement(d: Department, dossier: Dossier, text: str = "请求从轻", **fields: object) -> cases.Case:
    reply = await d.do("RecordStatement", dossier.who, case_id=dossier.case_id, statement=text, **fields)
    return reply.case


async def waive(d: Department, dossier: Dossier) -> cases.Case:
    return (await d.act("WaiveDefence", dossier, CLERK)).case


async def request(d: Department, dossier: Dossier, **fields: object) -> cases.Case:
    return (await d.do("RequestHearing", CLERK, case_id=dossier.case_id, **fields)).case


async def hold(d: Department, dossier: Dossier, by: tuple[str, ...] = HOST, **fields: object) -> cases.Case:
    return await d.hold(dossier, by, **({"record": "听证笔录"} | fields))


async def recheck(d: Department, dossier: Dossier, by: tuple[str, ...] = UNIT) -> cases.Case:
    return (await d.do("RecheckDefence", by, case_id=dossier.case_id, opinion="不予采纳", adopted=False)).case


@pytest.mark.parametrize("missing", ["facts", "reasons", "basis"])
async def test_a_notice_tells_facts_reasons_and_basis(department: Department, missing: str) -> None:
    dossier = await department.reviewed()

    async with department.refused("PRIOR_NOTICE_INCOMPLETE", law="APL-2021:44"):
        await department.notice(dossier, **{missing: " "})


async def test_a_notice_is_served_while_the_certificates_of_those_who_handle_the_case_hold(
    department: Department,
) -> None:
    """By the day on which it is served, whoever records it (APL 42(1))."""
    dossier = await department.reviewed()
    await department.suspend(dossier.officers[1], START + HOUR, START + 2 * HOUR)
    department.now = START + 3 * HOUR

    async with department.refused("CERTIFICATE_SUSPENDED", law="APL-2021:42(1)") as told:
        await department.notice(dossier, serve_time=stamp(START + HOUR))
    served = (await department.notice(dossier, serve_time=stamp(START + 2 * HOUR))).case

    assert told.metadata["officer_id"] == dossier.ids[1]
    assert served.state == cases.CASE_STATE_NOTICED


WARNED = {"kinds": [penalties.PENALTY_KIND_WARNING], "band_code": "3"}


@pytest.mark.parametrize(
    ("kind", "proposal", "must_tell"),
    [
        (parties.PARTY_KIND_ORGANISATION, fine(100000), True),
        (parties.PARTY_KIND_ORGANISATION, fine(99999.99), False),
        (parties.PARTY_KIND_CITIZEN, fine(20000), True),
        (parties.PARTY_KIND_CITIZEN, fine(4999.99, band_code="2", base=yuan(2000)), False),
        (parties.PARTY_KIND_CITIZEN, fine(5000, band_code="2", base=yuan(2000)), True),
        (parties.PARTY_KIND_SOLE_TRADER, fine(5000, band_code="2", base=yuan(2000)), True),
        (
            parties.PARTY_KIND_ORGANISATION,
            fine(30000, kinds=[penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CLOSURE]),
            True,
        ),
        (
            parties.PARTY_KIND_ORGANISATION,
            fine(
                30000,
                kinds=[penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS],
                confiscation=yuan(100000),
            ),
            True,
        ),
        (parties.PARTY_KIND_ORGANISATION, fine(0, **WARNED), False),
    ],
)
async def test_the_right_to_a_hearing_is_told(
    department: Department, kind: int, proposal: penalties.Penalty, must_tell: bool
) -> None:
    dossier = await department.reviewed(proposal, kind=kind)

    if must_tell:
        async with department.refused("HEARING_RIGHT_NOT_TOLD", law="APL-2021:63(1)") as told:
            await department.notice(dossier, hearing_right_told=False)
        assert "threshold" in told.metadata
    reply = await department.notice(dossier, hearing_right_told=must_tell)

    assert reply.case.state == cases.CASE_STATE_NOTICED
    assert reply.case.notice.penalty == proposal


@pytest.mark.parametrize(
    "kind", [penalties.PENALTY_KIND_SUSPENSION_OF_LICENCE, penalties.PENALTY_KIND_RESTRICTION_OF_OPERATION]
)
async def test_kinds_that_only_the_sector_names_give_a_right_to_a_hearing_there(
    department: Department, kind: int
) -> None:
    proposal = fine(0, kinds=[kind], fine=None, band_code="3")
    held = await department.reviewed(proposal, body_id=await department.body(field="生态环境"))
    free = await department.reviewed(proposal, body_id=await department.body(field="住房和城乡建设"))

    async with department.refused("HEARING_RIGHT_NOT_TOLD", law="APL-2021:63(1);ENV-2023:46"):
        await department.notice(held, hearing_right_told=False)
    await department.notice(free, hearing_right_told=False)


async def test_a_notice_lies_between_the_review_and_now(department: Department) -> None:
    dossier = await department.reviewed()
    department.now = START + HOUR

    async with department.refused("ACTS_OUT_OF_ORDER") as told:
        await department.notice(dossier, serve_time=stamp(START - INSTANT))
    async with department.refused("ACT_IN_FUTURE"):
        await department.notice(dossier, serve_time=stamp(START + HOUR + INSTANT))
    reply = await department.notice(dossier, serve_time=stamp(START))

    assert told.metadata["after"] == "2026-03-02T09:00:00+08:00"
    assert reply.case.notice.serve_time == stamp(START)


async def test_the_window_counts_working_days_around_a_holiday(department: Department) -> None:
    """Served on Thursday, 2 April 2026: Qingming rests from the 4th to the 6th."""
    dossier = await department.reviewed()
    department.now = datetime(2026, 4, 2, 16, 0, tzinfo=SHANGHAI)

    reply = await department.notice(dossier)

    end = datetime(2026, 4, 10, 23, 59, 59, 999999, tzinfo=SHANGHAI)
    assert reply.case.notice.window_end == stamp(end)
    windows = {d.clock_id: d.due_time for d in reply.case.deadlines if d.clock_id in ("PEN-10", "PEN-11")}
    assert windows == {"PEN-10": stamp(end), "PEN-11": stamp(end)}


async def test_a_clerk_or_a_handling_officer_serves(department: Department) -> None:
    dossier = await department.reviewed()
    stranger = await department.officer(dossier.body_id)

    async with department.refused("NOT_ON_CASE"):
        await department.notice(dossier, by=stranger.who)
    reply = await department.notice(dossier, by=dossier.who)

    assert reply.case.state == cases.CASE_STATE_NOTICED


async def test_statements_add_up_and_stop_the_clock(department: Department) -> None:
    dossier = await department.noticed()

    first = await statement(department, dossier, "其一")
    second = await statement(department, dossier, "其二")

    assert first.state == second.state == cases.CASE_STATE_DEFENCE
    assert second.defence.statement == "其一\n其二"
    assert {d.clock_id: d.state for d in second.deadlines if d.clock_id in ("PEN-10", "PEN-11")} == {
        "PEN-10": 2,
        "PEN-11": 1,
    }


async def test_a_case_does_not_outgrow_its_events(department: Department) -> None:
    dossier = await department.noticed()
    for _ in range(11):
        await statement(department, dossier, "辩" * 20000)

    async with department.refused("MALFORMED") as told:
        await statement(department, dossier, "辩" * 20000)

    assert told.fields == ["case"]
    assert len(department.names(dossier.case_id)) == 8 + 11


async def test_a_statement_answers_the_notice(department: Department) -> None:
    dossier = await department.noticed()

    async with department.refused("ACTS_OUT_OF_ORDER"):
        await statement(department, dossier, receive_time=stamp(START - INSTANT))


@pytest.mark.parametrize("method", ["RecordStatement", "WaiveDefence", "RequestHearing", "RecheckDefence"])
async def test_strangers_do_not_act_for_the_case(department: Department, method: str) -> None:
    dossier = await department.noticed()
    if method == "RecheckDefence":
        await statement(department, dossier)
    stranger = await department.officer(dossier.body_id)
    fields = {
        "RecordStatement": {"statement": "x"},
        "WaiveDefence": {"proof": "x"},
        "RecheckDefence": {"opinion": "x"},
    }

    async with department.refused("NOT_ON_CASE", more=method == "WaiveDefence"):
        await department.do(method, stranger.who, case_id=dossier.case_id, **fields.get(method, {}))


async def test_a_new_statement_has_to_be_rechecked_again(department: Department) -> None:
    dossier = await department.noticed()
    await statement(department, dossier)
    checked = await recheck(department, dossier)

    again = await statement(department, dossier, "补充")

    assert checked.state == cases.CASE_STATE_RECHECKED and checked.defence.recheck_opinion == "不予采纳"
    assert again.state == cases.CASE_STATE_DEFENCE and not again.defence.HasField("recheck_time")


async def test_a_hearing_is_asked_for_inside_the_window(department: Department) -> None:
    dossier = await department.noticed()
    department.now = WINDOW_END + HOUR

    async with department.refused("HEARING_REQUEST_LATE", law="APL-2021:64[1]") as told:
        await request(department, dossier)
    case = await request(department, dossier, request_time=stamp(WINDOW_END))

    assert told.metadata["window_end"] == "2026-03-09T23:59:59+08:00"
    assert case.state == cases.CASE_STATE_HEARING_SET


async def test_a_case_is_heard_once(department: Department) -> None:
    dossier = await department.noticed()
    await request(department, dossier)
    await hold(department, dossier)
    await recheck(department, dossier)

    async with department.refused("ALREADY_DONE"):
        await request(department, dossier, request_time=stamp(START))


async def test_a_hearing_asked_for_is_held_before_the_recheck(department: Department) -> None:
    dossier = await department.noticed()
    await statement(department, dossier)
    await request(department, dossier)

    async with department.refused("HEARING_NOT_HELD", law="APL-2021:63(1)"):
        await recheck(department, dossier)
    withdrawn = await waive(department, dossier)
    case = await recheck(department, dossier)

    assert withdrawn.state == cases.CASE_STATE_HEARING_SET
    assert withdrawn.defence.waive_proof.startswith("E-")
    assert case.state == cases.CASE_STATE_RECHECKED

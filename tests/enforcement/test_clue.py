"""Clues: registered by a confirmed body, filed inside the limitation period, declined only with a reason."""

from datetime import datetime

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.given.case import FIRST_EVIDENCE, LAW, violation
from services.given.people import credit_code, id_number
from services.law.calendar import SHANGHAI
from services.law.identity import masked
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, INSTANT, START, UNIT, stamp


async def register(d: Department, body_id: str, **fields: object) -> cases.Case:
    values = {
        "source": cases.CLUE_SOURCE_COMPLAINT,
        "summary": "举报",
        "party": parties.Party(
            kind=parties.PARTY_KIND_CITIZEN, name="示例当事人", identity_number="440700198001010013"
        ),
        "violation": violation(d.now - DAY, title="示例", law=LAW),
        "evidence": FIRST_EVIDENCE,
    }
    return (await d.do("RegisterClue", UNIT, body_id=body_id, **(values | fields))).case


async def test_an_unconfirmed_body_registers_no_clue(department: Department) -> None:
    async with department.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)") as told:
        await register(department, "B-unknown")

    assert told.metadata["body_id"] == "B-unknown"


async def test_a_body_of_another_node_registers_no_clue_here(department: Department) -> None:
    elsewhere = await department.body(node="chengguan")

    async with department.refused("SUBJECT_NOT_QUALIFIED"):
        await register(department, elsewhere)


async def test_a_withdrawn_body_files_no_case(department: Department) -> None:
    dossier = await department.clue()
    await department.withdraw(dossier.body_id)

    async with department.refused("SUBJECT_NOT_QUALIFIED"):
        await department.do("FileCase", HEAD, case_id=dossier.case_id)


async def test_an_older_announcement_of_a_body_changes_nothing(department: Department) -> None:
    body_id = await department.body()
    old = body_pb2.EnforcementBody(body_id=body_id, state=body_pb2.BODY_STATE_WITHDRAWN, version=0)
    await department.hear(registry.BodyWithdrawn(body=old))

    case = await register(department, body_id)

    assert case.state == cases.CASE_STATE_CLUE


async def test_only_the_city_announces_bodies(department: Department) -> None:
    body = body_pb2.EnforcementBody(body_id="B-forged", node="huanbao", version=1)

    with pytest.raises(Exception, match="only city may announce it"):
        await department.hear(registry.BodyConfirmed(body=body), node="chengguan")

    async with department.refused("SUBJECT_NOT_QUALIFIED"):
        await register(department, "B-forged")


async def test_a_clue_is_not_received_in_the_future(department: Department) -> None:
    body_id = await department.body()

    case = await register(department, body_id, receive_time=stamp(START))
    async with department.refused("ACT_IN_FUTURE") as told:
        await register(department, body_id, receive_time=stamp(START + INSTANT))

    assert case.clue.receive_time == stamp(START)
    assert told.metadata["at"] == "2026-03-02T09:00:00+08:00"


@pytest.mark.parametrize(
    "at", [datetime(2021, 7, 14, 23, 59, tzinfo=SHANGHAI), datetime(1, 1, 2, tzinfo=SHANGHAI)]
)
async def test_a_clue_is_not_older_than_the_act(department: Department, at: datetime) -> None:
    body_id = await department.body()

    async with department.refused("MALFORMED") as told:
        await register(department, body_id, receive_time=stamp(at))

    assert told.fields == ["receive_time"]


async def test_times_beyond_the_calendar_are_malformed(department: Department) -> None:
    body_id = await department.body()
    violation = penalties.Violation(title="示例")
    violation.occur_time.seconds = 10**15

    async with department.refused("MALFORMED") as told:
        await register(department, body_id, violation=violation)

    assert told.fields == ["violation.occur_time"]


async def test_a_party_has_a_kind_and_a_name(department: Department) -> None:
    body_id = await department.body()

    async with department.refused("MALFORMED") as told:
        await register(department, body_id, party=parties.Party())

    assert set(told.fields) == {"party.kind", "party.name"}


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        (parties.PARTY_KIND_CITIZEN, id_number(1)[:17] + "?", "party.identity_number: holds"),
        (parties.PARTY_KIND_CITIZEN, credit_code(1, "91"), "no day at places 7 to 14"),
        (parties.PARTY_KIND_ORGANISATION, "91440700000000001X", "fails its check character"),
        (parties.PARTY_KIND_ORGANISATION, id_number(1), "check character"),
        (parties.PARTY_KIND_SOLE_TRADER, "914407000000000O16", 'holds "O"'),
    ],
)
async def test_a_party_with_a_wrong_number_is_refused_for_what_is_wrong_with_it(
    department: Department, kind: int, number: str, said: str
) -> None:
    body_id = await department.body()
    party = parties.Party(kind=kind, name="示例当事人", identity_number=number)

    async with department.refused("MALFORMED") as told:
        await register(department, body_id, party=party)

    assert told.fields == ["party.identity_number"] and said in told.en and told.zh


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [
        (parties.PARTY_KIND_CITIZEN, f" {id_number(1)[:6]} {id_number(1)[6:]}", id_number(1)),
        (parties.PARTY_KIND_CITIZEN, "E12345678", "E12345678"),
        (parties.PARTY_KIND_SOLE_TRADER, id_number(1), id_number(1)),
        (parties.PARTY_KIND_SOLE_TRADER, credit_code(1, "92"), credit_code(1, "92")),
        (parties.PARTY_KIND_ORGANISATION, "９１440700 0000 0000 16", "914407000000000016"),
        (parties.PARTY_KIND_ORGANISATION, "", ""),
    ],
)
async def test_a_partys_number_is_kept_in_one_spelling(
    department: Department, kind: int, number: str, kept: str
) -> None:
    party = parties.Party(kind=kind, name="示例当事人", identity_number=number)

    case = await register(department, await department.body(), party=party)

    assert case.party.identity_number == masked(kept)


async def test_an_old_violation_is_not_filed(department: Department) -> None:
    body_id = await department.body()
    # The second of March 2024 plus two years; the last day still counts.
    last = penalties.Violation(
        title="示例", law=LAW, occur_time=stamp(datetime(2024, 3, 2, 0, 0, tzinfo=SHANGHAI))
    )
    late = penalties.Violation(
        title="示例", law=LAW, occur_time=stamp(datetime(2024, 3, 1, 23, 0, tzinfo=SHANGHAI))
    )

    in_time = await register(department, body_id, violation=last)
    too_late = await register(department, body_id, violation=late)

    filed = await department.do("FileCase", HEAD, case_id=in_time.case_id)
    assert filed.case.state == cases.CASE_STATE_FILED
    async with department.refused("LIMITATION_EXPIRED", law="APL-2021:36(1)"):
        await department.do("FileCase", HEAD, case_id=too_late.case_id)


async def test_harm_to_safety_is_pursued_for_five_years(department: Department) -> None:
    body_id = await department.body()
    violation = penalties.Violation(
        title="示例", law=LAW, occur_time=stamp(START - 1200 * DAY), harm_to_safety=True
    )

    case = await register(department, body_id, violation=violation)

    filed = await department.do("FileCase", HEAD, case_id=case.case_id)
    assert filed.case.case_number


async def test_limitation_looks_at_the_discovery_not_at_the_filing(department: Department) -> None:
    body_id = await department.body()
    violation = penalties.Violation(
        title="示例", law=LAW, occur_time=stamp(datetime(2024, 3, 5, tzinfo=SHANGHAI))
    )
    case = await register(department, body_id, violation=violation)

    department.now += 10 * DAY

    filed = await department.do("FileCase", HEAD, case_id=case.case_id)
    assert filed.case.state == cases.CASE_STATE_FILED


async def test_declining_needs_a_reason(department: Department) -> None:
    dossier = await department.clue()

    async with department.refused("NON_FILING_REASON_REQUIRED", law="SAMR-2022:20"):
        await department.do("DeclineClue", HEAD, case_id=dossier.case_id, cause="  ")
    reply = await department.do("DeclineClue", HEAD, case_id=dossier.case_id, cause="违法行为轻微并及时改正")

    assert reply.case.state == cases.CASE_STATE_NOT_FILED
    assert reply.case.cause == "违法行为轻微并及时改正"
    assert department.names(dossier.case_id) == ["ClueRegistered", "ClueNotFiled"]


async def test_a_declined_clue_stays_declined(department: Department) -> None:
    dossier = await department.clue()
    await department.do("DeclineClue", HEAD, case_id=dossier.case_id, cause="轻微")

    async with department.refused("ACT_NOT_OPEN") as told:
        await department.do("FileCase", HEAD, case_id=dossier.case_id)

    assert told.metadata["act"] == "FileCase"
    assert told.metadata["state"] == "NOT_FILED"
    assert told.metadata["open_acts"] == (
        "AnnounceOwnCorrection,ServeOwnCorrection,WithdrawPublication,CorrectCredit,RecordRefund"
    )
    assert "立案" in told.zh


async def test_a_case_ends_without_a_decision(department: Department) -> None:
    dossier = await department.filed()

    ended = await department.do("TerminateCase", HEAD, case_id=dossier.case_id, cause="当事人死亡")
    closed = await department.do("CloseCase", HEAD, case_id=dossier.case_id, report="终止调查结案")

    assert ended.case.state == cases.CASE_STATE_TERMINATED
    assert closed.case.state == cases.CASE_STATE_CLOSED
    assert {d.clock_id: d.state for d in ended.case.deadlines} == {"PEN-03": 2, "PEN-15": 2, "PEN-25": 1}
    assert {d.clock_id: d.state for d in closed.case.deadlines} == {"PEN-03": 2, "PEN-15": 2, "PEN-25": 2}
    async with department.refused("DECISION_MISSING", law="APL-2021:48(1)"):
        await department.do("PublishDecision", CLERK, case_id=dossier.case_id, address="门户网站")


async def test_the_clocks_of_a_review_and_a_notice_end_with_the_case(department: Department) -> None:
    reviewing, noticed = await department.reviewing(), await department.noticed()

    ended = [
        (await department.do("TerminateCase", HEAD, case_id=d.case_id, cause="主体灭失")).case
        for d in (reviewing, noticed)
    ]

    running = [{d.clock_id for d in case.deadlines if d.state == 1} for case in ended]
    assert running == [{"PEN-25"}, {"PEN-25"}]


async def test_the_day_of_the_act_is_stated_before_a_case_is_filed(department: Department) -> None:
    body_id = await department.body()
    clue = await register(department, body_id, violation=penalties.Violation(title="示例", law=LAW))

    async with department.refused("OCCUR_TIME_MISSING", law="APL-2021:36(2)"):
        await department.do("FileCase", HEAD, case_id=clue.case_id)
    async with department.refused("ACTS_OUT_OF_ORDER", law="APL-2021:36(2)"):
        await department.do("FileCase", HEAD, case_id=clue.case_id, occur_time=stamp(department.now + DAY))
    async with department.refused("LIMITATION_EXPIRED", law="APL-2021:36(1)"):
        await department.do("FileCase", HEAD, case_id=clue.case_id, occur_time=stamp(START - 735 * DAY))
    filed = await department.do("FileCase", HEAD, case_id=clue.case_id, occur_time=stamp(START - DAY))

    assert filed.case.violation.occur_time == stamp(START - DAY)

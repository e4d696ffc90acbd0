"""The inquiry: who may act, with which certificate, at which moment; evidence; the report."""

import asyncio
from datetime import datetime

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.registry.v1 import events_pb2 as registry

from services.law.calendar import SHANGHAI
from tests.enforcement.department import (
    DAY,
    HOUR,
    INSTANT,
    START,
    UNIT,
    Department,
    Officer,
    fine,
    stamp,
    yuan,
)


async def assign(d: Department, case_id: str, officers: list[Officer]) -> cases.Case:
    ids = [o.officer_id for o in officers]
    return (await d.do("AssignOfficers", UNIT, case_id=case_id, officer_ids=ids)).case


async def test_one_officer_is_too_few(department: Department) -> None:
    dossier = await department.filed()
    officer = await department.officer(dossier.body_id)

    async with department.refused("TOO_FEW_OFFICERS", law="APL-2021:42(1)"):
        await assign(department, dossier.case_id, [officer])
    async with department.refused("TOO_FEW_OFFICERS"):
        await assign(department, dossier.case_id, [officer, officer])


async def test_officers_need_certificates(department: Department) -> None:
    dossier = await department.filed()
    officer = await department.officer(dossier.body_id)
    trainee = await department.officer(dossier.body_id, certified=False)

    async with department.refused("TWO_CERTIFIED_OFFICERS", law="APL-2021:42(1)") as told:
        await assign(department, dossier.case_id, [officer, trainee])

    assert told.metadata["officer_id"] == trainee.officer_id
    assert told.metadata["case_id"] == dossier.case_id


async def test_every_broken_rule_is_told_at_once(department: Department) -> None:
    dossier = await department.filed()
    trainee = await department.officer(dossier.body_id, certified=False)

    async with department.refused("TOO_FEW_OFFICERS", "TWO_CERTIFIED_OFFICERS"):
        await assign(department, dossier.case_id, [trainee])


async def test_a_suspended_officer_is_not_assigned(department: Department) -> None:
    dossier = await department.filed()
    officers = [await department.officer(dossier.body_id) for _ in range(2)]
    await department.suspend(officers[1], START)

    async with department.refused("CERTIFICATE_SUSPENDED") as told:
        await assign(department, dossier.case_id, officers)

    assert told.metadata["officer_id"] == officers[1].officer_id


async def test_a_suspension_to_come_does_not_hold_yet(department: Department) -> None:
    dossier = await department.filed()
    officers = [await department.officer(dossier.body_id) for _ in range(2)]
    await department.suspend(officers[1], START + INSTANT)

    case = await assign(department, dossier.case_id, officers)

    assert case.state == cases.CASE_STATE_INVESTIGATING
    assert [o.certificate_number for o in case.officers] == [
        o.certificate.certificate_number for o in officers
    ]


async def test_officers_are_replaced_in_the_inquiry(department: Department) -> None:
    dossier = await department.investigating()
    fresh = await department.officer(dossier.body_id)

    case = await assign(department, dossier.case_id, [dossier.officers[0], fresh])
    async with department.refused("NOT_ON_CASE"):
        await department.evidence(
            dossier, by=dossier.officers[1].who, collector_ids=[o.officer_id for o in case.officers]
        )

    assert [o.officer_id for o in case.officers] == [dossier.officers[0].officer_id, fresh.officer_id]


async def test_evidence_is_kept(department: Department) -> None:
    dossier = await department.investigating()
    digest = bytes(range(32))

    reply = await department.evidence(dossier, title="照片", sha256=digest, location="档案柜1")

    listed = await department.do("ListEvidence", UNIT, case_id=dossier.case_id)
    assert list(listed.evidence) == [reply.evidence]
    assert reply.evidence.sha256 == digest and list(reply.evidence.collector_ids) == dossier.ids
    assert reply.case.evidence_count == 1
    assert department.names(dossier.case_id)[-1] == "EvidenceRecorded"


async def test_evidence_is_listed_page_by_page(department: Department) -> None:
    dossier = await department.investigating()
    recorded = [(await department.evidence(dossier, title=f"证据{n}")).evidence for n in range(5)]

    first = await department.do("ListEvidence", UNIT, case_id=dossier.case_id, page_size=3)
    token = first.next_page_token
    second = await department.do("ListEvidence", UNIT, case_id=dossier.case_id, page_size=3, page_token=token)

    assert [*first.evidence, *second.evidence] == recorded
    assert not second.next_page_token


async def test_evidence_needs_a_source(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("EVIDENCE_INADMISSIBLE", law="APL-2021:46"):
        await department.evidence(dossier, source=" ")


async def test_evidence_needs_two_collectors(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("TOO_FEW_OFFICERS", "EVIDENCE_INADMISSIBLE"):
        await department.evidence(dossier, collector_ids=dossier.ids[:1])


async def test_certificates_are_shown(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("CERTIFICATE_NOT_SHOWN", law="APL-2021:55(1)"):
        await department.evidence(dossier, certificate_shown=False)


async def test_only_officers_of_the_case_collect(department: Department) -> None:
    dossier = await department.investigating()
    stranger = await department.officer(dossier.body_id)

    async with department.refused("NOT_ON_CASE") as told:
        await department.evidence(dossier, by=stranger.who)
    async with department.refused("NOT_ON_CASE"):
        await department.evidence(dossier, collector_ids=[dossier.ids[0], stranger.officer_id])

    assert told.metadata["person"] == stranger.officer_id


async def test_standing_is_that_of_the_moment_of_collecting(department: Department) -> None:
    dossier = await department.investigating()
    since = START + HOUR
    department.now = START + 2 * HOUR
    await department.suspend(dossier.officers[1], since)

    kept = await department.evidence(dossier, collect_time=stamp(since - INSTANT))
    async with department.refused("CERTIFICATE_SUSPENDED") as told:
        await department.evidence(dossier, collect_time=stamp(since))

    assert kept.case.evidence_count == 1
    assert told.metadata["at"] == "2026-03-02T10:00:00+08:00"


async def test_a_restored_officer_may_collect_again(department: Department) -> None:
    dossier = await department.investigating()
    department.now = START + 3 * HOUR
    until = START + 2 * HOUR
    await department.suspend(dossier.officers[1], START + HOUR, until)

    async with department.refused("CERTIFICATE_SUSPENDED"):
        await department.evidence(dossier, collect_time=stamp(until - INSTANT))
    reply = await department.evidence(dossier, collect_time=stamp(until))

    assert reply.case.evidence_count == 1


async def test_an_expired_certificate_does_not_count(department: Department) -> None:
    dossier = await department.investigating()
    end = dossier.officers[0].certificate.expire_time.ToDatetime(tzinfo=SHANGHAI)
    department.now = end

    reply = await department.evidence(dossier, collect_time=stamp(end - INSTANT))
    async with department.refused("TWO_CERTIFIED_OFFICERS"):
        await department.evidence(dossier, collect_time=stamp(end))

    assert reply.case.evidence_count == 1


async def test_a_revoked_certificate_counts_up_to_its_revocation(department: Department) -> None:
    dossier = await department.investigating()
    certificate = dossier.officers[1].certificate
    certificate.expire_time.CopyFrom(stamp(START + HOUR))
    certificate.version += 1
    await department.hear(
        registry.CertificateRevoked(certificate=certificate, cause="示例", law="ASR-2025:32")
    )
    department.now = START + 2 * HOUR

    async with department.refused("TWO_CERTIFIED_OFFICERS"):
        await department.evidence(dossier)
    reply = await department.evidence(dossier, collect_time=stamp(START + HOUR - INSTANT))

    assert reply.case.evidence_count == 1


async def test_an_older_certificate_event_changes_nothing(department: Department) -> None:
    dossier = await department.investigating()
    officer = dossier.officers[1]
    await department.suspend(officer, START)
    await department.suspend(officer, START, START + INSTANT)
    restored = officer.certificate
    officer.certificate = type(restored).FromString(restored.SerializeToString())
    officer.certificate.version = 1
    officer.certificate.suspensions[1].ClearField("until_time")

    await department.suspend(officer, START)
    department.now = START + HOUR

    async with department.refused("CERTIFICATE_SUSPENDED"):
        await department.evidence(dossier)


async def test_a_second_certificate_serves_while_the_first_is_suspended(department: Department) -> None:
    dossier = await department.investigating()
    officer = dossier.officers[1]
    await department.suspend(officer, START)
    second = type(officer.certificate).FromString(officer.certificate.SerializeToString())
    second.certificate_number += "-2"
    del second.suspensions[:]

    await department.hear(registry.CertificateIssued(certificate=second))

    reply = await department.evidence(dossier)
    assert reply.case.evidence_count == 1


@pytest.mark.parametrize(("offset", "reason"), [(INSTANT, "ACT_IN_FUTURE"), (-DAY, "ACTS_OUT_OF_ORDER")])
async def test_evidence_lies_between_the_clue_and_now(
    department: Department, offset: object, reason: str
) -> None:
    dossier = await department.investigating()

    async with department.refused(reason):
        await department.evidence(dossier, collect_time=stamp(START + offset))


async def test_the_report_needs_evidence(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("RECORD_MISSING", law="APL-2021:40"):
        await department.report(dossier, fine(30000))


async def test_the_report_orders_to_correct(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    async with department.refused("CORRECTION_ORDER_MISSING", law="APL-2021:28(1)"):
        await department.report(dossier, fine(30000, correction_order=" "))


async def test_only_handling_officers_report(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)
    stranger = await department.officer(dossier.body_id)

    async with department.refused("NOT_ON_CASE"):
        await department.report(dossier, fine(30000), by=stranger.who)


@pytest.mark.parametrize(
    "proposal",
    [
        fine(30000, kinds=[]),
        fine(30000, kinds=[0, 3]),
        fine(30000, kinds=[3, 99]),
        fine(0),
        fine(30000, kinds=[cases.PENALTY_KIND_WARNING]),
        fine(30000, confiscation=yuan(1)),
    ],
)
async def test_a_penalty_has_its_kind_and_amount(department: Department, proposal: cases.Penalty) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    async with department.refused("SANCTION_KIND_NOT_ALLOWED", more=True):
        await department.report(dossier, proposal)


@pytest.mark.parametrize(
    "proposal",
    [
        fine(30000, benchmark_id="", band_code=""),
        fine(30000, benchmark_id="示例法:9-9"),
        fine(30000, band_code="9"),
        fine(30000, band_code="2"),
    ],
)
async def test_the_band_is_stated(department: Department, proposal: cases.Penalty) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    async with department.refused("DISCRETION_NOT_STATED", more=True):
        await department.report(dossier, proposal)


WARNING = {"kinds": [cases.PENALTY_KIND_WARNING], "fine": yuan(0), "band_code": "3"}


@pytest.mark.parametrize(
    ("proposal", "inside"),
    [
        (fine(20000), True),
        (fine(19999.99), False),
        (fine(200000), True),
        (fine(200000.01), False),
        (fine(10000, band_code="2", base=yuan(10000)), True),
        (fine(9999.99, band_code="2", base=yuan(10000)), False),
        (fine(30000, band_code="2", base=yuan(10000)), True),
        (fine(30000.01, band_code="2", base=yuan(10000)), False),
        (fine(0, **WARNING), True),
        (fine(1, band_code="3"), False),
        (fine(1, band_code="4"), True),
        (fine(300000, deviation_reason="情节特殊", deviation_approver="head-1"), True),
        (fine(300000, deviation_reason="情节特殊"), False),
        (fine(300000, deviation_approver="head-1"), False),
        (fine(300000, deviation_reason=" ", deviation_approver=" "), False),
    ],
)
async def test_the_fine_lies_inside_the_band_or_deviates_with_approval(
    department: Department, proposal: cases.Penalty, inside: bool
) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    if inside:
        reply = await department.report(dossier, proposal)
        assert reply.case.proposal == proposal and reply.case.report == "调查终结报告"
        return
    async with department.refused("DISCRETION_OUT_OF_BAND", law="GBF-2022-27:12") as told:
        await department.report(dossier, proposal)
    assert {"fine", "min", "max"} <= told.metadata.keys()


async def test_a_handling_officer_does_not_approve_a_deviation(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)
    own = fine(300000, deviation_reason="情节特殊", deviation_approver=dossier.ids[1])

    async with department.refused("DISCRETION_OUT_OF_BAND") as told:
        await department.report(dossier, own)

    assert told.metadata["fine"] == "300000.00" and told.metadata["max"] == "200000.00"


async def test_negative_money_is_malformed(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    async with department.refused("MALFORMED") as told:
        await department.report(dossier, fine(-1))

    assert told.fields == ["proposal.fine.fen"]


async def test_concurrent_evidence_loses_nothing(department: Department) -> None:
    dossier = await department.investigating()

    await asyncio.gather(*(department.evidence(dossier, title=f"证据{n}") for n in range(40)))

    case = await department.case(dossier.case_id)
    listed = await department.do("ListEvidence", UNIT, case_id=dossier.case_id, page_size=100)
    assert case.evidence_count == 40 == len(listed.evidence)
    assert department.names(dossier.case_id).count("EvidenceRecorded") == 40


async def test_a_suspension_holds_for_acts_later_in_the_same_batch(department: Department) -> None:
    """Writes that wait behind the announcement of a suspension already see it."""
    dossier = await department.investigating()
    department.now = datetime(2026, 3, 2, 11, 0, tzinfo=SHANGHAI)

    suspended = asyncio.create_task(department.suspend(dossier.officers[0], START + HOUR))
    await asyncio.sleep(0)
    async with department.refused("CERTIFICATE_SUSPENDED"):
        await department.evidence(dossier)
    await suspended

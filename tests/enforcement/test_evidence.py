"""Evidence: who collects it, with which certificate, at which moment."""

import asyncio
import threading
from datetime import datetime
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.evidence_pb2 import Monitoring, Sampling
from yifa.registry.v1 import events_pb2 as registry

from services.law.calendar import SHANGHAI
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.registers import in_order, listed_sampler
from tests.enforcement.samples import DAY, HOUR, INSTANT, START, UNIT, Dossier, stamp


async def test_evidence_is_kept(department: Department) -> None:
    dossier = await department.investigating()
    digest = bytes(range(32))

    reply = await department.evidence(dossier, title="照片", sha256=digest, location="档案柜1")

    listed = await department.do("ListEvidence", UNIT, case_id=dossier.case_id)
    assert list(listed.evidence) == [reply.evidence]
    assert reply.evidence.sha256 == digest and list(reply.evidence.collector_ids) == dossier.ids
    assert reply.case.evidence_count == 1
    assert department.names(dossier.case_id)[-1] == "EvidenceRecorded"


async def test_every_act_says_who_did_it_under_which_certificate_when_and_where(
    department: Department,
) -> None:
    dossier = await department.investigating(area="440703")
    first, second = dossier.officers
    assigned = (await department.case(dossier.case_id)).last_act
    department.now += 3 * DAY
    await department.suspend(first, department.now - HOUR)

    reply = await department.evidence(dossier, collect_time=stamp(START + HOUR), area_code="440705")

    act = reply.case.last_act
    assert (assigned.actor, assigned.certificate_number) == (UNIT[0], "")
    assert (act.actor, act.area_code) == (dossier.ids[0], "440705")
    assert act.certificate_number == first.certificate.certificate_number, (
        "it was in force at the moment of the act"
    )
    assert (act.act_time, act.record_time) == (stamp(START + HOUR), stamp(department.now))
    assert reply.evidence.late and reply.evidence.record_time == act.record_time
    assert list(reply.evidence.certificates) == [o.certificate.certificate_number for o in (first, second)]


async def test_a_digest_has_32_bytes(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("MALFORMED") as told:
        await department.evidence(dossier, sha256=b"short")

    assert told.fields == ["sha256"]


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


SAMPLED = {
    "told": "到场通知书1号",
    "present": "仓库管理员",
    "seal_number": "封条1号",
    "list_number": "抽样清单1号",
    "signature": "仓库管理员",
    "sampler": "示例检测所",
    "qualification": "检验检测机构资质认定证书1号",
}


HALF = HOUR / 2
BEFORE_PARTY, SEALED = "SAMR-2022:31(1);SAMR-2022:31(2)", "SAMR-2022:31(1)"
QUALIFIED = "SAMR-2022:31(3)"


@pytest.mark.parametrize(
    ("lacking", "law"),
    [
        ({"told": " "}, BEFORE_PARTY),
        ({"present": ""}, BEFORE_PARTY),
        ({"bought": True}, BEFORE_PARTY),
        ({"seal_number": " "}, SEALED),
        ({"list_number": ""}, SEALED),
        ({"signature": " "}, SEALED),
        ({"qualification": " "}, QUALIFIED),
        ({"sampler": ""}, QUALIFIED),
    ],
)
async def test_a_sample_is_taken_with_the_party_told_sealed_and_listed(
    department: Department, lacking: dict[str, Any], law: str
) -> None:
    dossier = await department.investigating()
    listed = await listed_sampler(department)

    reason = "SAMPLER_NOT_QUALIFIED" if law == QUALIFIED else "SAMPLING_DEFECT"
    async with department.refused(reason, law=law):
        await department.evidence(dossier, sampling=Sampling(**{**SAMPLED, **listed, **lacking}))


async def test_what_is_told_of_a_sample_is_kept_and_nobody_of_the_party_need_come(
    department: Department,
) -> None:
    dossier = await department.investigating()
    named = await listed_sampler(department)
    absent = named | {
        "present": "",
        "signature": "",
        "absence_note": "经通知未到场",
        "signature_note": "当事人不在场",
    }
    bought = Sampling(seal_number="封条2号", list_number="抽样清单2号", bought=True, unasked=True)

    taken = await department.evidence(dossier, sampling=Sampling(**{**SAMPLED, **absent}))
    ordered = await department.evidence(dossier, sampling=bought, sha256=bytes(range(32)), location="证据室")

    listed = await department.do("ListEvidence", UNIT, case_id=dossier.case_id)
    assert list(listed.evidence) == [taken.evidence, ordered.evidence]
    assert (
        taken.evidence.sampling == Sampling(**{**SAMPLED, **absent}) and ordered.evidence.sampling == bought
    )
    assert not taken.evidence.HasField("monitoring")


def monitored(**changed: Any) -> Monitoring:
    said = {
        "device": "在线监控设备3号", "record_time": stamp(START + HALF), "reviewer": "R-1",
        "review_time": stamp(START), "fit": True, "told": "短信告知违法事实及查询方式",
    }  # fmt: skip
    return Monitoring(**{**said, **changed})


@pytest.mark.parametrize(
    ("lacking", "reason", "law"),
    [
        ({"device": " "}, "MONITORING_NOT_REVIEWED", "APL-2021:41(1)"),
        ({"device": "在线监控设备9号"}, "MONITORING_NOT_REVIEWED", "APL-2021:41(1)"),
        ({"record_time": None}, "MONITORING_NOT_REVIEWED", "APL-2021:41(1)"),
        ({"record_time": stamp(START - INSTANT)}, "MONITORING_NOT_REVIEWED", "APL-2021:41(1)"),
        ({"record_time": stamp(START + HOUR + INSTANT)}, "MONITORING_NOT_REVIEWED", "APL-2021:41(1)"),
        ({"reviewer": " "}, "MONITORING_NOT_REVIEWED", "APL-2021:41(2)"),
        ({"review_time": None}, "MONITORING_NOT_REVIEWED", "APL-2021:41(2)"),
        ({"review_time": stamp(START + HOUR + INSTANT)}, "MONITORING_NOT_REVIEWED", "APL-2021:41(2)"),
        ({"fit": False}, "MONITORING_NOT_REVIEWED", "APL-2021:41(2)"),
        ({"told": " "}, "MONITORING_NOT_TOLD", "APL-2021:41(3)"),
    ],
)
async def test_what_a_device_recorded_is_evidence_once_reviewed_and_told(
    department: Department, lacking: dict[str, Any], reason: str, law: str
) -> None:
    dossier = await department.investigating()
    department.now = START
    await in_order(department, dossier.body_id, "在线监控设备3号")
    department.now = START + 2 * HOUR
    at = {"collect_time": stamp(START + HOUR)}

    async with department.refused(reason, law=law):
        await department.evidence(dossier, monitoring=monitored(**lacking), **at)
    kept = await department.evidence(dossier, monitoring=monitored(review_time=stamp(START + HOUR)), **at)

    listed = await department.do("ListEvidence", UNIT, case_id=dossier.case_id)
    assert list(listed.evidence) == [kept.evidence] and kept.evidence.monitoring.place == "某路口"
    assert kept.evidence.monitoring.technical_review == "检定证书", "as the register has it"


async def test_evidence_needs_two_collectors(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("TOO_FEW_OFFICERS", law="APL-2021:42(1)"):
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


async def test_concurrent_evidence_loses_nothing(department: Department) -> None:
    dossier = await department.investigating()

    await asyncio.gather(*(department.evidence(dossier, title=f"证据{n}") for n in range(40)))

    case = await department.case(dossier.case_id)
    listed = await department.do("ListEvidence", UNIT, case_id=dossier.case_id, page_size=100)
    assert case.evidence_count == 40 == len(listed.evidence)
    assert department.names(dossier.case_id).count("EvidenceRecorded") == 40


async def test_a_suspension_holds_for_acts_later_in_the_same_batch(department: Department) -> None:
    dossier = await department.investigating()
    department.now = datetime(2026, 3, 2, 11, 0, tzinfo=SHANGHAI)
    writer, inside, door = department.running.writer, threading.Event(), threading.Event()
    held = asyncio.create_task(department.running.do(lambda tx: inside.set() or door.wait(10)))
    await asyncio.to_thread(inside.wait, 10)

    suspended = asyncio.create_task(department.suspend(dossier.officers[0], START + HOUR))
    acting = asyncio.create_task(refused_evidence(department, dossier))
    async with asyncio.timeout(10):
        while writer.waiting.qsize() < 2:
            await asyncio.sleep(0.005)
    before = writer.batches
    door.set()
    await asyncio.gather(held, suspended, acting)

    assert writer.batches <= before + 2, "the announcement and the act were one batch"


async def refused_evidence(d: Department, dossier: Dossier) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await d.evidence(dossier)
    assert read_refusal(caught.value).reason == "CERTIFICATE_SUSPENDED"


async def test_the_party_is_told_of_its_rights_before_it_states_its_case(department: Department) -> None:
    department.now = START - HOUR
    dossier = await department.investigating()
    department.now = START
    statement = {
        "kind": cases.EVIDENCE_KIND_PARTY_STATEMENT,
        "title": "自书陈述",
        "source": "当事人提交",
        "handed_in": True,
    }

    async with department.refused("RIGHTS_NOT_TOLD", law="SAMR-2022:21(2)"):
        await department.evidence(dossier, **statement)
    first = await department.evidence(dossier, **statement, rights_told=True)
    department.now += DAY
    async with department.refused("RIGHTS_NOT_TOLD"):
        await department.evidence(dossier, **statement, collect_time=stamp(START - INSTANT))
    second = await department.evidence(dossier, **statement)
    third = await department.evidence(dossier, **statement, rights_told=True)

    assert first.case.rights_told_time == stamp(START), "told once, when it was first heard"
    assert second.case.rights_told_time == third.case.rights_told_time == stamp(START)


async def test_telling_the_rights_with_other_evidence_is_enough(department: Department) -> None:
    dossier = await department.investigating()
    statement = {
        "kind": cases.EVIDENCE_KIND_PARTY_STATEMENT,
        "title": "自书陈述",
        "source": "当事人提交",
        "handed_in": True,
    }

    told = await department.evidence(dossier, rights_told=True)
    heard = await department.evidence(dossier, **statement)

    assert told.case.HasField("rights_told_time") and heard.case.evidence_count == 2

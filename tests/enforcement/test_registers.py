"""The registers that stand behind evidence: monitoring devices (APL 41(1)), institutions that take samples (SAMR 31(3)); how a
thing was got, what a site record says, and what evidence shows that mitigates (APL 32, 55(2)).
"""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import evidence_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import MINUTES_TAKEN
from tests.enforcement.department import Department
from tests.enforcement.registers import LEGAL, TECHNICAL, entered, in_order, listed_sampler, publish, review
from tests.enforcement.samples import DAY, HOUR, INSTANT, REVIEWER, START, UNIT, Dossier, fine, stamp
from tests.enforcement.stages_told import named, new_record, reasons, report, stages_of
from tests.enforcement.test_evidence import SAMPLED, monitored

UNREVIEWED, UNQUALIFIED = "MONITORING_NOT_REVIEWED", "SAMPLER_NOT_QUALIFIED"
REMOVED = penalties.LENIENCE_GROUND_HARM_REMOVED


async def recorded(d: Department, dossier: Dossier, number: str, at: Any) -> Any:
    """A device recorded something then, and it is collected now."""
    told = monitored(device=number, record_time=stamp(at), review_time=stamp(d.now))
    return await d.evidence(dossier, monitoring=told)


async def test_a_device_records_evidence_while_the_register_has_it_in_order(department: Department) -> None:
    """From when it passed both reviews and its place is public until one of them runs out or it is retired; of its own body."""
    d, dossier = department, await department.investigating()
    d.now = START
    device_id = await entered(d, dossier.body_id, "监控1号")
    again = {"body_id": dossier.body_id, "number": " 监控1号 ", "title": "同号", "place": "他处"}
    async with d.refused("DEVICE_ALREADY_ENTERED"):
        await entered(d, **again)
    await review(d, device_id, LEGAL)
    await review(
        d, device_id, TECHNICAL, until_time=stamp(START + 10 * DAY), pass_time=stamp(START - 30 * DAY)
    )
    d.now += HOUR
    async with d.refused(UNREVIEWED, law="APL-2021:41(1)"):  # the public does not know where it stands
        await recorded(d, dossier, "监控1号", d.now)
    await publish(d, device_id)
    public = d.now
    for wrong, field in (({"document": " "}, "document"), ({"until_time": stamp(START)}, "until_time")):
        async with d.refused("MALFORMED") as told:
            await review(d, device_id, TECHNICAL, **wrong)
        assert told.fields == [field]
    async with d.refused("ACT_IN_FUTURE"):
        await review(d, device_id, LEGAL, pass_time=stamp(d.now + INSTANT))

    kept = (await recorded(d, dossier, "监控1号", public)).evidence
    assert (kept.monitoring.place, kept.monitoring.legal_review) == ("某路口", "法制审核意见")
    d.now = START + 11 * DAY
    await recorded(d, dossier, "监控1号", START + 10 * DAY - INSTANT)
    for when in (public - INSTANT, START + 10 * DAY):
        async with d.refused(UNREVIEWED):
            await recorded(d, dossier, "监控1号", when)
    await review(d, device_id, TECHNICAL)  # anew, and it makes nothing good that was recorded before
    async with d.refused(UNREVIEWED):
        await recorded(d, dossier, "监控1号", START + 10 * DAY)
    await recorded(d, dossier, "监控1号", d.now)
    other = await d.investigating()
    d.now = START + 11 * DAY
    async with d.refused(UNREVIEWED):  # it is none of that body
        await recorded(d, other, "监控1号", d.now)

    d.now += HOUR
    await d.do("RetireMonitoringDevice", UNIT, device_id=device_id, cause="迁移")
    async with d.refused("DEVICE_RETIRED"):
        await d.do("RetireMonitoringDevice", UNIT, device_id=device_id, cause="迁移")
    await recorded(d, dossier, "监控1号", d.now - INSTANT)
    async with d.refused(UNREVIEWED):
        await recorded(d, dossier, "监控1号", d.now)
    await in_order(d, dossier.body_id, "监控1号")  # moved, and entered anew
    await recorded(d, dossier, "监控1号", d.now)
    register = await d.do("ListMonitoringDevices", REVIEWER, body_id=dossier.body_id)
    assert [each.HasField("retire_time") for each in register.devices] == [True, False]
    assert d.names(device_id) == [
        "MonitoringDeviceEntered", "MonitoringDeviceReviewed", "MonitoringDeviceReviewed", "MonitoringDevicePublished",
        "MonitoringDeviceReviewed", "MonitoringDeviceRetired",
    ]  # fmt: skip


async def test_who_samples_was_on_the_list_when_the_sample_was_taken(department: Department) -> None:
    d, dossier = department, await department.investigating()
    d.now = START
    until = START + 5 * DAY
    said = await listed_sampler(d, until_time=stamp(until))

    async def sampled(at: Any, **more: Any) -> Any:
        told = pb.Sampling(**(SAMPLED | said | more))
        return await d.evidence(dossier, sampling=told, collect_time=stamp(at))

    async with d.refused("INSTITUTION_ALREADY_ENTERED"):
        await listed_sampler(d, qualification=f" {said['qualification']} ")
    d.now = START + 6 * DAY
    await sampled(until - INSTANT)
    for at, more in (
        (until, {}),
        (START, {"sampler": "另一检测所"}),
        (START, {"qualification": "未登记的资质"}),
    ):
        async with d.refused(UNQUALIFIED, law="SAMR-2022:31(3)"):
            await sampled(at, **more)
    [kept] = (await d.do("ListSamplingInstitutions", UNIT, qualification=said["qualification"])).institutions
    gone = {"institution_id": kept.institution_id, "cause": "资质被撤销"}
    await d.do("RemoveSamplingInstitution", UNIT, **gone)
    async with d.refused("INSTITUTION_REMOVED"):
        await d.do("RemoveSamplingInstitution", UNIT, **gone)
    assert d.names(kept.institution_id) == ["SamplingInstitutionEntered", "SamplingInstitutionRemoved"]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"origin": pb.EVIDENCE_ORIGIN_SAMPLE},
        {"origin": pb.EVIDENCE_ORIGIN_MONITORING_DEVICE},
        {"origin": pb.EVIDENCE_ORIGIN_ORIGINAL, "title": "抽检样品"},
        {"origin": pb.EVIDENCE_ORIGIN_OFFICERS, "source": "电子警察抓拍"},
        {"origin": pb.EVIDENCE_ORIGIN_ORIGINAL, "sampling": pb.Sampling(**SAMPLED, unasked=True)},
    ],
    ids=str,
)
async def test_of_a_thing_it_is_said_how_it_was_got(department: Department, wrong: dict[str, Any]) -> None:
    """So that nobody passes a sample or a record of a device off as something else."""
    dossier = await department.investigating()
    thing = {"kind": cases.EVIDENCE_KIND_PHYSICAL, "title": "包装物", "source": "当事人仓库"}

    async with department.refused("EVIDENCE_ORIGIN_MISSING"):
        await department.evidence(dossier, **(thing | wrong))
    kept = await department.evidence(dossier, **thing, origin=pb.EVIDENCE_ORIGIN_ORIGINAL)

    assert kept.evidence.origin == pb.EVIDENCE_ORIGIN_ORIGINAL


MINUTED, CALLED, SIGNED = "APL-2021:55(2);SAMR-2022:28", "SAMR-2022:28", "SAMR-2022:28;SAMR-2022:43"


@pytest.mark.parametrize(
    ("said", "reason", "law"),
    [
        (None, "RECORD_MISSING", MINUTED),
        ({"place": " "}, "RECORD_MISSING", MINUTED),
        ({"told": ""}, "PARTY_NOT_CALLED", CALLED),
        ({"present": " "}, "PARTY_NOT_CALLED", CALLED),
        ({"officers_signed": False}, "RECORD_NOT_SIGNED", SIGNED),
        ({"signature": " "}, "RECORD_NOT_SIGNED", SIGNED),
        ({"signature": "", "refusal_note": "拒绝签名"}, "RECORD_NOT_SIGNED", SIGNED),
    ],
)
async def test_a_site_record_is_made_signed_and_its_refusal_filmed(
    department: Department, said: dict[str, Any] | None, reason: str, law: str
) -> None:
    d, dossier = department, await department.investigating()
    minutes = pb.SiteMinutes.FromString(MINUTES_TAKEN.SerializeToString())
    for name, value in (said or {}).items():
        setattr(minutes, name, value)

    async with d.refused(reason, law=law, more=said is None):
        await d.evidence(dossier, site_minutes=None if said is None else minutes)
    minutes.CopyFrom(MINUTES_TAKEN)
    minutes.signature, minutes.refusal_note = "", "当事人拒绝签名，全程录像"
    kept = await d.evidence(dossier, site_minutes=minutes, sha256=bytes(32), location="执法记录仪采集站")

    assert kept.evidence.site_minutes == minutes


async def test_what_evidence_shows_that_mitigates_counts_or_is_not_relied_on(department: Department) -> None:
    d, dossier = department, await department.investigating()
    piece = (await d.evidence(dossier, circumstances=[REMOVED])).evidence
    [mark] = (await d.case(dossier.case_id)).evidence_marks
    assert list(mark.circumstances) == [REMOVED]

    async with d.refused("MITIGATION_IGNORED", law="APL-2021:32;APL-2021:40") as told:
        await d.report(dossier, fine(30_000))
    assert told.metadata["grounds"] == "HARM_REMOVED"
    await d.evidence(dossier)
    doubted = {"case_id": dossier.case_id, "evidence_id": piece.evidence_id, "how": "与现场录像不符"}
    await d.do("VerifyEvidence", dossier.who, **doubted, relied=False)

    assert (await d.report(dossier, fine(30_000))).case.state == cases.CASE_STATE_INVESTIGATED


async def test_what_another_system_reports_is_held_against_the_same_registers(department: Department) -> None:
    d, record = department, new_record("ordinary")
    dossier = await d.investigating()
    record.body_id = dossier.body_id
    told = [*stages_of(record)]
    asked = named(told, "record_evidence").record_evidence
    asked.kind, asked.title = cases.EVIDENCE_KIND_AUDIO_VISUAL, "卡口抓拍照片"
    asked.circumstances.append(REMOVED)
    asked.monitoring.CopyFrom(monitored(device="未登记设备"))

    standing = await report(d, named(told, "record_evidence"), named(told, "submit_report"))

    assert {"EVIDENCE_ORIGIN_MISSING", UNREVIEWED} <= reasons(standing, "RecordEvidence")
    assert "MITIGATION_IGNORED" in reasons(standing, "SubmitReport")

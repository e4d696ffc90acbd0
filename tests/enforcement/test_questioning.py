"""Questioning in a case: one person after the other, on a record that is read and signed (APL 55(2); SAMR 29, 43)."""

from datetime import datetime
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.evidence_pb2 import Inquiry

from tests.enforcement.department import Department
from tests.enforcement.samples import HEAD, HOUR, START, Dossier, stamp
from tests.enforcement.stages_told import named, new_record, reasons, report, stages_of

TESTIMONY, STATEMENT = cases.EVIDENCE_KIND_TESTIMONY, cases.EVIDENCE_KIND_PARTY_STATEMENT
ALONE, SIGNED = "SAMR-2022:29(1)", "SAMR-2022:29(1);SAMR-2022:43"


def held(
    person: str = "证人甲", begin: datetime = START, end: datetime = START + HOUR, **more: Any
) -> Inquiry:
    said = {
        "begin_time": stamp(begin),
        "end_time": stamp(end),
        "alone": True,
        "read_over": True,
        "signature": person,
    }
    return Inquiry(person=person, **(said | more))


async def question(d: Department, dossier: Dossier, inquiry: Inquiry | None, **more: Any) -> Any:
    asked = {"kind": TESTIMONY, "title": "询问笔录", "source": "依法询问", "inquiry": inquiry}
    return await d.evidence(dossier, **(asked | more))


async def asked_later(d: Department) -> Dossier:
    """A case in inquiry, some hours on."""
    dossier = await d.investigating()
    d.now = START + 5 * HOUR
    return dossier


@pytest.mark.parametrize(
    ("inquiry", "reason", "law"),
    [
        (None, "RECORD_MISSING", "APL-2021:55(2)"),
        (held(" ", signature="甲"), "RECORD_MISSING", "APL-2021:55(2)"),
        (held(alone=False), "INQUIRY_NOT_ALONE", ALONE),
        (held(begin_time=None), "INQUIRY_NOT_ALONE", ALONE),
        (held(end=START), "INQUIRY_NOT_ALONE", ALONE),
        (held(end=START + 6 * HOUR), "INQUIRY_NOT_ALONE", ALONE),
        (held(read_over=False), "INQUIRY_NOT_SIGNED", SIGNED),
        (held(signature=" "), "INQUIRY_NOT_SIGNED", SIGNED),
        (held(signature="", refusal_note="拒绝签名"), "INQUIRY_NOT_SIGNED", SIGNED),
    ],
)
async def test_people_are_questioned_one_by_one_on_a_record_that_they_sign(
    department: Department, inquiry: Inquiry | None, reason: str, law: str
) -> None:
    dossier = await asked_later(department)

    async with department.refused(reason, law=law):
        await question(department, dossier, inquiry)


async def test_a_refusal_to_sign_is_noted_and_recorded_and_what_was_written_is_no_inquiry(
    department: Department,
) -> None:
    dossier = await asked_later(department)
    refused = held(signature="", refusal_note="被询问人拒绝签名")

    kept = await question(department, dossier, refused, sha256=bytes(range(32)), location="执法记录仪")
    await question(department, dossier, None, handed_in=True)
    await question(department, dossier, None, kind=STATEMENT, handed_in=True, rights_told=True)

    listed = (await department.do("ListEvidence", HEAD, case_id=dossier.case_id)).evidence
    assert listed[0] == kept.evidence and kept.evidence.inquiry == refused
    assert [piece.handed_in for piece in listed] == [False, True, True]


async def test_no_officer_questions_two_people_at_one_time(department: Department) -> None:
    """The records of the case say so, whatever each of them says of itself; the next begins when the one before ended."""
    dossier = await asked_later(department)
    other = [await department.officer(dossier.body_id) for _ in range(2)]
    ids = [*dossier.ids, *(o.officer_id for o in other)]
    await department.act("AssignOfficers", dossier, officer_ids=ids)
    await question(department, dossier, held())

    async with department.refused("INQUIRY_NOT_ALONE", law=ALONE) as told:
        await question(department, dossier, held("证人乙", START + HOUR / 2, START + 2 * HOUR))
    await question(department, dossier, held("证人甲", START + HOUR / 2, START + HOUR))
    await question(department, dossier, held("证人乙"), collector_ids=ids[2:])
    await question(department, dossier, held("证人丙", START + HOUR, START + 2 * HOUR))

    assert told.metadata["people"] == "证人甲"


async def test_how_another_system_questioned_is_judged_too(department: Department) -> None:
    case = new_record("ordinary")
    case.body_id = (await department.investigating()).body_id
    stage = named(stages_of(case), "record_evidence")
    stage.record_evidence.kind = TESTIMONY
    alone = type(stage)()
    alone.CopyFrom(stage)
    alone.stage_id += "-2"
    at = alone.act_time.ToDatetime().astimezone()
    alone.record_evidence.inquiry.CopyFrom(held(begin=at - HOUR, end=at, alone=False, read_over=False))

    unrecorded = await report(department, stage)
    together = await report(department, alone)

    assert "RECORD_MISSING" in reasons(unrecorded, "RecordEvidence")
    assert {"INQUIRY_NOT_ALONE", "INQUIRY_NOT_SIGNED"} <= reasons(together, "RecordEvidence")

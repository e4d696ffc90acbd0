"""Who is put on a case: at least two, each with a certificate in force."""

from yifa.enforcement.v1 import case_pb2 as cases

from tests.enforcement.department import Department
from tests.enforcement.samples import INSTANT, START, UNIT, Officer


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

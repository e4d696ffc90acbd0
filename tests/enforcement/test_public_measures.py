"""What is made public of compulsory measures, and what never is (GBF-118 (6); OGI 14, 15; GD-PUBLICITY 14, 15)."""

from typing import Any

from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import publication_pb2 as pb
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_CITIZEN as CITIZEN

from services.given.measure import release, thing
from tests.enforcement.department import Department
from tests.enforcement.records_told import besides, report
from tests.enforcement.samples import CLERK, DAY, HEAD, HOUR, serial
from tests.enforcement.test_measure import FREEZE, SEIZE, Held, power, seized, urgent
from tests.enforcement.test_publication import ADULT, CODE, MINOR, SITE, public

MET, RUNNING = 2, 1
PRIVATE = {"ground": pb.WITHHOLD_GROUND_PRIVACY, "reason": "涉及个人隐私，联系13800000000"}


async def of_party(d: Department, measure: int = SEIZE, **party: Any) -> Held:
    dossier = await d.investigating(**party)
    return await seized(d, measure, Held(d, dossier, await power(d, dossier.body_id)))


def to_publish(held: Held) -> list[int]:
    """How the term to publish it stands."""
    return [each.state for each in held.measure.deadlines if each.clock_id == "PUB-01"]


async def shown(d: Department, held: Held) -> pb.PublicDecision:
    known = held.measure.publication.decision.publication_id
    [found] = await public(d, kind=pb.PUBLIC_KIND_FORCE, publication_id=known)
    return found


async def test_it_is_due_in_twenty_working_days_and_made_public(department: Department) -> None:
    held = await of_party(department, number=CODE, party=f"示例企业{next(serial)}")
    assert to_publish(held) == [RUNNING]
    assert held.due("PUB-01") == "2026-03-30"  # twenty working days after 2 March

    await held.act("PublishMeasure", CLERK, **SITE)

    assert to_publish(held) == [MET] and await held.state() == "EXECUTED"
    assert await shown(department, held) == held.measure.publication.decision


async def test_of_a_person_neither_things_nor_home_are_told_and_a_minor_never(department: Department) -> None:
    d, name = department, "欧阳示例"
    held = await of_party(d, party=name, number=ADULT, kind=CITIZEN)
    await held.act("PublishMeasure", CLERK, **SITE)
    said = await shown(d, held)
    assert (said.party_name, said.party_code, said.force.what) == ("欧阳某某", "", "财物")
    for secret in (name, ADULT, "生产设备", "示例路1号", "SN-"):
        assert secret not in str(said) + said.text
    frozen = await of_party(d, FREEZE, party=f"示例企业{next(serial)}", number=CODE)
    await frozen.act("PublishMeasure", CLERK, **SITE)
    money = await shown(d, frozen)
    assert (money.force.kind, money.force.what) == (pb.FORCE_KIND_FREEZE, "存款、汇款")
    assert not money.HasField("fine") and "6222" not in str(money) and "50000" not in money.text

    young = await of_party(d, party="示例少年", number=MINOR, kind=CITIZEN)

    async with d.refused("PARTY_IS_MINOR", law="OGI-2019:15;GD-PUBLICITY-2021:15(1)[1]"):
        await young.act("PublishMeasure", CLERK, **SITE)
    minor = {"ground": pb.WITHHOLD_GROUND_MINOR, "reason": "当事人是未成年人"}
    async with d.refused("GROUND_NOT_GIVEN"):
        await held.act("WithholdMeasure", HEAD, **minor)
    await young.act("WithholdMeasure", HEAD, **minor)
    assert young.measure.withholding.law and to_publish(young) == [MET]


async def test_what_is_kept_back_is_taken_back_at_once(department: Department) -> None:
    d, name = department, f"示例保密{next(serial)}有限公司"
    held = await of_party(d, party=name, number=CODE)
    await held.act("PublishMeasure", CLERK, **SITE)

    await held.act("WithholdMeasure", HEAD, **PRIVATE)

    gone = await shown(d, held)
    assert not gone.party_name and not gone.HasField("force") and not gone.text
    assert "涉及个人隐私" in gone.explanation and "13800000000" not in gone.explanation
    async with d.refused("PUBLICATION_WITHHELD"):
        await held.act("PublishMeasure", CLERK, **SITE)
    never = await of_party(d)
    await never.act("WithholdMeasure", HEAD, **PRIVATE)
    async with d.refused("PUBLICATION_WITHHELD"):
        await never.act("PublishMeasure", CLERK, **SITE)


async def test_taken_in_urgency_it_is_public_once_it_was_approved(department: Department) -> None:
    """ACL 19: what nobody approved is no decision, and no term runs to publish it."""
    d = department
    held = await urgent(d)
    assert to_publish(held) == []
    async with d.refused("ACT_NOT_OPEN"):
        await held.act("PublishMeasure", CLERK, **SITE)
    await held.act("ApproveAfterwards")
    assert to_publish(held) == [RUNNING]
    await held.act("PublishMeasure", CLERK, **SITE)
    assert (await shown(d, held)).force.result == pb.FORCE_RESULT_HELD
    never = await urgent(d)
    never.measure = await release(d.do, never.measure.measure_id, measures.RELEASE_GROUND_NOT_NEEDED)

    async with d.refused("MEASURE_NOT_APPROVED", law="GBF-2018-118:6;ACL-2011:19"):
        await never.act("PublishMeasure", CLERK, **SITE)

    assert to_publish(never) == []


async def test_of_what_other_systems_hold_the_same_is_public(department: Department) -> None:
    """Told in any order: lifted first, published before that, and the measure itself last."""
    d = department
    kept = await besides(d)
    t = kept.teller()
    taken = kept.seized(t, things=[thing("冷库", mark=f"SN-{next(serial)}")])
    kind = {"measure_kind": measures.MEASURE_KIND_SEIZE}
    t.tell("publish_measure", CLERK[0], SITE, after=HOUR, **kind)
    lifted = {"ground": measures.RELEASE_GROUND_NOT_NEEDED, "cause": "不再需要"}
    t.tell("release_measure", HEAD[0], lifted, after=DAY, document_number="示扣解9号", **kind)

    for stages in (t.stages[-1:], t.stages[-2:-1], taken):
        await report(d, *stages)

    [found] = await public(d, document_number=taken[-1].document_number)
    assert found.force.result == pb.FORCE_RESULT_RELEASED and found.force.what == "冷库"

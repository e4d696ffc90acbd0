"""An officer who goes to another department takes the year's training along."""

from yifa.registry.v1 import transfer_pb2 as asked

from tests.registry.desk import Desk
from tests.registry.school import School
from tests.registry.town import CITY


async def test_the_new_department_counts_what_the_old_one_taught(school: School) -> None:
    officer = await school.register(await school.body("huanbao"))
    await school.attend(
        await school.schedule(await school.get_body(CITY, officer.body_id), hours=40, half_days=12), [officer]
    )
    await school.known(CITY, officer, "TRAINING")
    await school.seen(
        lambda: school.get_officer(CITY, officer), lambda reply: reply.officer.training_hours == 40
    )
    there, desk = await school.body("chengguan"), Desk(school)
    moved = (await desk.decide(await desk.transfer(officer, there))).officer

    await school.seen(
        lambda: school.officer_quotas("chengguan", there.body_id),
        lambda found: found and found[0].half_days == 12,
    )
    await school.attend(await school.schedule(there, hours=8, half_days=2), [moved])

    for node in ("chengguan", CITY):
        [report] = await school.seen(
            lambda node=node: school.officer_quotas(node, there.body_id),
            lambda found: found and found[0].half_days == 14,
        )
        assert (report.hours, report.sessions, report.half_days_missing) == (48, 2, 0)
    assert await school.officer_quotas(CITY, officer.body_id) == []


async def test_what_the_old_department_taught_while_it_was_cut_off_follows(school: School) -> None:
    officer = await school.register(await school.body("huanbao"))
    await school.known(CITY, officer, "TRAINING")
    here = await school.get_body(CITY, officer.body_id)
    there, desk = await school.body("chengguan"), Desk(school)
    transfer = await desk.transfer(officer, there)
    listed = asked.ListTransfersRequest(officer_id=officer.officer_id)
    await school.seen(lambda: desk.ask(CITY, "ListTransfers", listed), lambda reply: reply.transfers)
    await school.city.cables["huanbao"].cut()

    try:
        await desk.decide(transfer)
        await school.attend(await school.schedule(here, hours=8, half_days=2), [officer])
    finally:
        await school.city.cables["huanbao"].mend()

    for node in ("chengguan", CITY):
        await school.seen(
            lambda node=node: school.officer_quotas(node, there.body_id),
            lambda found: found and (found[0].half_days, found[0].sessions) == (2, 1),
        )

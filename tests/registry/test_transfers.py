"""Officers who go to another body or leave: no gap, no overlap, whoever is behind."""

from datetime import timedelta

import grpc
import pytest
from yifa.registry.v1 import certificate_pb2, officer_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import transfer_pb2 as transfers

from tests.registry.desk import Desk, moment
from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
MICRO = timedelta(microseconds=1)


@pytest.fixture
def desk(town) -> Desk:
    return Desk(town)


def codes(reply) -> set[str]:
    return {o.code for o in reply.objections}


async def at_home(town, node: str, officer) -> officer_pb2.Officer:
    """The officer once a node has them on its roster."""
    reply = await town.seen(lambda: town.get_officer(node, officer), lambda reply: reply.officer.node == node)
    return reply.officer


async def test_at_every_moment_an_officer_is_of_exactly_one_body(town, desk):
    officer, _ = await town.certified("huanbao")
    there = await town.body("chengguan")

    reply = await desk.decide(await desk.transfer(officer, there))

    instant = moment(reply.transfer.decide_time)
    await at_home(town, "chengguan", officer)
    await town.seen(
        lambda: town.get_officer("huanbao", officer), lambda known: known.officer.node == "chengguan"
    )
    for node in (CITY, "huanbao", "chengguan"):
        for body_id, before, after in ((officer.body_id, True, False), (there.body_id, False, True)):
            ask = {"body_id": body_id}
            assert (await desk.standing(node, officer, at_time=instant - MICRO, **ask)).may is before, node
            assert (await desk.standing(node, officer, at_time=instant, **ask)).may is after, node


async def test_a_certificate_goes_along_where_it_covers_the_field(town, desk):
    officer, certificate = await town.certified("huanbao")
    there = await town.body("chengguan")

    reply = await desk.decide(await desk.transfer(officer, there))

    [moved] = reply.certificates
    assert (moved.certificate_number, moved.node) == (certificate.certificate_number, "chengguan")
    assert moved.expire_time == certificate.expire_time
    assert (await town.seen(lambda: town.verify(certificate, "chengguan"))).valid
    await town.known("chengguan", officer, "CERTIFIED")


async def test_a_certificate_of_another_field_is_cancelled_at_the_instant(town, desk):
    officer, certificate = await town.certified("huanbao")
    there = await town.body("chengguan", field="城市管理")

    reply = await desk.decide(await desk.transfer(officer, there))

    [ended] = reply.certificates
    assert ended.state == certificate_pb2.CERTIFICATE_STATE_CANCELLED
    assert ended.expire_time == reply.transfer.decide_time
    await desk.told("huanbao", certificate, "CANCELLED")
    await desk.told("chengguan", certificate, "CANCELLED")
    await town.known("chengguan", officer, "EXAM_PASSED")
    fresh = await town.issue(reply.officer)
    assert (fresh.node, fresh.body_id) == ("chengguan", there.body_id)


async def test_a_city_may_have_every_certificate_cancelled(town, desk):
    officer, _ = await town.certified("huanbao")
    there = await town.body("chengguan")
    transfer = await desk.transfer(officer, there)

    with desk.set(certificate__transfer__follows=0):
        reply = await desk.decide(transfer)

    assert [c.state for c in reply.certificates] == [certificate_pb2.CERTIFICATE_STATE_CANCELLED]


async def test_the_roster_row_moves_and_the_id_number_does_not(town, desk):
    officer, _ = await town.certified("huanbao")
    there = await town.body("chengguan")
    await desk.decide(await desk.transfer(officer, there))

    arrived = await at_home(town, "chengguan", officer)
    assert (arrived.id_number, arrived.unit, arrived.training_hours) == ("", "", 60)
    received = await desk.receive(officer, "chengguan")
    with town.refused("ALREADY_RECEIVED", law="INTERNAL"):
        await desk.receive(officer, "chengguan")

    assert received.id_number and received.unit == "执法二大队"
    await town.seen(lambda: town.get_officer(CITY, officer), lambda known: known.officer.unit == "执法二大队")
    await town.seen(
        lambda: town.get_officer("huanbao", officer), lambda known: known.officer.node == "chengguan"
    )
    for refused in (town.train(officer), desk.leave(officer), desk.receive(officer, "huanbao")):
        with town.refused("NOT_THIS_ROSTER", law="INTERNAL"):
            await refused


async def test_the_new_department_goes_on_with_the_training(town, desk):
    officer = await town.train(await town.register(await town.body("huanbao")), 40)
    await town.known(CITY, officer, "TRAINING")
    there = await town.body("chengguan")
    await desk.decide(await desk.transfer(officer, there))

    arrived = await at_home(town, "chengguan", officer)
    trained = await town.train(arrived, 20)

    assert trained.training_hours == 60
    await town.known(CITY, trained, "EXAM_READY")
    await town.known("chengguan", trained, "EXAM_READY")


async def test_both_departments_are_cut_off_while_the_city_decides(town, desk):
    """The old one goes on until it hears; what it recorded too late reaches the new one."""
    officer = await town.train(await town.register(await town.body("huanbao")), 10)
    await town.known(CITY, officer, "TRAINING")
    there = await town.body("chengguan")
    transfer = await desk.transfer(officer, there)
    await town.seen(
        lambda: desk.ask(
            CITY, "ListTransfers", transfers.ListTransfersRequest(officer_id=officer.officer_id)
        ),
        lambda reply: reply.transfers,
    )
    for node in ("huanbao", "chengguan"):
        await town.city.cables[node].cut()

    await desk.decide(transfer)
    await town.train(officer, 7)
    await town.train(officer, 3)
    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND):
        await town.get_officer("chengguan", officer)
    for node in ("huanbao", "chengguan"):
        await town.city.cables[node].mend()

    for node in ("chengguan", CITY):
        await town.seen(
            lambda node=node: town.get_officer(node, officer),
            lambda known: (known.officer.node, known.officer.training_hours) == ("chengguan", 20),
        )
    await town.seen(
        lambda: town.get_officer("huanbao", officer), lambda known: known.officer.node == "chengguan"
    )


async def test_a_department_that_is_behind_tells_of_a_leaving_before_the_transfer(town, desk):
    officer, certificate = await town.certified("huanbao")
    there = await town.body("chengguan")
    transfer = await desk.transfer(officer, there)
    await town.seen(
        lambda: desk.ask(
            CITY, "ListTransfers", transfers.ListTransfersRequest(officer_id=officer.officer_id)
        ),
        lambda reply: reply.transfers,
    )
    await town.city.cables["huanbao"].cut()
    left = await desk.leave(officer, officer_pb2.LEAVE_CAUSE_DEATH)
    await desk.decide(transfer)

    await town.city.cables["huanbao"].mend()

    ended = await desk.told(CITY, certificate, "CANCELLED")
    assert ended.expire_time == left.leave_time
    for node in (CITY, "chengguan"):
        await town.seen(
            lambda node=node: desk.standing(node, officer), lambda reply: "OFFICER_LEFT" in codes(reply)
        )


async def test_a_department_cannot_give_away_whom_it_no_longer_has(town, desk):
    officer, _ = await town.certified("huanbao")
    there, elsewhere = await town.body("chengguan"), await town.body("chengguan")
    reply = await desk.decide(await desk.transfer(officer, there))
    stale = transfers.Transfer()
    stale.CopyFrom(reply.transfer)
    stale.transfer_id, stale.to_body_id, stale.version = f"T-{officer.officer_id}", elsewhere.body_id, 1
    stale.state = transfers.TRANSFER_STATE_REQUESTED

    await town.announce("huanbao", events.TransferRequested(transfer=stale))

    wanted = transfers.ListTransfersRequest(officer_id=officer.officer_id)
    await town.seen(lambda: desk.ask(CITY, "ListTransfers", wanted), lambda reply: len(reply.transfers) == 2)
    with town.refused("NOT_THIS_ROSTER", law="INTERNAL"):
        await desk.ask(
            CITY,
            "DecideTransfer",
            transfers.DecideTransferRequest(transfer_id=stale.transfer_id, approved=True),
        )


async def test_an_officer_may_come_back(town, desk):
    officer, certificate = await town.certified("huanbao")
    here, there = await town.get_body(CITY, officer.body_id), await town.body("chengguan")
    await desk.decide(await desk.transfer(officer, there))
    await at_home(town, "chengguan", officer)

    reply = await desk.decide(await desk.transfer(officer, here, "chengguan"))

    back = await at_home(town, "huanbao", officer)
    assert [p.node for p in reply.officer.former] == ["huanbao", "chengguan"]
    assert list(back.former) == list(reply.officer.former)
    assert (await town.seen(lambda: town.verify(certificate, "huanbao"))).valid
    last = moment(back.former[1].until_time)
    assert not (await desk.standing(CITY, officer, body_id=here.body_id, at_time=last - MICRO)).may
    assert (await desk.standing(CITY, officer, body_id=here.body_id, at_time=last)).may


async def test_a_suspension_of_a_certificate_that_moved_reaches_both_departments(town, desk):
    officer, certificate = await town.certified("huanbao")
    there = await town.body("chengguan")
    await desk.decide(await desk.transfer(officer, there))

    await town.suspend(certificate)

    await desk.told("huanbao", certificate, "SUSPENDED")
    await desk.told("chengguan", certificate, "SUSPENDED")


async def test_a_refused_transfer_changes_nothing(town, desk):
    officer, _ = await town.certified("huanbao")
    there = await town.body("chengguan")
    transfer = await desk.transfer(officer, there)

    with town.refused("TRANSFER_OPEN", law="EX-CERT"):
        await desk.transfer(officer, there)
    reply = await desk.decide(transfer, approved=False)

    assert reply.officer.body_id == officer.body_id
    assert (await desk.standing(CITY, officer, body_id=officer.body_id)).may
    with town.refused("ACT_NOT_OPEN", act="DecideTransfer", state="REFUSED", open_acts=""):
        await desk.ask(
            CITY,
            "DecideTransfer",
            transfers.DecideTransferRequest(transfer_id=transfer.transfer_id, approved=True),
        )
    wanted = transfers.ListTransfersRequest(officer_id=officer.officer_id)
    await town.seen(
        lambda: desk.ask("huanbao", "ListTransfers", wanted),
        lambda reply: [t.state for t in reply.transfers] == [transfers.TRANSFER_STATE_REFUSED],
    )
    assert (await desk.transfer(officer, there)).state == transfers.TRANSFER_STATE_REQUESTED


async def test_nobody_is_transferred_to_their_own_body(town, desk):
    officer = await town.register(await town.body("huanbao"))
    own = await town.get_body(CITY, officer.body_id)

    with town.refused("MALFORMED", INVALID, field="to_body_id"):
        await desk.transfer(officer, own)


@pytest.mark.parametrize(
    ("cause", "cancel"),
    [
        (officer_pb2.LEAVE_CAUSE_RETIREMENT, certificate_pb2.CANCEL_CAUSE_RETIREMENT),
        (officer_pb2.LEAVE_CAUSE_DEATH, certificate_pb2.CANCEL_CAUSE_DEATH),
    ],
)
async def test_who_leaves_loses_the_certificate_as_of_that_moment(town, desk, cause, cancel):
    officer, certificate = await town.certified("huanbao")
    left = moment(certificate.issue_time) + MICRO

    await desk.leave(officer, cause, leave_time=left)

    assert codes(await desk.standing("huanbao", officer)) == {"OFFICER_LEFT"}
    ended = await desk.told(CITY, certificate, "CANCELLED")
    assert moment(ended.expire_time) == left
    await desk.told("huanbao", certificate, "CANCELLED")
    assert codes(await desk.standing(CITY, officer)) == {"OFFICER_LEFT", "CANCELLED"}
    assert (await desk.standing(CITY, officer, at_time=left - MICRO)).may
    for refused in (desk.leave(officer), town.train(officer), town.issue(officer)):
        with town.refused("OFFICER_HAS_LEFT", law="EX-CERT"):
            await refused


async def test_nobody_leaves_in_the_future_or_before_they_came(town, desk):
    officer = await town.register(await town.body("huanbao"))
    came = moment(officer.register_time)

    for when in (came - MICRO, came + timedelta(days=300)):
        with town.refused("MALFORMED", INVALID, field="leave_time"):
            await desk.leave(officer, leave_time=when)


async def test_only_the_own_department_asks_for_a_transfer(town, desk):
    officer, _ = await town.certified("huanbao")
    there = await town.body("chengguan")

    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND):
        await desk.transfer(officer, there, "chengguan")

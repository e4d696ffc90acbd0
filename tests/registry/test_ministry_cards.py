"""Cards of ministries: recognised wherever it is asked whether an officer may act, and managed by nobody here."""

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.registry.v1 import annual_review_pb2 as reviews
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import certificate_pb2 as pb
from yifa.registry.v1 import ministry_card_pb2 as asked
from yifa.registry.v1 import showing_pb2 as showing
from yifa.registry.v1 import statistics_pb2 as statistics

from tests.city import read_refusal
from tests.registry.desk import Desk
from tests.registry.school import School
from tests.registry.town import CITY, SERIAL
from tests.story import Story

INVALID = grpc.StatusCode.INVALID_ARGUMENT
EXISTS = grpc.StatusCode.ALREADY_EXISTS
DAY = timedelta(days=1)


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def stamp(days: int) -> Timestamp:
    """A moment so many days from now."""
    made = Timestamp()
    made.FromDatetime(datetime.now(UTC) + days * DAY)
    return made


async def known(school: School, **more: Any) -> Any:
    """An officer of a body in the field of customs, known at the city."""
    officer = await school.register(await school.body(**{"field": "海关", **more}))
    await school.known(CITY, officer, "TRAINING")
    return officer


async def record(school: School, officer: Any, number: str = "", **more: Any) -> Any:
    request = asked.RecordMinistryCardRequest(
        officer_id=officer.officer_id,
        issuer="海关总署",
        certificate_number=number or f"HG-{next(SERIAL)}",
        issue_time=stamp(-10),
        expire_time=stamp(700),
        fields=["海关"],
        area_code="440700",
    )
    for name, value in more.items():
        field = getattr(request, name)
        if isinstance(value, Timestamp):
            field.CopyFrom(value)
        elif isinstance(value, list):
            field[:] = value
        else:
            setattr(request, name, value)
    return (await school.ask(CITY, "RecordMinistryCard", request)).certificate


async def end(school: School, card: Any, **more: Any) -> Any:
    request = asked.EndMinistryCardRequest(
        certificate_number=card.certificate_number, cause="海关总署收回证件", **more
    )
    return (await school.ask(CITY, "EndMinistryCard", request)).certificate


async def test_the_holder_of_a_ministrys_card_may_act_and_it_is_said_whose_it_is(
    school: School, desk: Desk
) -> None:
    officer = await known(school)
    assert [o.code for o in (await desk.standing(CITY, officer)).objections] == ["NO_CERTIFICATE"]

    card = await record(school, officer)

    assert (card.issuer, card.node, card.officer_name) == ("海关总署", "huanbao", officer.name)
    for node in (CITY, "huanbao"):
        reply = await school.seen(
            lambda node=node: desk.standing(node, officer, act=1, field="海关", area_code="440700"),
            lambda reply: reply.may,
        )
        assert (reply.certificate.issuer, reply.certificate.certificate_number) == (
            "海关总署",
            card.certificate_number,
        )
        assert "海关总署" in reply.remark_zh and "not managed" in reply.remark_en
    wrong = await desk.standing(CITY, officer, act=11, field="生态环境")
    assert [o.code for o in wrong.objections] == ["WRONG_KIND", "OUT_OF_FIELD"]
    assert (await school.verify(card)).valid
    found = (await school.get_officer(CITY, officer)).certificates
    assert [c.issuer for c in found] == ["海关总署"]


async def test_a_certificate_of_the_city_has_no_remark(school: School, desk: Desk) -> None:
    officer, _ = await school.certified()

    reply = await desk.standing(CITY, officer)

    assert (reply.may, reply.remark_zh, reply.certificate.issuer) == (True, "", "")


async def test_a_card_is_good_for_its_term_and_another_one_that_is_recorded(
    school: School, desk: Desk
) -> None:
    officer = await known(school)
    old = await record(school, officer, issue_time=stamp(-400), expire_time=stamp(-5))
    assert [o.code for o in (await desk.standing(CITY, officer)).objections] == ["EXPIRED"]

    await record(school, officer, old.certificate_number, issue_time=stamp(-4))

    assert (await desk.standing(CITY, officer)).may
    await school.seen(lambda: desk.standing("huanbao", officer), lambda reply: reply.may)


async def test_nothing_of_a_ministrys_card_is_decided_here(school: School, desk: Desk) -> None:
    officer = await known(school)
    card = await record(school, officer)
    await school.seen(lambda: desk.standing("huanbao", officer), lambda reply: reply.may)
    refused = {"certificate_number": card.certificate_number, "issuer": "海关总署"}

    for act in (
        lambda: school.suspend(card),
        lambda: school.restore(card),
        lambda: school.revoke(card),
        lambda: desk.cancel(card),
        lambda: desk.void(card, datetime.now(UTC) - DAY),
        lambda: desk.renew(card),
        lambda: desk.report_loss(card),
        lambda: desk.card_back(card),
    ):
        with school.refused("NOT_ISSUED_HERE", law="ASR-2025:17(2)", **refused):
            await act()
    show = showing.ShowCertificateRequest(certificate_number=card.certificate_number)
    with school.refused("NOT_ISSUED_HERE"):
        await school.call(
            "huanbao", "registry", "ShowCertificate", show, "HANDLING_OFFICER", subject=officer.officer_id
        )
    with school.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND):
        await school.review(card)
    assert (await desk.standing(CITY, officer)).may


async def test_the_citys_review_passes_a_ministrys_card_over(school: School) -> None:
    officer = await known(school)
    card = await record(school, officer)

    waiting = reviews.ListUnreviewedRequest(year=school.year, node="huanbao", page_size=500)
    listed = await school.all_of(CITY, "ListUnreviewed", waiting, "certificates")

    assert card.certificate_number not in {c.certificate_number for c in listed}


async def test_points_suspend_no_card_that_the_city_did_not_issue(school: School, desk: Desk) -> None:
    officer = await known(school)
    await record(school, officer)
    await school.points_table()

    await school.score(officer, "LENT")

    assert (await desk.standing(CITY, officer)).may


async def test_a_card_that_the_ministry_took_back_is_good_no_more(school: School, desk: Desk) -> None:
    officer = await known(school)
    card = await record(school, officer)

    ended = await end(school, card, from_time=stamp(-1))

    assert ended.expire_time.ToDatetime() < datetime.now(UTC).replace(tzinfo=None)
    for node in (CITY, "huanbao"):
        await school.seen(
            lambda node=node: desk.standing(node, officer),
            lambda reply: [o.code for o in reply.objections] == ["CANCELLED"],
        )
    with school.refused("ACT_NOT_OPEN"):
        await end(school, card)
    events = await school.events(CITY, "registry", card.certificate_number)
    assert events == ["MinistryCardRecorded", "MinistryCardEnded"]


async def test_who_leaves_is_recognised_no_more(school: School, desk: Desk) -> None:
    officer = await known(school)
    card = await record(school, officer)

    await desk.leave(officer)

    await desk.told(CITY, card, "CANCELLED")
    coverage = statistics.ListCertificateCoverageRequest(page_size=500)
    found = await school.all_of(CITY, "ListCertificateCoverage", coverage, "bodies")
    [mine] = [b for b in found if b.body_id == officer.body_id]
    assert (mine.in_force, mine.officers) == (0, 0)


async def test_a_card_goes_along_to_a_body_whose_field_it_covers_and_no_other(
    school: School, desk: Desk
) -> None:
    one, other = await known(school), await known(school)
    cards = [await record(school, officer) for officer in (one, other)]
    same = await school.body("chengguan", field="海关")
    elsewhere = await school.body("chengguan", field="城市管理")

    await desk.decide(await desk.transfer(one, same))
    await desk.decide(await desk.transfer(other, elsewhere))

    await school.seen(lambda: desk.standing("chengguan", one, field="海关"), lambda reply: reply.may)
    await desk.told(CITY, cards[1], "CANCELLED")


async def test_a_card_is_recorded_for_who_may_enforce_only(school: School) -> None:
    officer = await known(school)
    card = await record(school, officer)
    another = await known(school)

    with school.refused("CARD_NUMBER_TAKEN", EXISTS, certificate_number=card.certificate_number):
        await record(school, another, card.certificate_number)
    with school.refused("MALFORMED", INVALID, field="expire_time"):
        await record(school, another, issue_time=stamp(5), expire_time=stamp(4))
    _, certificate = await school.certified()
    with school.refused("MALFORMED", INVALID, field="certificate_number"):
        await end(school, certificate)
    with school.refused("MALFORMED", INVALID, field="from_time"):
        await end(school, card, from_time=stamp(1))
    body = await school.get_body(CITY, another.body_id)
    await school.withdraw(body)
    with school.refused("SUBJECT_NOT_QUALIFIED"):
        await record(school, another)
    assert body.state == body_pb2.BODY_STATE_PUBLISHED
    await Desk(school).leave(officer)
    await school.seen(lambda: school.get_officer(CITY, officer), lambda r: r.officer.HasField("leave_time"))
    with school.refused("OFFICER_HAS_LEFT"):
        await record(school, officer)


async def test_a_holder_may_still_get_a_certificate_of_the_city(school: School, desk: Desk) -> None:
    officer = await known(school)
    await record(school, officer)
    await school.train(officer)
    await school.known(CITY, officer, "EXAM_READY")
    await school.examine(officer, 90)

    certificate = await school.issue(officer)

    request = pb.VerifyCertificateRequest(certificate_number=certificate.certificate_number)
    assert (await desk.ask(CITY, "VerifyCertificate", request)).valid


async def test_the_holder_of_a_ministrys_card_is_given_cases_until_it_ends(school: School) -> None:
    story = await Story(school.city).cast()
    holder = await school.register(story.body)
    await school.known(CITY, holder, "TRAINING")
    card = await record(school, holder, fields=[story.body.field])
    await story.clue()
    await story.do("FileCase", "head-1", "AGENCY_HEAD")
    officers = [story.officers[0], holder.officer_id]

    async def assign() -> Any:
        return await story.do("AssignOfficers", "unit-1", "UNIT_HEAD", officer_ids=officers)

    await school.seen(assign)
    await end(school, card)

    async def refused() -> bool:
        try:
            await assign()
        except grpc.aio.AioRpcError as no:
            return read_refusal(no).reason == "TWO_CERTIFIED_OFFICERS"
        return False

    await school.seen(refused)

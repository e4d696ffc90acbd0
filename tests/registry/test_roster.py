"""Bodies and officers: who may be on a roster."""

import asyncio
import uuid

import grpc
import pytest
from yifa.registry.v1 import body_pb2, officer_pb2

from services.given.people import credit_code, id_number
from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
EXISTS = grpc.StatusCode.ALREADY_EXISTS


async def test_a_confirmed_body_becomes_known_at_every_node(town):
    body = await town.body("huanbao")

    for node in (CITY, "huanbao", "chengguan"):
        known = await town.seen(lambda node=node: town.get_body(node, body.body_id), lambda reply: True)
        assert known == body
    assert body.state == body_pb2.BODY_STATE_PUBLISHED


async def test_a_credit_code_with_a_wrong_check_character_is_refused(town):
    good = credit_code(900_001)
    bad = good[:-1] + ("1" if good[-1] != "1" else "2")

    with town.refused("BAD_CREDIT_CODE", INVALID, field="unified_social_credit_code"):
        await town.body(unified_social_credit_code=bad)


async def test_a_credit_code_in_another_spelling_is_the_same_code(town):
    body = await town.body(unified_social_credit_code="n2440703 mf01234512")

    assert body.unified_social_credit_code == "N2440703MF01234512"
    with town.refused("ALREADY_REGISTERED", EXISTS, body_id=body.body_id):
        await town.body(unified_social_credit_code="Ｎ２４４０７０３ＭＦ０１２３４５１２")


async def test_a_number_is_refused_for_what_is_wrong_with_it(town):
    body = await town.body()

    with town.refused("BAD_CREDIT_CODE", INVALID) as told:
        await town.body(unified_social_credit_code="11440700MI2C07549T")
    assert "第10个字符“I”" in told.zh and 'holds "I" (U+0049) at 10' in told.en
    with town.refused("BAD_ID_NUMBER", INVALID) as told:
        await town.register(body, id_number="440700850305001")
    assert "自2013年起已停止使用" in told.zh and "out of use since 2013" in told.en


async def test_a_body_is_confirmed_once(town):
    body = await town.body()

    with town.refused("ALREADY_REGISTERED", EXISTS, body_id=body.body_id):
        await town.body(unified_social_credit_code=body.unified_social_credit_code)


async def test_a_body_is_withdrawn_once(town):
    body = await town.body()
    withdraw = body_pb2.WithdrawBodyRequest(body_id=body.body_id, cause="机构合并")

    gone = (await town.call(CITY, "registry", "WithdrawBody", withdraw, "REGISTRAR")).body

    assert gone.state == body_pb2.BODY_STATE_WITHDRAWN
    withdraw.request_id = str(uuid.uuid4())
    with town.refused("ACT_NOT_OPEN", act="WithdrawBody", state="WITHDRAWN", open_acts=""):
        await town.call(CITY, "registry", "WithdrawBody", withdraw, "REGISTRAR")


async def test_bodies_are_confirmed_at_the_city_only(town):
    request = body_pb2.ConfirmBodyRequest(
        name="某局",
        unified_social_credit_code=credit_code(900_003),
        kind=body_pb2.BODY_KIND_AGENCY,
        node="huanbao",
        document_prefix="环罚",
        field="生态环境",
    )

    with town.refused("NOT_HOME", home=CITY):
        await town.call("huanbao", "registry", "ConfirmBody", request, "REGISTRAR")


async def test_an_officer_is_registered_and_known_at_the_city(town):
    body = await town.body()

    officer = await town.register(body)

    at_city = await town.known(CITY, officer, "TRAINING")
    assert at_city.officer.name == officer.name
    await town.known("huanbao", officer, "TRAINING")


@pytest.mark.parametrize(
    "number",
    [
        id_number(5)[:-1] + ("0" if id_number(5)[-1] != "0" else "1"),
        "440700198013010017",
        "44070019800230100X",
        "440700208001011003",
        "44070019800101１００1",
    ],
    ids=["check digit", "month 13", "30 February", "not yet born", "wide digits"],
)
async def test_an_impossible_id_number_is_refused(town, number):
    body = await town.body()

    with town.refused("BAD_ID_NUMBER", INVALID, field="id_number"):
        await town.register(body, id_number=number)


async def test_a_good_number_with_a_wrong_day_fails_for_the_day_alone(town):
    """The numbers above must not all fail by their check digit: these have a right one."""
    from stdnum.cn import ric

    body = await town.body()
    for stem in ("44070019801301001", "44070019800230100", "44070020800101100"):
        with town.refused("BAD_ID_NUMBER", INVALID):
            await town.register(body, id_number=stem + ric.calc_check_digit(stem + "0"))


async def test_a_person_is_on_a_roster_once(town):
    body = await town.body()
    officer = await town.register(body, id_number=id_number(8001))

    with town.refused("ALREADY_REGISTERED", EXISTS, officer_id=officer.officer_id):
        await town.register(body, id_number=id_number(8001))


async def test_two_clerks_at_once_register_a_person_once(town):
    body = await town.body()
    both = [town.register(body, id_number=id_number(8002)) for _ in range(2)]

    outcomes = await asyncio.gather(*both, return_exceptions=True)

    assert sorted(type(o).__name__ for o in outcomes) == ["AioRpcError", "Officer"]


@pytest.mark.parametrize("kind", ["ASSISTANT", "CONTRACT"])
async def test_only_permanent_staff_are_registered(town, kind):
    body = await town.body()

    with town.refused("NOT_ELIGIBLE_STAFF", law="EX-CERT", body_id=body.body_id):
        await town.register(body, staff_kind=officer_pb2.StaffKind.Value(f"STAFF_KIND_{kind}"))


async def test_a_withdrawn_body_gets_no_officers(town):
    body = await town.body()
    withdraw = body_pb2.WithdrawBodyRequest(body_id=body.body_id, cause="机构撤销")
    await town.call(CITY, "registry", "WithdrawBody", withdraw, "REGISTRAR")
    gone = body_pb2.BODY_STATE_WITHDRAWN
    await town.seen(lambda: town.get_body("huanbao", body.body_id), lambda reply: reply.state == gone)

    with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)"):
        await town.register(body)


async def test_an_officer_of_another_departments_body_is_refused(town):
    body = await town.body("huanbao")
    await town.seen(lambda: town.get_body("chengguan", body.body_id), lambda reply: True)

    with town.refused("SUBJECT_NOT_QUALIFIED", law="INTERNAL"):
        await town.register(body, "chengguan")


async def test_all_that_stands_against_a_registration_is_said_at_once(town):
    body = await town.body("huanbao")
    await town.seen(lambda: town.get_body("chengguan", body.body_id), lambda reply: True)

    for law in ("INTERNAL", "EX-CERT"):
        with town.refused("SUBJECT_NOT_QUALIFIED", law=law):
            await town.register(body, "chengguan", staff_kind=officer_pb2.STAFF_KIND_CONTRACT)


async def test_an_officer_of_an_unknown_body_is_refused(town):
    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND, kind="Body"):
        await town.register(body_pb2.EnforcementBody(body_id="B-unknown", node="huanbao"))


async def test_officers_are_registered_at_their_department_only(town):
    body = await town.body()

    with town.refused("SUBJECT_NOT_QUALIFIED", law="INTERNAL", body_id=body.body_id):
        await town.register(body, CITY)


async def test_an_id_number_is_never_shown_in_full(town):
    body = await town.body()
    number = id_number(8003)
    officer = await town.register(body, id_number=number)
    await town.known(CITY, officer, "TRAINING")

    replies = [
        officer,
        (await town.get_officer("huanbao", officer)).officer,
        await town.train(officer, 1),
    ]
    listing = officer_pb2.ListOfficersRequest(body_id=body.body_id)
    replies += (await town.call("huanbao", "registry", "ListOfficers", listing, "ROSTER_CLERK")).officers
    assert {reply.id_number for reply in replies} == {f"{number[:3]}***********{number[-4:]}"}
    assert (await town.get_officer(CITY, officer)).officer.id_number == ""
    entries = await town.journal("huanbao", "registry")
    assert any(e.subject_id == officer.officer_id for e in entries)
    assert not any(number.encode() in e.data or number[-4:].encode() in e.data for e in entries)


async def test_officers_are_listed_page_by_page(town):
    body = await town.body()
    officers = [await town.register(body) for _ in range(5)]

    request = officer_pb2.ListOfficersRequest(body_id=body.body_id, page_size=2)
    listed = await town.pages("huanbao", "ListOfficers", request)

    names = [o.officer_id for o in listed]
    assert names == sorted(o.officer_id for o in officers)


async def test_a_repeated_request_registers_once(town):
    body = await town.body()
    request_id = str(uuid.uuid4())
    number = id_number(8004)

    first = await town.register(body, request_id=request_id, id_number=number, name="甲")
    again = await town.register(body, request_id=request_id, id_number=number, name="甲")

    assert first == again
    assert await town.events("huanbao", "registry", first.officer_id) == ["OfficerRegistered"]

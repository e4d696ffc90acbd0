"""Who leads the responsibility system of the city and of each agency, and who is spoken to there (DL-ERS-2005)."""

from yifa.registry.v1 import leading_group_pb2 as pb
from yifa.registry.v1 import officer_pb2, post_pb2

from services.given import registry as given
from services.given.people import REGISTRAR, ROSTER
from tests.registry.town import CITY

LACK = pb.LeadingGroupLack


async def groups(town, body, node=CITY, **more):
    asked = pb.ListLeadingGroupsRequest(body_id=body.body_id, **more)
    return list((await town.call(node, "registry", "ListLeadingGroups", asked, "AGENCY_HEAD")).groups)


async def gaps(town, body_id="", node=CITY):
    asked = pb.ListLeadingGroupGapsRequest(body_id=body_id)
    found = (await town.call(node, "registry", "ListLeadingGroupGaps", asked, "OVERSIGHT")).gaps
    return {(gap.body_id, LACK.Name(gap.lack).removeprefix("LEADING_GROUP_LACK_")) for gap in found}


async def manned(town):
    """An agency with two heads and two people to speak to."""
    body = await town.body()
    heads = await given.appoint_heads(town.say, body)
    return body, heads, [(await town.register(body)).officer_id for _ in range(2)]


async def test_a_group_takes_the_place_of_the_one_before_and_is_known_at_the_city(town):
    """R-167."""
    body, (chief, deputy), (one, two) = await manned(town)

    first = await given.leading_group(town.say, body, chief, one, two)
    second = await given.leading_group(town.say, body, deputy, two, one)

    assert first.liaison.name and first.members[0].name and first.body_name == body.name
    assert await groups(town, body, "huanbao") == [second]
    ended, lasts = await groups(town, body, "huanbao", former=True)
    assert (ended.group_id, ended.until_time, lasts) == (first.group_id, second.from_time, second)
    assert await town.seen(lambda: groups(town, body), lambda seen: seen == [second])
    assert len(await groups(town, body, former=True)) == 2


async def test_who_is_missing_is_pointed_out(town):
    body, (chief, _), (one, two) = await manned(town)
    await town.seen(lambda: gaps(town), lambda seen: (body.body_id, "GROUP") in seen)
    assert await gaps(town, body.body_id, "huanbao") == {(body.body_id, "GROUP")}

    await given.leading_group(town.say, body, chief, one, two)
    assert await town.seen(lambda: gaps(town, body.body_id), lambda seen: seen == set()) == set()

    leave = {"officer_id": one, "cause": officer_pb2.LEAVE_CAUSE_RETIREMENT}
    await town.say("huanbao", "registry", "RecordLeaving", ROSTER, **leave)
    held = await town.say("huanbao", "registry", "ListAppointments", ROSTER, officer_id=chief)
    over = post_pb2.EndAppointmentRequest(appointment_id=held.appointments[0].appointment_id, cause="离任")
    await town.call("huanbao", "registry", "EndAppointment", over, "ROSTER_CLERK")
    lacking = {(body.body_id, "LIAISON"), (body.body_id, "HEAD")}
    assert await gaps(town, body.body_id, "huanbao") == lacking
    assert await town.seen(lambda: gaps(town, body.body_id), lambda seen: seen == lacking)


async def test_who_leads_and_who_is_spoken_to_are_of_the_agency(town):
    body, (chief, _), (one, two) = await manned(town)
    stranger = (await town.register(await town.body())).officer_id
    head = pb.LEADING_GROUP_ROLE_HEAD
    lead = {"role": head, "officer_id": chief, "position": "局长"}
    wrong = {
        "LEADING_GROUP_INCOMPLETE": (
            {"document": " "}, {"office": ""}, {"members": []}, {"members": [lead, lead]},
            {"members": [lead, {"role": pb.LEADING_GROUP_ROLE_MEMBER, "name": "", "position": "科长"}]},
        ),
        "LEADING_GROUP_HEAD": (
            {"members": [{**lead, "officer_id": one}]}, {"members": [{**lead, "officer_id": "", "name": "市长"}]},
        ),
        "LIAISON_INCOMPLETE": (
            {"liaison": {"officer_id": one, "phone": ""}}, {"substitute": {"officer_id": one, "phone": "1"}},
            {"substitute": None},
        ),
        "LIAISON_NOT_ON_ROSTER": (
            {"liaison": {"officer_id": stranger, "phone": "1"}}, {"substitute": {"officer_id": "", "name": "张三", "phone": "1"}},
            {"substitute": {"officer_id": "O-invented", "name": "李四", "phone": "1"}},
        ),
    }  # fmt: skip
    for reason, faults in wrong.items():
        for fault in faults:
            with town.refused(reason):
                await given.leading_group(town.say, body, chief, one, two, **fault)

    with town.refused("LEADING_GROUP_ELSEWHERE", body_id=body.body_id):
        at_city = body.__class__(body_id=body.body_id, node=CITY)
        await given.leading_group(town.say, at_city, chief, one, two, by=REGISTRAR)
    assert await groups(town, body) == []


async def test_the_city_has_a_group_of_its_own(town):
    of_city = {
        "document": "示府办发〔2026〕9号",
        "members": [
            {"role": pb.LEADING_GROUP_ROLE_HEAD, "name": "示例常务副市长", "position": "常务副市长"},
            {"role": pb.LEADING_GROUP_ROLE_MEMBER, "name": "示例司法局长", "position": "市司法局局长"},
        ],
        "office": "示例市司法局",
        "liaison": {"name": "示例科长", "phone": "0750-1"},
        "substitute": {"name": "示例副科长", "phone": "0750-2"},
    }
    assert ("", "GROUP") in await gaps(town)
    with town.refused("LEADING_GROUP_ELSEWHERE"):
        await town.say("huanbao", "registry", "SetLeadingGroup", ROSTER, **of_city)
    made = (await town.say(CITY, "registry", "SetLeadingGroup", REGISTRAR, **of_city)).group

    assert ("", "GROUP") not in await gaps(town) and not made.body_id
    asked = pb.ListLeadingGroupsRequest(page_size=500)

    async def known():
        return (
            made in (await town.call("huanbao", "registry", "ListLeadingGroups", asked, "UNIT_HEAD")).groups
        )

    assert await town.seen(known)

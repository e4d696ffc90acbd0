"""Legal advisers and public lawyers: who comes on the register, for whom, for how long, and who leaves it (CBZ-2019-7 12)."""

from datetime import timedelta

from yifa.registry.v1 import legal_adviser_pb2 as pb

from services.given.people import REGISTRAR
from services.given.registry import legal_adviser
from tests.registry.statute_book import ago
from tests.registry.town import CITY

PUBLIC = {"kind": pb.LEGAL_ADVISER_KIND_PUBLIC_LAWYER, "licence_number": "14401201661000001"}
SCHOLAR = {"kind": pb.LEGAL_ADVISER_KIND_SCHOLAR, "licence_number": "", "qualification": "法学教授"}


async def advisers(town, body, node=CITY, **more):
    asked = pb.ListLegalAdvisersRequest(body_id=body.body_id, **more)
    return list((await town.call(node, "registry", "ListLegalAdvisers", asked, "LEGAL_REVIEWER")).advisers)


async def test_an_adviser_comes_on_the_register_is_known_to_all_and_leaves_it(town):
    """R-127."""
    body = await town.body()

    entered = await legal_adviser(town.say, body.body_id)
    lasting = await legal_adviser(town.say, body.body_id, **PUBLIC, until_time=None)
    assert (entered.state, entered.body_name) == (pb.LEGAL_ADVISER_STATE_ENGAGED, body.name)
    assert entered.HasField("enter_time") and not lasting.HasField("until_time")
    assert await town.seen(lambda: advisers(town, body, "huanbao"), lambda seen: len(seen) == 2) == [
        entered,
        lasting,
    ]

    gone = {"adviser_id": entered.adviser_id, "reasons": "解除聘用"}
    with town.refused("REASONS_MISSING"):
        await town.say(CITY, "registry", "RemoveLegalAdviser", REGISTRAR, **{**gone, "reasons": " "})
    left = (await town.say(CITY, "registry", "RemoveLegalAdviser", REGISTRAR, **gone)).adviser
    with town.refused("ACT_NOT_OPEN", adviser_id=entered.adviser_id):
        await town.say(CITY, "registry", "RemoveLegalAdviser", REGISTRAR, **gone)

    assert (left.state, left.leave_reasons) == (pb.LEGAL_ADVISER_STATE_LEFT, "解除聘用")
    assert await advisers(town, body, state=pb.LEGAL_ADVISER_STATE_ENGAGED) == [lasting]
    assert await town.seen(lambda: advisers(town, body, "huanbao"), lambda seen: left in seen)


async def test_who_advises_is_known_for_whom_and_for_how_long(town):
    body = await town.body()
    a_lawyer_number_for_a_public_lawyer = {**PUBLIC, "licence_number": "14401201510000009"}
    wrong = {
        "ADVISER_NOT_KNOWN": (
            {"name": " "}, {"unit": ""}, {"document": ""}, {"licence_number": ""}, {"licence_number": "1440120151000000X"},
            {"licence_number": "１4401201510000009"},
            a_lawyer_number_for_a_public_lawyer, {"licence_number": PUBLIC["licence_number"]}, {**SCHOLAR, "qualification": ""},
        ),
        "ADVISER_OF_NOBODY": ({"government": True}, {"body_id": ""}, {"body_id": "B-invented"}),
        "ADVISER_TERM": ({"until_time": None}, {"until_time": ago(1)}, {"since": ago(0) + timedelta(900)}),
    }  # fmt: skip
    for reason, faults in wrong.items():
        for fault in faults:
            with town.refused(reason):
                await legal_adviser(town.say, **{"government": False, "body_id": body.body_id, **fault})

    assert await advisers(town, body) == []
    of_government = await legal_adviser(town.say, **SCHOLAR)
    assert of_government.government and not of_government.body_id


async def test_nobody_is_on_the_register_of_an_agency_twice_for_one_time(town):
    body, other = await town.body(), await town.body()
    said = {"name": "示例重名律师", "licence_number": "14401201510999999", "since": ago(300)}
    first = await legal_adviser(town.say, body.body_id, **said, until_time=ago(0) + timedelta(10))

    with town.refused("ADVISER_ENTERED_ALREADY"):
        await legal_adviser(town.say, body.body_id, **said)
    elsewhere = await legal_adviser(town.say, other.body_id, **said)
    after = await legal_adviser(town.say, body.body_id, **{**said, "since": ago(0) + timedelta(10)})

    assert len({first.adviser_id, elsewhere.adviser_id, after.adviser_id}) == 3

"""Every state of a body is reached, and what is not open from it is refused with what is."""

import pytest
from yifa.registry.v1 import body_pb2 as asked

from services.law.procedures.body import BODY, BODY_TABLE
from tests.registry.test_bodies import CONDITIONS, Hall
from tests.registry.test_bodies_changes import decide, note, report
from tests.registry.town import CITY

# How a state is reached: the state before it, and the act that leads on.
WAYS = {
    "PROPOSED": ("", "PROPOSE_BODY"),
    "LEGALITY_CHECKED": ("PROPOSED", "PASS_BODY"),
    "REJECTED": ("PROPOSED", "FAIL_BODY"),
    "CONFIRMED": ("LEGALITY_CHECKED", "CERTIFY_BODY"),
    "PUBLISHED": ("CONFIRMED", "PUBLISH_BODY"),
    "CHANGE_PENDING": ("PUBLISHED", "REPORT_BODY_CHANGE"),
    "REISSUED": ("CHANGE_PENDING", "REISSUE_BODY"),
    "WITHDRAWN": ("PUBLISHED", "WITHDRAW_BODY"),
}


class Walk:
    """The acts of the table, each by its RPC."""

    def __init__(self, town):
        self.town, self.hall = town, Hall(town)

    async def do(self, act, body):
        hall = self.hall
        acts = {
            "PASS_BODY": lambda: hall.review(body, CONDITIONS["AGENCY"]),
            "FAIL_BODY": lambda: hall.review(body, [], passed=False),
            "CERTIFY_BODY": lambda: hall.certify(body),
            "PUBLISH_BODY": lambda: hall.publish(body),
            "NOTE_BODY_CHANGE": lambda: note(hall, body, days_ago=1),
            "REISSUE_BODY": lambda: decide(hall, body, accepted=True),
            "REFUSE_BODY_CHANGE": lambda: decide(hall, body, accepted=False),
            "REPORT_BODY_CHANGE": lambda: report(self.town, body),
            "NAME_SUPERIOR_BODY": lambda: hall.at_city(
                "NameSuperiorBody",
                asked.NameSuperiorBodyRequest(body_id=body.body_id, document="示例：三定规定"),
            ),
            "WITHDRAW_BODY": lambda: hall.at_city(
                "WithdrawBody", asked.WithdrawBodyRequest(body_id=body.body_id, cause="机构撤销")
            ),
        }
        assert act in acts, f"say here how {act} is asked for"
        return await acts[act]()

    async def reach(self, state):
        """A body in a state, known so at its department."""
        before, act = WAYS[state]
        if not before:
            body = await self.hall.propose()
        else:
            body = await self.reach(before)
            await self.do(act, body)
        for node in (CITY, body.node):
            await self.hall.known(body, node, state)
        return body


def test_every_state_of_the_table_has_a_way() -> None:
    assert set(WAYS) == set(BODY_TABLE.states) - {""}


@pytest.mark.parametrize("state", sorted(WAYS))
async def test_what_is_not_open_is_refused_with_what_is(town, state):
    walk = Walk(town)
    body = await walk.reach(state)
    here = BODY_TABLE.open(state)
    open_acts = dict.fromkeys(m.method for m in here)
    closed = set(BODY_TABLE.acts) - {m.act for m in here} - {"PROPOSE_BODY", "RENEW_ENTRUSTMENT"}

    for act in sorted(closed):
        with town.refused(
            "ACT_NOT_OPEN", act=BODY.named(act).method, state=state, open_acts=",".join(open_acts)
        ):
            await walk.do(act, body)

    assert await town.get_body(CITY, body.body_id) == await town.get_body(body.node, body.body_id)


@pytest.mark.parametrize("state", sorted(set(WAYS) - {"REJECTED", "WITHDRAWN"}))
async def test_a_body_may_end_from_every_state_that_is_no_end(town, state):
    walk = Walk(town)
    body = await walk.reach(state)

    await walk.do("WITHDRAW_BODY", body)

    ended = await walk.hall.known(body, body.node, "WITHDRAWN")
    assert ended.HasField("withdraw_time")
    with town.refused("ACT_NOT_OPEN", open_acts=""):
        await walk.hall.at_city("CertifyBody", asked.CertifyBodyRequest(body_id=body.body_id))

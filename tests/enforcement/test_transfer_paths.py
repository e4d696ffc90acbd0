"""Every rule on every act of a transfer, through the front door: kept, the act is done; broken once, it is refused.

What stands on the acts is read from the tables, so a rule that comes to them is tried here too.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.registry.v1 import body_pb2
from yifa.supervision.v1 import events_pb2 as supervision

from services.law.procedures.penalty import ORDINARY
from services.law.rule import Rule
from services.lawdocs.paths import TRANSFERS
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, UNIT, Dossier
from tests.enforcement.test_important_matters import asked
from tests.enforcement.test_measure import seized
from tests.enforcement.test_recusal import ask, recused
from tests.enforcement.test_referral import flagged
from tests.enforcement.test_transfer import designate

OTHER = ("head-9", "AGENCY_HEAD")
PAIRS = list(dict.fromkeys((m.act, r) for m in ORDINARY.moves if m.act in TRANSFERS for r in m.rules))
RPC = {m.act: m.method for m in ORDINARY.moves if m.act in TRANSFERS}
AT_SENDER = ("TAKE_BACK_CLUE", "TAKE_BACK_CASE")


class Matter:
    """A case with what was done about its transfer so far, by another head than the one who is to act."""

    def __init__(self, d: Department, dossier: Dossier):
        self.d, self.dossier, self.id = d, dossier, dossier.case_id
        self.sent = self.received = cases.Case()

    async def do(self, rpc: str, case_id: str, by: tuple[str, ...] = OTHER, **fields: Any) -> cases.Case:
        return (await self.d.do(rpc, by, case_id=case_id, **fields)).case

    async def transfer(self) -> None:
        body_id = await self.d.body(area="440703")
        self.sent = await self.do("TransferCase", self.id, body_id=body_id, cause="示例")
        self.received = (await self.d.do("ListCases", HEAD, page_size=1)).cases[0]
        assert self.received.transfer.from_case_id == self.id

    async def dispute(self) -> None:
        await self.do("DisputeTransfer", self.received.case_id, cause="示例")

    async def aside(self, case_id: str) -> None:
        """The head who is to act stands aside from the case."""
        heads = {"discussion": "集体讨论记录", "discussion_members": [OTHER[0], "head-2"]}
        await recused(self.d, Dossier(case_id, self.dossier.body_id), HEAD[0], by=OTHER, **heads)


async def ready(d: Department, act: str, *, aside: bool = False) -> tuple[Matter, str, dict[str, Any]]:
    """A matter in which the act is lawful, the case that it is done in, and what the request says besides."""
    m = Matter(d, await (d.filed() if act == "TAKE_BACK_CASE" else d.clue()))
    if act == "TRANSFER_CASE" or act in AT_SENDER:
        case_id = m.id
        if aside:
            await m.aside(case_id)
    if act != "TRANSFER_CASE":
        await m.transfer()
    if act in ("REFER_DISPUTE", *AT_SENDER):
        await m.dispute()
    if act != "TRANSFER_CASE" and act not in AT_SENDER:
        case_id = m.received.case_id
        if aside:
            await m.aside(case_id)
    return m, case_id, await said(d, act)


async def said(d: Department, act: str) -> dict[str, Any]:
    if act == "TRANSFER_CASE":
        return {"body_id": await d.body(area="440703"), "cause": "示例"}
    return {"cause": "示例"} if act in ("DISPUTE_TRANSFER", "REFER_DISPUTE") else {}


Broken = Callable[[Department, str], Awaitable[tuple[str, dict[str, Any]]]]


async def _unfit(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    _, case_id, fields = await ready(d, act)
    return case_id, fields | {"body_id": await d.body(state=body_pb2.BODY_STATE_CONFIRMED)}


async def _came_in(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    m, _, fields = await ready(d, act)
    await m.transfer()
    return m.received.case_id, fields


async def _designated(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    m, case_id, fields = await ready(d, act)
    await m.transfer()
    await m.dispute()
    await m.do("ReferDispute", m.received.case_id, cause="示例")
    await designate(d, m.sent, m.received, m.sent)
    return case_id, fields


async def _disputed(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    m, _, fields = await ready(d, act)
    if not m.received.case_id:
        await m.transfer()
    await m.dispute()
    return m.received.case_id, fields


async def _aside(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    _, case_id, fields = await ready(d, act, aside=True)
    return case_id, fields


async def _never_transferred(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    return (await d.clue()).case_id, await said(d, act)


async def _acknowledged(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    m, case_id, fields = await ready(d, act)
    await m.do("AcknowledgeTransfer", m.received.case_id, by=CLERK)
    return case_id, fields


async def _referred(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    m, case_id, fields = await ready(d, act)
    await m.do("ReferDispute", m.received.case_id, cause="示例")
    return case_id, fields


async def _out_of_office(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    _, case_id, fields = await ready(d, act)
    body_id = (await d.case(case_id)).body_id
    await d.appointed(body_id, HEAD[0], until=d.now - DAY, version=2)
    return case_id, fields


async def _own_case(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    """The head handled the case for a while."""
    dossier = await d.clue()
    await d.do("FileCase", OTHER, case_id=dossier.case_id)
    ids = [(await d.officer(dossier.body_id)).officer_id for _ in range(2)]
    await d.certify(HEAD[0], dossier.body_id)
    for officers in ([HEAD[0], ids[0]], ids):
        await d.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=officers)
    m = Matter(d, dossier)
    if act in AT_SENDER:
        await m.transfer()
        await m.dispute()
    return m.id, await said(d, act)


async def _asked_to_stand_aside(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    _, case_id, fields = await ready(d, act)
    await ask(d, Dossier(case_id, ""), HEAD[0])
    return case_id, fields


async def _suspected(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    """A crime is suspected in the case."""
    return (await flagged(d)).dossier.case_id, await said(d, act)


async def _held(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    """Things of the case are seized."""
    return (await seized(d)).dossier.case_id, await said(d, act)


async def _awaiting(d: Department, act: str) -> tuple[str, dict[str, Any]]:
    """The superior was asked about the case."""
    _, case_id, fields = await ready(d, act)
    await d.hear(supervision.ImportantMatterAsked(important_matter=asked(d, case_id)))
    return case_id, fields


BREAKS: Mapping[str, Broken] = {
    "by_head": _out_of_office,
    "head_apart": _own_case,
    "own_recusal_settled": _asked_to_stand_aside,
    "receiver_qualified": _unfit,
    "not_sent_on": _came_in,
    "not_given_away": _designated,
    "undisputed": _disputed,
    "not_recused": _aside,
    "transferred_in": _never_transferred,
    "not_acknowledged": _acknowledged,
    "not_disputed_yet": _disputed,
    "not_referred_yet": _referred,
    "not_settled": _acknowledged,
    "dispute_open": _acknowledged,
    "no_referral_open": _suspected,
    "measures_settled": _held,
    "instructed": _awaiting,
}


@pytest.mark.parametrize("act", RPC)
async def test_a_lawful_act_is_done(department: Department, act: str) -> None:
    _, case_id, fields = await ready(department, act)

    done = (await department.do(RPC[act], HEAD, case_id=case_id, **fields)).case

    assert department.names(done.case_id)


@pytest.mark.parametrize(("act", "rule"), PAIRS, ids=[f"{act}-{rule.holds.__name__}" for act, rule in PAIRS])
async def test_a_broken_rule_refuses_the_act(department: Department, act: str, rule: Rule) -> None:
    assert rule.holds.__name__ in BREAKS, "say here how a transfer breaks this rule"
    case_id, fields = await BREAKS[rule.holds.__name__](department, act)

    before = department.traces()

    with pytest.raises(grpc.aio.AioRpcError) as no:
        await department.do(RPC[act], HEAD, case_id=case_id, **fields)

    told = read_refusal(no.value)
    known = department.running.around.parameters
    laws = {rule.law, known.cited(rule.law, "", rule.name)}
    assert rule.reason in told.violations and laws & {*told.violations.values()}, told
    assert department.traces() == before, "a refused act writes nothing"


def test_every_way_to_break_a_transfer_is_tried() -> None:
    assert {rule.holds.__name__ for _, rule in PAIRS} == BREAKS.keys()

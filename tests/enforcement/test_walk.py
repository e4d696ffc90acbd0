"""Random walks over the acts: what the list of open acts says is what happens."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import pytest
from buf.validate import validate_pb2
from google.protobuf.descriptor import FieldDescriptor
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.say import request as said_in
from services.law.procedures.penalty import ORDINARY, PENALTY
from services.law.procedures.penalty.acts import ACTS, RECUSAL, TRANSFER
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.handing_in import handed_in
from tests.enforcement.samples import (
    CLERK,
    DAY,
    FINANCE,
    HEAD,
    REVIEWER,
    START,
    UNIT,
    Dossier,
    Who,
    fine,
)

WHO = {who[1]: who for who in (CLERK, FINANCE, HEAD, REVIEWER, UNIT)}
# These begin or end elsewhere, or need what no case of a walk has; a payment is always of all that is due, and by no
# instalments.
NOT_WALKED = {
    "REGISTER_CLUE",
    "RECORD_PAYMENT",
    "DECIDE_DEFERRAL",
    "CORRECT_PUBLICATION",
    "WITHHOLD_PUBLICATION",
    "RECORD_PERFORMANCE",
    "PASS_CASE",
    # A waiver needs a paper of its own, and a hearing has its day weeks later.
    "WAIVE_DEFENCE",
    "REQUEST_HEARING",
    *(act for act in ORDINARY.acts if act.endswith("_HEARING") or act == "APPOINT_HEARING_PANEL"),
    "ARCHIVE_CASE",
    # Which piece, its id says; the routes walk them.
    *("VERIFY_EVIDENCE", "EXCLUDE_EVIDENCE"),
    *("COLLECT_FINE", "COLLECT_FINE_ABOARD", "LAND_FINE", "HAND_IN_FINE", "BANK_FINE"),
    *("RECORD_RECONSIDERATION", "RECORD_SUIT", "END_RECONSIDERATION", "END_SUIT", "RECORD_STAY", "END_STAY"),
    # A correction of the agency's own is decided by its id; the routes walk them.
    *(
        "PROPOSE_OWN_CORRECTION",
        "REFUSE_OWN_CORRECTION",
        "ANNUL_OWN_DECISION",
        "CHANGE_OWN_DECISION",
        "REOPEN_OWN_DECISION",
        "ANNOUNCE_OWN_CORRECTION",
        "SERVE_OWN_CORRECTION",
    ),
    *(each.act for each in (*TRANSFER, *RECUSAL)),
}
WALKED = [act for act in ORDINARY.acts if act not in NOT_WALKED]
# What the rules of an act ask of its request, besides that each text says something and each yes or no is yes.
NO_PENALTY = penalties.NoPenalty(
    ground=penalties.NO_PENALTY_GROUND_NOT_ESTABLISHED, reasons="违法事实不能成立"
)
DONE = cases.Closing(correction="已改正")


def outcome(case: cases.Case, kind: int, *, anew: bool = False) -> dict[str, Any]:
    """What a remedy ended with, by a paper of its own."""
    return {
        "kind": kind,
        "anew": anew,
        "procedure_only": False,
        "unanswered": False,
        "remedy": cases.REMEDY_RECONSIDERATION,
        "document": f"复决{case.version}号",
    }


ADVISER = "AV-walk"
"""Whom the registry knows as a legal adviser of the government."""
BESIDES: dict[str, Callable[[Dossier, cases.Case], dict[str, Any]]] = {
    "ASSIGN_OFFICERS": lambda dossier, case: {"officer_ids": dossier.ids},
    "RECORD_EVIDENCE": lambda dossier, case: {"collector_ids": dossier.ids, "responsibility": 0},
    "SUBMIT_REPORT": lambda dossier, case: {"proposal": fine(60000)},
    "PROPOSE_NO_PENALTY": lambda dossier, case: {"no_penalty": NO_PENALTY},
    "DECIDE_NO_PENALTY": lambda dossier, case: {"no_penalty": NO_PENALTY},
    "ANNOUNCE_SERVICE": lambda dossier, case: {"whereabouts": dossier.lost},
    "PASS_REVIEW": lambda dossier, case: {"advisers": [ADVISER]},
    "RETURN_REVIEW": lambda dossier, case: {"passed": False},
    "MAKE_DECISION": lambda dossier, case: {"discussion_members": ["head-1", "head-2"]},
    "CLOSE_CASE": lambda dossier, case: {"closing": DONE},
    "RECORD_UPHELD": lambda dossier, case: outcome(case, cases.OUTCOME_KIND_UPHELD),
    "RECORD_SET_ASIDE": lambda dossier, case: outcome(case, cases.OUTCOME_KIND_UNLAWFUL),
    "RECORD_UNDONE": lambda dossier, case: outcome(case, cases.OUTCOME_KIND_ANNULLED),
    "REOPEN_CASE": lambda dossier, case: outcome(case, cases.OUTCOME_KIND_ANNULLED, anew=True),
    "REFUND_FINE": lambda dossier, case: {"amount": {"fen": 1}, "bank_reference": f"B-{case.version}"},
    "COMPLETE_PAYMENT": lambda dossier, case: {
        "amount": {"fen": max(case.decision.penalty.fine.fen - case.paid.fen, 1)},
        "bank_reference": f"W-{case.case_id}-{case.version}",
    },
}
UNASKED = "if it is for what the request does not hold, BESIDES has to say what it takes"
ENDS = {"DECLINE_CLUE", "TERMINATE_CASE", "PROPOSE_NO_PENALTY", "DECIDE_NO_PENALTY"}
# What to pick among equals; now and then any act at all; how many days later.
STEP = st.tuples(st.integers(0, 10**6), st.sampled_from([False, False, False, True]), st.integers(0, 4))
START_AT = st.sampled_from([Department.clue, Department.reviewed, Department.noticed])


@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # an example takes seconds
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(begin=START_AT, steps=st.lists(STEP, min_size=12, max_size=26))
async def test_open_acts_are_done_and_closed_acts_are_refused(
    node: Department, begin: Callable[[Department], Awaitable[Dossier]], steps: list[tuple[int, bool, int]]
) -> None:
    node.now = START
    await walk(node, await begin(node), steps)


async def walk(node: Department, dossier: Dossier, steps: list[tuple[int, bool, int]]) -> None:
    """Do the steps on a case: each act goes as the list of open acts said before it."""
    dossier.officers = dossier.officers or [await node.officer(dossier.body_id) for _ in range(2)]
    await look_for_the_party(node, dossier)
    await node.adviser(ADVISER)
    given_events = len(acts_told(node, dossier))
    done: Counter[str] = Counter()

    for choice, any_act, days in steps:
        node.now += days * DAY
        act = await chosen(node, dossier, choice, any_act, done)
        done[act] += await tried(node, dossier, act, choice)

    assert len(acts_told(node, dossier)) == given_events + done.total()


@pytest.mark.timeout(300)
async def test_every_act_is_done_when_it_is_open(node: Department) -> None:
    """What was done least is done next, in as many cases as it takes to do everything once."""
    node.now, done = START, Counter(dict.fromkeys(WALKED, 0))
    await node.adviser(ADVISER)

    for _ in range(12):
        dossier = await node.clue()
        dossier.officers = [await node.officer(dossier.body_id) for _ in range(2)]
        await look_for_the_party(node, dossier)
        for _ in range(40):
            if not (acts := await open_acts(node, dossier)):
                break
            act = min(acts, key=lambda name: (done[name], name in ENDS, WALKED.index(name)))
            assert await tried(node, dossier, act, done[act])
            done[act] += 1
            node.now += 4 * DAY

    never = [act for act, times in done.items() if not times]
    assert not never, (
        f"nothing leads to {never}, or what it takes stands neither in the contract nor in BESIDES"
    )


async def look_for_the_party(node: Department, dossier: Dossier) -> None:
    """A file of the case shows that the party cannot be found."""
    shown = node.folder / "查询证明.jpg"
    shown.write_bytes(b"the police have no address")
    dossier.lost = (await handed_in(node, dossier, shown, CLERK)).file_id


def acts_told(node: Department, dossier: Dossier) -> list[str]:
    """What was announced of a case, but for its term, which stands still and runs on with its inquiry."""
    return [name for name in node.names(dossier.case_id) if name not in ("TimeExcluded", "TimeResumed")]


async def tried(node: Department, dossier: Dossier, act: str, choice: int) -> bool:
    """Ask for an act, and whether it was done: it goes as the list of open acts said before."""
    by, method = performer(dossier, act, choice), PENALTY.named(act).method
    fields = said_of(dossier, before := await node.case(dossier.case_id), act)
    listed = await node.do("ListOpenActs", by, case_id=dossier.case_id)
    said = next(a for a in listed.acts if a.act == act)

    try:
        reply = await node.do(method, by, **fields)
    except grpc.aio.AioRpcError as no:
        refused, against = set(read_refusal(no).violations), {o.reason for o in said.obstacles}
        assert no.code() is grpc.StatusCode.FAILED_PRECONDITION, f"{act}: {no.details()}; {UNASKED}"
        assert refused == against, f"{act}: {refused ^ against}; {UNASKED}"
        assert not said.open
        return False
    assert (f"yifa.enforcement.v1.{acts_told(node, dossier)[-1]}",) == ACTS[act].events
    assert said.open, (act, said)
    assert reply.case.version > before.version
    return True


async def chosen(d: Department, dossier: Dossier, choice: int, any_act: bool, done: Counter[str]) -> str:
    """Any act; or of those that the state allows one that was done least; an ending only now and then."""
    listed = await d.do("ListOpenActs", all_roles(dossier), case_id=dossier.case_id)
    state = {a.act for a in listed.acts if "ACT_NOT_OPEN" not in {o.reason for o in a.obstacles}}
    wanted = [name for name in WALKED if name in state and (name not in ENDS or choice % 10 == 7)]
    fewest = min((done[name] for name in wanted), default=0)
    pool = WALKED if any_act or not wanted else [name for name in wanted if done[name] == fewest]
    return pool[choice % len(pool)]


async def open_acts(d: Department, dossier: Dossier) -> list[str]:
    """The acts that somebody in one of their roles may do now."""
    by = {act: performer(dossier, act, 0) for act in WALKED}
    listed = {who: await d.do("ListOpenActs", who, case_id=dossier.case_id) for who in set(by.values())}
    return [act for act in WALKED if any(a.act == act and a.open for a in listed[by[act]].acts)]


def all_roles(dossier: Dossier) -> Who:
    return (dossier.ids[0], *{role for act in WALKED for role in PENALTY.named(act).roles})


def performer(dossier: Dossier, act: str, choice: int) -> Who:
    """Somebody in one of the roles of an act."""
    roles = PENALTY.named(act).roles
    return WHO.get(roles[choice // 10 % len(roles)], dossier.who)


def said_of(dossier: Dossier, case: cases.Case, act: str) -> dict[str, Any]:
    """A request for an act that breaks no rule of its own."""
    asked = said_in("enforcement", PENALTY.named(act).method)
    filled = {field.name: one for field in asked.DESCRIPTOR.fields if (one := something(field)) is not None}
    besides = BESIDES[act](dossier, case) if act in BESIDES else {}
    return filled | besides | {"case_id": case.case_id}


def something(field: FieldDescriptor) -> Any:
    """A text, a yes or a first choice; nothing where what may be said is not as plain as that."""
    rules = field.GetOptions().Extensions[validate_pb2.field]
    if field.is_repeated or field.name.endswith("_id") or rules.string.pattern:
        return None
    if field.enum_type is not None:
        return field.enum_type.values[1].number
    return {FieldDescriptor.TYPE_STRING: "示例", FieldDescriptor.TYPE_BOOL: True}.get(field.type)

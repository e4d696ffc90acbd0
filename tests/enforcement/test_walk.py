"""Random walks over the acts: what the list of open acts says is what happens."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from yifa.enforcement.v1 import case_pb2 as cases

from services.law.procedures.penalty.acts import ACTS as SAID
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, REVIEWER, START, UNIT, Dossier, Who, fine

PROPOSAL = fine(60000)
# Act -> method, who does it (None: a handling officer), and a request that breaks no rule of its own.
ACTS: dict[str, tuple[str, Who | None, dict[str, Any]]] = {
    "DECLINE_CLUE": ("DeclineClue", HEAD, {"cause": "轻微"}),
    "FILE_CASE": ("FileCase", HEAD, {}),
    "ASSIGN_OFFICERS": ("AssignOfficers", UNIT, {}),
    "RECORD_EVIDENCE": (
        "RecordEvidence",
        None,
        {"kind": 1, "title": "书证", "source": "当事人提供", "certificate_shown": True},
    ),
    "SUBMIT_REPORT": ("SubmitReport", None, {"report": "报告", "proposal": PROPOSAL}),
    "SUBMIT_FOR_REVIEW": ("SubmitForReview", UNIT, {}),
    "PASS_REVIEW": ("ConcludeReview", REVIEWER, {"passed": True, "opinion": "同意"}),
    "RETURN_REVIEW": ("ConcludeReview", REVIEWER, {"opinion": "退回"}),
    "SERVE_PRIOR_NOTICE": (
        "ServePriorNotice",
        CLERK,
        {"facts": "事实", "reasons": "理由", "basis": "依据", "hearing_right_told": True},
    ),
    "RECORD_STATEMENT": ("RecordStatement", CLERK, {"statement": "申辩"}),
    "WAIVE_DEFENCE": ("WaiveDefence", CLERK, {"proof": "声明"}),
    "REQUEST_HEARING": ("RequestHearing", CLERK, {}),
    "HOLD_HEARING": ("HoldHearing", REVIEWER, {"record": "笔录"}),
    "RECHECK_DEFENCE": ("RecheckDefence", UNIT, {"opinion": "意见"}),
    "MAKE_DECISION": ("MakeDecision", HEAD, {"discussion": "记录", "discussion_members": ["a", "b"]}),
    "SERVE_DECISION": ("ServeDecision", CLERK, {"method": 1, "receipt": "回证"}),
    "COMPLETE_PAYMENT": ("RecordPayment", FINANCE, {}),
    "PUBLISH_DECISION": ("PublishDecision", CLERK, {"address": "网站"}),
    "RECORD_SET_ASIDE": ("RecordSetAside", CLERK, {"kind": 2, "authority": "机关", "document": "1号"}),
    "WITHDRAW_PUBLICATION": ("WithdrawPublication", CLERK, {"explanation": "已被撤销", "address": "网站"}),
    "FILE_MAJOR_PENALTY": ("FileMajorPenalty", HEAD, {}),
    "CLOSE_CASE": ("CloseCase", HEAD, {"report": "结案"}),
    "TERMINATE_CASE": ("TerminateCase", HEAD, {"cause": "终止"}),
}
ENDS = {"DECLINE_CLUE", "TERMINATE_CASE"}
# What to pick among equals; now and then any act at all; how many days later.
STEP = st.tuples(st.integers(0, 10**6), st.sampled_from([False, False, False, True]), st.integers(0, 4))
START_AT = st.sampled_from([Department.clue, Department.reviewed, Department.noticed])


@settings(
    max_examples=6,
    deadline=None,
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
    given_events = len(node.names(dossier.case_id))
    done: Counter[str] = Counter()

    for choice, any_act, days in steps:
        node.now += days * DAY
        act = await chosen(node, dossier, choice, any_act, done)
        method, by, fields = await request(node, dossier, act)
        listed = await node.do("ListOpenActs", by, case_id=dossier.case_id)
        said = next(a for a in listed.acts if a.act == act)
        before = await node.case(dossier.case_id)

        try:
            reply = await node.do(method, by, case_id=dossier.case_id, **fields)
        except grpc.aio.AioRpcError as no:
            assert {o.reason for o in said.obstacles} == set(read_refusal(no).violations), (act, said)
            assert not said.open and no.code() is grpc.StatusCode.FAILED_PRECONDITION
        else:
            done[act] += 1
            assert (f"yifa.enforcement.v1.{node.names(dossier.case_id)[-1]}",) == SAID[act].events
            assert said.open, (act, said)
            assert reply.case.version > before.version

    assert len(node.names(dossier.case_id)) == given_events + done.total()


async def chosen(d: Department, dossier: Dossier, choice: int, any_act: bool, done: Counter[str]) -> str:
    """Any act; or of those that the state allows one that was done least; an ending only now and then."""
    by = (dossier.ids[0], *{role for _, who, _ in ACTS.values() for role in (who or dossier.who)[1:]})
    listed = await d.do("ListOpenActs", by, case_id=dossier.case_id)
    state = {a.act for a in listed.acts if "ACT_NOT_OPEN" not in {o.reason for o in a.obstacles}}
    wanted = [name for name in ACTS if name in state and (name not in ENDS or choice % 10 == 7)]
    fewest = min((done[name] for name in wanted), default=0)
    pool = list(ACTS) if any_act or not wanted else [name for name in wanted if done[name] == fewest]
    return pool[choice % len(pool)]


async def request(d: Department, dossier: Dossier, act: str) -> tuple[str, Who, dict[str, Any]]:
    method, by, fields = ACTS[act]
    if act == "ASSIGN_OFFICERS":
        fields = {"officer_ids": dossier.ids}
    elif act == "RECORD_EVIDENCE":
        fields = fields | {"collector_ids": dossier.ids}
    elif act == "COMPLETE_PAYMENT":
        case: cases.Case = await d.case(dossier.case_id)
        due = case.decision.penalty.fine.fen - case.paid.fen
        fields = {"amount": {"fen": max(due, 1)}, "bank_reference": f"W-{dossier.case_id}-{case.version}"}
    return method, by or dossier.who, fields

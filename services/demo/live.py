"""Live cases: new ones begin and open ones go on at the real time, one act every few seconds, until cancelled."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from types import MappingProxyType

import grpc
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.registry.v1 import body_pb2, certificate_pb2, post_pb2, power_pb2

from services.demo import acts, cast, oversight
from services.demo.folder import Desk, Folder
from services.demo.stories import fitting
from services.demo.violations import Choice, choices, violations
from services.law.calendar import SHANGHAI
from services.node.callers import Callers, ask

log = logging.getLogger(__name__)

# A node that does not answer is left alone for a while, and others go on.
PATIENCE, REST = 4.0, 10.0
PAGE = 100
# How the names of all parties of the demonstration begin.
MADE_UP = "示例"
# What the live cases leave alone: cases that their story meant to lie undone.
UNDONE = timedelta(days=60)
# Of a hundred turns: so many begin something new; the rest go on with open cases.
NEW_CLUE, NEW_SPOT, REVIEW_FILING = 22, 18, 6

State = cases.CaseState
# What may come next from a state, each act as often as its weight says.
NEXT: Mapping[int, Mapping[str, int]] = MappingProxyType(
    {
        State.CASE_STATE_CLUE: {"file": 9, "decline": 1},
        State.CASE_STATE_FILED: {"assign": 1},
        State.CASE_STATE_INVESTIGATING: {"evidence": 3, "report": 2},
        State.CASE_STATE_INVESTIGATED: {"submit": 1},
        State.CASE_STATE_REVIEWING: {"review": 9, "review:return": 1},
        State.CASE_STATE_REVIEWED: {"notice": 1, "decide": 1},
        State.CASE_STATE_NOTICED: {"decide": 6, "statement": 3, "waive": 2, "ask-hearing": 1},
        State.CASE_STATE_DEFENCE: {"recheck": 4, "recheck:adopt": 1},
        State.CASE_STATE_HEARING_SET: {"panel": 1, "tell-hearing": 1, "announce-hearing": 1, "hearing": 3},
        State.CASE_STATE_HEARD: {"hearing-report": 1, "recheck": 1},
        State.CASE_STATE_RECHECKED: {"decide": 1, "submit": 1},
        State.CASE_STATE_DECIDED: {"serve": 3, "publish": 1, "file-major": 2},
        State.CASE_STATE_SERVED: {"pay": 4, "pay:half": 1, "publish": 2, "file-major": 2, "report-spot": 3},
        State.CASE_STATE_PERFORMED: {"close": 3, "publish": 1, "file-major": 2, "report-spot": 2},
    }
)


@dataclass
class Away:
    """Nodes that did not answer, and until when they are left alone."""

    until: dict[str, float] = field(default_factory=dict)

    def present(self, nodes: Iterable[str]) -> list[str]:
        now = asyncio.get_running_loop().time()
        return [n for n in nodes if self.until.get(n, 0.0) <= now]

    def rest(self, node: str) -> None:
        self.until[node] = asyncio.get_running_loop().time() + REST


async def play_live(callers: Callers, every: float) -> None:
    """Go on for ever, an act about every `every` seconds. A node that is away is tried again, a refusal passed over."""
    rng, away = Random(), Away()
    desks: dict[str, Desk] = {}
    while True:
        await asyncio.sleep(every * rng.uniform(0.5, 1.5))
        nodes = away.present(callers.departments)
        if not nodes:
            continue
        node = rng.choice(nodes)
        try:
            desk = desks.get(node) or await find_desk(callers, node)
            if desk is None:
                away.rest(node)
                continue
            desks[node] = desk
            await turn(callers, desk, rng)
        except grpc.aio.AioRpcError as no:
            log.info("live: %s: %s %s", node, no.code().name, no.details())
            if no.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
                away.rest(node)


async def turn(callers: Callers, desk: Desk, rng: Random) -> None:
    """One act: something new, a filing reviewed at the city, or the next act of an open case. Raises AioRpcError."""
    lot = rng.randrange(100)
    if lot < NEW_CLUE:
        await begin(callers, desk, rng, "clue", "any")
    elif lot < NEW_CLUE + NEW_SPOT:
        await begin(callers, desk, rng, "spot", "spot")
    elif lot < NEW_CLUE + NEW_SPOT + REVIEW_FILING and await review_filing(callers, rng):
        return
    elif not await advance(callers, desk, rng):
        await begin(callers, desk, rng, "spot", "spot")


async def begin(callers: Callers, desk: Desk, rng: Random, act: str, size: str) -> None:
    """A new case."""
    choice = rng.choice(fitting(desk.node, size, datetime.now(SHANGHAI).date()))
    officers = tuple(desk.officers[n] for n in rng.sample(sorted(desk.officers), 2))
    folder = Folder(desk, choice, cast.party(rng, choice.party), officers, rng, datetime.now(UTC), "live")
    await acts.do(callers, folder, act, patience=PATIENCE)


async def review_filing(callers: Callers, rng: Random) -> bool:
    """The city reviews a filing that has waited a day. False when none has."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    ripe = [
        filing.filing_id
        async for filing in oversight.waiting(callers, patience=PATIENCE)
        if filing.file_time.ToDatetime(tzinfo=UTC) < yesterday
    ]
    if ripe:
        act = "accept" if rng.random() < 0.8 else "object"
        await oversight.conclude(callers, rng.choice(ripe), act, patience=PATIENCE)
    return bool(ripe)


async def advance(callers: Callers, desk: Desk, rng: Random) -> bool:
    """The next act of an open case. False when no case of the department is ready for one."""
    now = datetime.now(UTC)
    for state in rng.sample(sorted(NEXT), len(NEXT)):
        ready = [
            (case, possible)
            for case in await in_state(callers, desk.node, state)
            if (possible := open_acts(case, now)) and fresh_enough(case, now)
        ]
        if ready:
            case, possible = rng.choice(ready)
            word = rng.choices(list(possible), list(possible.values()))[0]
            name, _, flag = word.partition(":")
            folder = reopen(desk, case, rng, now)
            await acts.do(callers, folder, name, frozenset(filter(None, (flag,))), patience=PATIENCE)
            return True
    return False


def open_acts(case: cases.Case, now: datetime) -> dict[str, int]:
    """The acts that the law leaves open for a case now, with their weights."""
    notice, defence, decision = case.notice, case.defence, case.decision
    window_open = now <= notice.window_end.ToDatetime(tzinfo=UTC)
    waived = defence.HasField("waive_time")
    heard, hearing = defence.HasField("hearing_time"), case.hearing
    reviewed = case.review.conclude_time.seconds >= defence.hearing_time.seconds
    today, set_for = now.astimezone(SHANGHAI), hearing.hold_time.ToDatetime(tzinfo=UTC).astimezone(SHANGHAI)
    missed = set_for.date() < today.date()
    closed = {
        "submit": case.state == State.CASE_STATE_RECHECKED and (not heard or reviewed),
        "notice": heard,
        "panel": bool(hearing.host),
        "tell-hearing": not hearing.host or not missed,
        "announce-hearing": missed or hearing.HasField("announce_time"),
        "hearing-report": bool(hearing.report),
        "recheck": heard and not hearing.report,
        "evidence": case.evidence_count >= 4,
        "report": case.evidence_count < 2,
        "decide": (window_open and not waived)
        or (heard and not reviewed)
        or (case.state == State.CASE_STATE_REVIEWED and not heard),
        "statement": not window_open or waived,
        "waive": not window_open or waived,
        "ask-hearing": not window_open or waived or not notice.hearing_right_told,
        "hearing": set_for.date() != today.date() or today < set_for,
        "publish": case.HasField("publish_time"),
        "file-major": not decision.major or case.HasField("report_time"),
        "report-spot": case.procedure != cases.PROCEDURE_SUMMARY or case.HasField("spot_report_time"),
        "pay": decision.penalty.fine.fen <= case.paid.fen,
        "pay:half": decision.penalty.fine.fen <= 100_000 or bool(case.payments),
        "close": case.procedure == cases.PROCEDURE_SUMMARY and not case.HasField("spot_report_time"),
    }
    return {act: weight for act, weight in NEXT.get(case.state, {}).items() if not closed.get(act, False)}


def fresh_enough(case: cases.Case, now: datetime) -> bool:
    """Whether a case still moves: the ones that their story left lying stay where they are."""
    return bool(now - case.update_time.ToDatetime(tzinfo=UTC) < UNDONE)


def reopen(desk: Desk, case: cases.Case, rng: Random, now: datetime) -> Folder:
    """The folder of a case that somebody else began."""
    known = violations()
    kind = parties.PartyKind.Name(case.party.kind).removeprefix("PARTY_KIND_")
    about = case.violation.benchmark_id
    fitted = [c for c in choices(desk.node) if c.violation.id == about and c.party == kind]
    choice = rng.choice(fitted) if fitted else Choice(known[about], 0, kind, 0)
    for told in (case.proposal, case.notice.penalty):
        if told.fine.fen:
            choice = Choice(choice.violation, choice.band, kind, told.fine.fen // 100, told.base.fen // 100)
    officers = tuple(o.officer_id for o in case.officers)
    if len(officers) < 2:
        officers = tuple(desk.officers[n] for n in rng.sample(sorted(desk.officers), 2))
    return Folder(desk, choice, case.party, officers, rng, now, "live", case)


async def in_state(callers: Callers, node: str, state: int) -> list[cases.Case]:
    """The newest cases of a department in a state; those of somebody who tries the calls are left to them."""
    request = cases.ListCasesRequest(page_size=PAGE)
    request.state = state  # type: ignore[assignment]
    metadata = callers.as_(node, f"{node}-head", "AGENCY_HEAD")
    reply = await ask(callers.enforcement(node).ListCases, request, metadata, PATIENCE)
    known = violations()
    ours = (case for case in reply.cases if case.party.name.startswith(MADE_UP))
    return [case for case in ours if case.violation.benchmark_id in known]


async def find_desk(callers: Callers, node: str) -> Desk | None:
    """A department as its registry knows it: the body with most officers, and those of them who may act now."""
    metadata, stub = callers.as_(node, f"{node}-roster", "ROSTER_CLERK"), callers.registry(node)
    active = certificate_pb2.CERTIFICATE_STATE_ACTIVE
    request = certificate_pb2.ListCertificatesRequest(page_size=500, state=active)
    held = (await ask(stub.ListCertificates, request, metadata, PATIENCE)).certificates
    enforcing = [c for c in held if c.kind == certificate_pb2.CERTIFICATE_KIND_ENFORCEMENT]
    bodies = Counter(c.body_id for c in enforcing if c.node == node)
    if not bodies:
        return None
    [(body_id, count)] = bodies.most_common(1)
    if count < 2:
        return None
    place = next((d.place for d in cast.DEPARTMENTS if d.node == node), "示例街道")
    officers = [c.officer_id for c in enforcing if c.body_id == body_id]
    reviewing = certificate_pb2.CERTIFICATE_KIND_LEGAL_REVIEW
    reviewers = [c.officer_id for c in held if c.body_id == body_id and c.kind == reviewing]
    listed = power_pb2.ListPowerItemsRequest(body_id=body_id, kind=power_pb2.POWER_KIND_PENALTY, page_size=1)
    items = (await ask(stub.ListPowerItems, listed, metadata, PATIENCE)).items
    # Forms of a live day are numbered apart from those of the history.
    heads = await find_heads(callers, node, body_id)
    if reviewers:
        heads["reviewer"] = reviewers[0]
    desk = Desk(node, body_id, place, dict(enumerate(officers, 1)), forms=10_000, heads=heads)
    desk.item_id = items[0].item_id if items else ""
    asked = body_pb2.GetBodyRequest(body_id=body_id)
    desk.seal = (await ask(stub.GetBody, asked, metadata, PATIENCE)).body.seal
    return desk


async def find_heads(callers: Callers, node: str, body_id: str) -> dict[str, str]:
    """The head and the deputy of a body, by the posts on record."""
    metadata, stub = callers.as_(node, f"{node}-roster", "ROSTER_CLERK"), callers.registry(node)
    posts = await ask(stub.ListPosts, post_pb2.ListPostsRequest(body_id=body_id), metadata, PATIENCE)
    named = {post_pb2.POST_RANK_CHIEF: "head", post_pb2.POST_RANK_DEPUTY: "deputy"}
    found: dict[str, str] = {}
    for post in (p for p in posts.posts if p.rank in named):
        request = post_pb2.ListAppointmentsRequest(post_id=post.post_id)
        held = await ask(stub.ListAppointments, request, metadata, PATIENCE)
        found.update(
            (named[post.rank], a.officer_id) for a in held.appointments if not a.HasField("until_time")
        )
    return found

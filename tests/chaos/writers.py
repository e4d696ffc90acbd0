"""Who writes while all goes wrong, and the ledger of what they were told is done."""

import asyncio
import random
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import grpc
from yifa.registry.v1 import body_pb2, officer_pb2

from services.given import registry as given
from services.given.case import register_clue
from services.given.people import CITY, HEAD, REGISTRAR, ROSTER, SERIAL, credit_code, id_number
from services.given.say import Do, Who, patient, request, saying
from services.node.callers import AWAY, Callers, fresh, reasons
from tests.chaos.town import Town

CALL = 8.0
DONE = "REQUEST_DONE_BEFORE_RESTORE"
UNANSWERED = AWAY | {grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.CANCELLED}
MARK = count(1)


@dataclass(frozen=True)
class Done:
    """What a department, or the city, was told is done: by which request, of which kind, about what, and what it had said."""

    node: str
    service: str
    rpc: str
    request_id: str
    subject: str
    said: str


@dataclass
class Ledger:
    """What was acknowledged, by request; what was refused and why; how many calls went unanswered; what was answered wrongly."""

    acknowledged: dict[str, Done] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    wrong: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class House:
    """A department at work: its body, who heads it."""

    node: str
    body_id: str
    head: str


class Writers:
    """Two at each department and one at the city, each call repeated under its request_id until it is answered."""

    def __init__(self, town: Town, callers: Callers, draw: random.Random, pace: float):
        self.town, self.callers, self.draw, self.pace = town, callers, draw, pace
        self.ledger = Ledger()
        self.houses: list[House] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def settle_in(self) -> None:
        """Bodies and their heads, known at their departments."""
        say = patient(saying(self.callers, 60.0), 60.0)
        for node in self.callers.departments:
            body = await given.confirm_body(say, node)
            await say(node, "registry", "GetBody", ROSTER, body_id=body.body_id)
            head, _ = await given.appoint_heads(say, body)
            self.houses.append(House(node, body.body_id, head))

    def begin(self) -> None:
        works = [self.department(house) for house in self.houses for _ in range(2)]
        self.tasks = [asyncio.create_task(work) for work in (*works, self.city())]

    async def end(self) -> None:
        """Raises what a writer failed with."""
        for task in self.tasks:
            task.cancel()
        ended = await asyncio.gather(*self.tasks, return_exceptions=True)
        for each in ended:
            if isinstance(each, Exception):
                raise each

    async def department(self, house: House) -> None:
        """Clues; some of them filed as cases; people entered on the roster."""
        clues: deque[str] = deque(maxlen=50)
        work = self.work(house.node)
        while True:
            chance = self.draw.random()
            if chance < 0.25 and len(clues) > 5:
                head = (house.head, *HEAD[1:])
                case_id = clues.popleft()
                await self.put(house.node, "enforcement", "FileCase", head, "", case_id=case_id)
            elif chance < 0.4:
                n = next(SERIAL)
                fields = {
                    "id_number": id_number(n),
                    "body_id": house.body_id,
                    "unit": "示例科",
                    "post": "执法岗",
                }
                kind, name = officer_pb2.STAFF_KIND_PERMANENT, f"示例人员{n}"
                await self.put(
                    house.node,
                    "registry",
                    "RegisterOfficer",
                    ROSTER,
                    name,
                    name=name,
                    staff_kind=kind,
                    **fields,
                )
            else:
                summary = f"巡查发现{next(MARK)}"
                made = await register_clue(work, house.body_id, summary=summary)
                if made is not None:
                    clues.append(made.case_id)
            await asyncio.sleep(self.pace)

    async def city(self) -> None:
        """Bodies that the city confirms, and every node is told of."""
        while True:
            n, node = next(SERIAL), self.draw.choice(self.callers.departments)
            fields = {
                "unified_social_credit_code": credit_code(n),
                "kind": body_pb2.BODY_KIND_AGENCY,
                "node": node,
                "document_prefix": f"示罚{n}",
                "field": given.FIELD,
                "seal": f"44070000{n:05d}",
            }
            name = f"示例执法机关{n}"
            await self.put(CITY, "registry", "ConfirmBody", REGISTRAR, name, name=name, **fields)
            await asyncio.sleep(self.pace * 8)

    def work(self, node: str) -> Do:
        """A department at work on its cases, as services.given speaks to one."""

        async def do(rpc: str, by: Who, /, **fields: Any) -> Any:
            reply = await self.put(node, "enforcement", rpc, by, fields.get("summary", ""), **fields)
            return reply if reply is not None else Nothing

        return do

    async def put(self, node: str, service: str, rpc: str, by: Who, said: str, /, **fields: Any) -> Any:
        """Ask until it is answered, and write down what was acknowledged; one in twenty is asked again. None for a refusal."""
        asked = request(service, rpc, request_id=fresh(), **fields)
        reply = await self.answered(node, service, rpc, by, asked)
        if reply is None:
            return None
        subject = subject_of(reply)
        done = Done(node, service, rpc, asked.request_id, subject, said)
        self.ledger.acknowledged[asked.request_id] = done
        if self.draw.random() < 0.05:
            again = await self.answered(node, service, rpc, by, asked)
            self.ledger.repeated += 1
            if again is None or (subject_of(again) not in (subject, "") and subject):
                self.ledger.wrong["a repeated request was answered otherwise"] += 1
        return reply if subject else None

    async def answered(self, node: str, service: str, rpc: str, by: Who, asked: Any) -> Any:
        """The reply; DONE where the request was done before a restore; None for a refusal."""
        while True:
            method = getattr(getattr(self.callers, service)(node), rpc)
            try:
                async with self.town.gate(node).through():
                    return await method(asked, metadata=self.callers.as_(node, *by), timeout=CALL)
            except grpc.aio.AioRpcError as no:
                why, code = reasons(no), no.code()
            if DONE in why:
                return DONE
            if code in UNANSWERED or not why:
                self.ledger.unanswered[code.name] += 1
                await asyncio.sleep(0.1 + 0.4 * self.draw.random())
                continue
            if code in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN):
                self.ledger.wrong[f"{rpc} answered {code.name} {','.join(why)}"] += 1
            self.ledger.refused[f"{rpc} {why[-1]}"] += 1
            return None


class Nothing:
    """In the place of a reply that there is none of."""

    case = None


def subject_of(reply: Any) -> str:
    """What an answered request was about; nothing where it was done before a restore."""
    if reply == DONE:
        return ""
    for name, key in (("case", "case_id"), ("officer", "officer_id"), ("body", "body_id")):
        if name in reply.DESCRIPTOR.fields_by_name:
            return str(getattr(getattr(reply, name), key))
    raise AssertionError(f"{reply.DESCRIPTOR.full_name} is about nothing known")

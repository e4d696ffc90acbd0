"""A matter of accountability as the office of these tests handles it, and what the department answers."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.registry.v1 import accountability_entry_pb2 as entries
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import accountability_pb2 as pb

from services.given import accountability as given
from services.given.accountability import PAPER, PERSON, STEPS
from services.given.people import OVERSIGHT, OVERSIGHT_HEAD
from services.kit.access import mint
from tests.supervision.office import CITY, DEADLINE, ENVIRONMENT, Office, at
from tests.supervision.orders import BODY, Desk, read_refusals

WHEN = "2026-03-02 10:00"
OFFICER, CHIEF = "O-1", "H-1"
CLERK, INVESTIGATOR, HEAD = OVERSIGHT[0], given.INVESTIGATOR[0], OVERSIGHT_HEAD[0]
ROLES = dict([OVERSIGHT, given.INVESTIGATOR, OVERSIGHT_HEAD])
MEETING = given.meeting(at(WHEN))


class Pursuit:
    """The desk on which one matter lies."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial, self.version = office, "", 0, 0

    def call(self, name: str, /, by: str = CLERK, **fields: Any) -> Any:
        self.serial += 1
        given = {**fields} if name.startswith("Get") else {"request_id": f"RA-{self.serial}", **fields}
        if name != "RegisterAccountability":
            given.setdefault("accountability_id", self.id)
        key = (self.office.folder / "token.key").read_bytes()
        token = (("authorization", f"Bearer {mint(key, by, CITY, (ROLES[by],))}"),)
        asked = getattr(pb, f"{name}Request")(**given)
        return getattr(self.office.stub, name)(asked, metadata=token, timeout=DEADLINE)

    async def act(self, name: str, /, by: str = CLERK, **fields: Any) -> pb.Accountability:
        matter = (await self.call(name, by, **fields)).accountability
        self.id = matter.accountability_id
        return matter

    async def refused(self, name: str, /, by: str = CLERK, **fields: Any) -> set[str]:
        return await read_refusals(self.call(name, by, **fields))

    def fields(self, name: str, kind: str) -> dict[str, Any]:
        """Who does an act, and what it hands in, where everything is as it should be."""
        by, fields = given.step(name, kind, at(WHEN))
        return {"by": by[0], **fields}

    async def registered(self, against: str = PERSON, source: Any = PAPER, **more: Any) -> pb.Accountability:
        said = {
            "against": against,
            "body_id": BODY,
            "officer_id": OFFICER if against == PERSON else "",
            "source": source,
            "title": "当场收缴罚款不开票据",
        }
        return await self.act("RegisterAccountability", **(said | more))

    async def upto(self, last: str, kind: str = "OFF_POST_TRAINING", **more: Any) -> pb.Accountability:
        """A matter from its clue up to an act; the statement comes from who is pursued."""
        matter = await self.registered(**more)
        return await self.on(last, kind) if last else matter

    async def on(self, last: str, kind: str = "OFF_POST_TRAINING", since: str = "") -> pb.Accountability:
        """The acts after `since` up to the last."""
        names = list(STEPS)
        for name in names[names.index(since) + 1 if since else 0 : names.index(last) + 1]:
            if name == "HearAccountability":
                await self.answered("STATEMENT")
            matter = await self.act(name, **self.fields(name, kind))
        return matter

    async def now(self) -> pb.Accountability:
        return (await self.call("GetAccountability")).accountability

    async def answered(self, kind: str, when: str = WHEN, **more: Any) -> pb.Accountability:
        """What the department, or an officer of it, answers."""
        self.serial += 1
        fields = {
            "answer_id": f"V-{kind}-{self.serial}",
            "order_id": self.id,
            "node": ENVIRONMENT,
            "kind": f"SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_{kind}",
            "text": "当时票据用完，事后补开",
            "answerer": OFFICER,
            "answer_time": at(when),
        }
        told = answers.SupervisionAnswer(**(fields | more))
        journal = self.office.journal(told.node, "enforcement")
        event = enforcement.SupervisionAnswered(supervision_answer=told)
        await self.office.take(journal.entry(event, at(when), told.answer_id))
        return await self.now()

    async def entered(self, kind: str = "OFF_POST_TRAINING", refusal: str = "", rounds: int = 1) -> None:
        """The city's registry put the result into the file, and acted on the certificate."""
        self.version += 1
        entry = entries.AccountabilityEntry(accountability_id=self.id, round=rounds, version=self.version)
        entry.effects.add(kind=kind, certificate_number="N-1", measure_id="N-1/m1", refusal=refusal)
        await self.office.registry(registry.AccountabilityEntered(entry=entry))


async def pursuit(office: Office) -> Pursuit:
    """A desk, with a body, its head and an officer of it."""
    office.clock(WHEN)
    await Desk(office).body()
    await office.certify(OFFICER, body_id=BODY)
    return Pursuit(office)

"""Cases handled in the department's own node, act by act, each on a day of its own."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import party_pb2 as parties

from services.given import case as given
from services.given.case import ADDRESS, Dossier, fine, violation
from services.given.people import FINANCE, credit_code, id_number
from services.simulate.scene import Scene

# Numbers of parties that nobody else bears.
FIRST = 30_000_000
ORDINARY = (
    "FileCase", "AssignOfficers", "RecordEvidence", "SubmitReport", "SubmitForReview", "ConcludeReview",
    "ServePriorNotice", "WaiveDefence", "MakeDecision", "ServeDecision",
)  # fmt: skip
AFTER = ("PublishDecision", "RecordPayment", "FileMajorPenalty", "CloseCase")


def organisation(s: Scene, more: int = 0) -> parties.Party:
    """A company of its own for each plot, and others of the same plot."""
    return party_of(FIRST + s.number + 100_000 * more)


def party_of(number: int) -> parties.Party:
    """A company with a number."""
    return parties.Party(
        kind=parties.PARTY_KIND_ORGANISATION,
        name=f"示例企业{number}有限公司",
        identity_number=credit_code(number, "91"),
        address=ADDRESS,
    )


def citizen(s: Scene) -> parties.Party:
    return parties.Party(
        kind=parties.PARTY_KIND_CITIZEN,
        name=f"示例公民{s.number}",
        identity_number=id_number(s.number % 80_000),
        address=ADDRESS,
    )


def band_of(amount: float) -> str:
    """The band of the benchmark in which an amount lies."""
    return "5" if amount <= 5_000 else "1" if amount <= 50_000 else "2"


class Handled:
    """A case and the way it goes."""

    def __init__(self, s: Scene, amount: float = 30_000, **proposal: Any):
        self.s = s
        b = s.bureau
        ids = s.rng.sample(b.officers[:4], 2)
        self.amount = amount
        proposal = {"band_code": band_of(amount)} | proposal
        self.dossier = Dossier("", b.body_id, ids, fine(amount, **proposal), b.heads, b.reviewer)

    @property
    def case_id(self) -> str:
        return self.dossier.case_id

    async def begin(self, **more: Any) -> None:
        """The clue."""
        s = self.s
        acted = s.now - timedelta(days=s.rng.randint(20, 60))
        fields: dict[str, Any] = {
            "party": organisation(s),
            "violation": violation(acted, law=given.LAW),
            "item_id": s.bureau.items["penalty"],
        }
        case = await given.register_clue(s.bureau.do, s.bureau.body_id, **(fields | more))
        self.dossier.case_id = case.case_id
        s.about(case.case_id)

    async def act(self, rpc: str, **more: Any) -> Any:
        """One act, now."""
        if rpc == "RecordPayment":
            more = self.payment() | more
        return await given.act(self.s.bureau.do, rpc, self.dossier, **more)

    def payment(self) -> dict[str, Any]:
        return {"amount": given.yuan(self.amount), "bank_reference": f"示例银行{self.case_id[-12:]}"}

    async def owed(self) -> dict[str, Any]:
        """A payment of all that is owed by now, what accrued too."""
        reply = await self.s.bureau.do("GetOwed", FINANCE, case_id=self.case_id)
        return {"amount": reply.owed.total}

    async def go(self, acts: Iterable[str]) -> None:
        """These acts, each some working days after the one before."""
        for rpc in acts:
            await self.s.work(self.s.rng.randint(1, 2))
            await self.act(rpc)

    async def upto(self, last: str) -> None:
        """From the clue to an act of the ordinary way."""
        await self.begin()
        await self.go(ORDINARY[: ORDINARY.index(last) + 1])

    async def finish(self, leave: Iterable[str] = ()) -> None:
        """What follows the service, but for some acts."""
        await self.go(rpc for rpc in AFTER if rpc not in leave)

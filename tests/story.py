"""A case of a real department, from the clue to the decision, over the public calls and in the time of now."""

from typing import Any

from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.registry.v1 import body_pb2

from services.given.case import Dossier, act, advance, band, fine, heads_known, register_clue
from services.given.people import REVIEWER
from services.given.registry import qualified_reviewer
from services.given.say import CONTRACTS, Who, request
from tests.city import City

METHODS = CONTRACTS["enforcement"].methods_by_name


class Story:
    """One body with two certified officers, and one case of theirs."""

    def __init__(self, city: City, node: str = "huanbao"):
        self.city, self.node = city, node
        self.stub = city.stub(node, "enforcement")
        self.case_id = ""
        self.officers: list[str] = []
        self.body: body_pb2.EnforcementBody
        self.heads: tuple[str, str]
        self.reviewer = REVIEWER[0]

    async def housed(self) -> "Story":
        """The body with its heads."""
        self.body, self.heads = await self.city.headed(self.node)
        return self

    async def cast(self) -> "Story":
        """The body with its heads, its officers, the benchmark."""
        await self.housed()
        # Before the officers, so that whoever knows their certificates knows the reviewer's.
        self.reviewer = await qualified_reviewer(self.city.say, self.body)
        people = [await self.city.certified(self.body) for _ in range(2)]
        self.officers = [officer.officer_id for officer, _ in people]
        self.certificates = [number for _, number in people]
        item = benchmarks.Benchmark(
            code="9-9", statute="示例法", violation="示例违法行为", bands=[band("1", 20_000, 2_000_000)]
        )
        self.benchmark = (
            await self.do("PublishBenchmark", "head-1", "AGENCY_HEAD", benchmark=item)
        ).benchmark
        return self

    async def do(
        self,
        method: str,
        who: str,
        role: str,
        /,
        *,
        metadata: tuple[tuple[str, str], ...] = (),
        **fields: Any,
    ) -> Any:
        """One act by one person, with a fresh request_id."""
        if "case_id" in METHODS[method].input_type.fields_by_name and self.case_id:
            fields.setdefault("case_id", self.case_id)
        asked = request("enforcement", method, **fields)
        token = self.city.as_(self.node, self.in_office(who), role)
        return await getattr(self.stub, method)(asked, metadata=(*token, *metadata))

    def in_office(self, who: str) -> str:
        """Who holds the post of the head, or of the reviewer, of the body."""
        return {"head-1": self.heads[0], REVIEWER[0]: self.reviewer}.get(who, who)

    async def clue(self) -> "Story":
        work = self.city.work(self.node)
        case = await self.city.eventually(lambda: register_clue(work, self.body.body_id))
        self.case_id = case.case_id
        self.dossier = Dossier(
            self.case_id, self.body.body_id, self.officers, heads=self.heads, reviewer=self.reviewer
        )
        await heads_known(work, self.case_id, self.heads[0])
        return self

    async def investigating(self) -> "Story":
        await self.clue()
        await self.act("FileCase")
        await self.city.eventually(lambda: self.act("AssignOfficers"))
        return self

    async def act(self, rpc: str, metadata: tuple[tuple[str, str], ...] = (), **more: Any) -> Any:
        """An act of the case, plain where nothing else is said."""

        async def do(method: str, by: Who, /, **fields: Any) -> Any:
            return await self.do(method, *by, metadata=metadata, **fields)

        return await act(do, rpc, self.dossier, **more)

    async def evidence(self, **more: Any) -> Any:
        return await self.act("RecordEvidence", **more)

    async def reviewed(self, amount: int) -> "Story":
        """Investigated, and passed by legal review; the fine in yuan."""
        await self.investigating()
        self.dossier.proposal = fine(amount, benchmark_id=self.benchmark.benchmark_id)
        await advance(self.city.work(self.node), self.dossier, "INVESTIGATING", "REVIEWED")
        return self

    async def waived(self, amount: int) -> "Story":
        """Told, and the party gave up statement and hearing in writing."""
        await self.reviewed(amount)
        await self.act("ServePriorNotice")
        await self.act("WaiveDefence")
        return self

    async def decide(self, **more: Any) -> cases.Case:
        decided: cases.Case = (await self.act("MakeDecision", **more)).case
        return decided

"""A case of a real department, from the clue to the decision, over the public calls and in the time of now."""

from typing import Any

from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.law.v1.law_pb2 import Money
from yifa.registry.v1 import body_pb2

from tests.city import City, rid
from tests.first_evidence import FIRST_EVIDENCE, LAW


class Story:
    """One body with two certified officers, and one case of theirs."""

    def __init__(self, city: City, node: str = "huanbao"):
        self.city, self.node = city, node
        self.stub = city.stub(node, "enforcement")
        self.case_id = ""

    async def cast(self) -> "Story":
        """The body, its officers, the benchmark."""
        self.body: body_pb2.EnforcementBody = await self.city.body(self.node)
        people = [await self.city.certified(self.body) for _ in range(2)]
        self.officers = [officer.officer_id for officer, _ in people]
        self.certificates = [number for _, number in people]
        band = benchmarks.Band(
            code="1",
            standard="处二万元以上二百万元以下罚款",
            min_fine=Money(fen=2_000_000),
            max_fine=Money(fen=200_000_000),
        )
        item = benchmarks.Benchmark(code="9-9", statute="示例法", violation="示例违法行为", bands=[band])
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
        kind = getattr(pb, f"{method}Request")
        if "case_id" in kind.DESCRIPTOR.fields_by_name and self.case_id:
            fields.setdefault("case_id", self.case_id)
        fields.setdefault("request_id", rid())
        token = self.city.as_(self.node, who, role)
        return await getattr(self.stub, method)(kind(**fields), metadata=(*token, *metadata))

    async def clue(self) -> "Story":
        reply = await self.city.eventually(
            lambda: self.do(
                "RegisterClue",
                "unit-1",
                "UNIT_HEAD",
                body_id=self.body.body_id,
                source=cases.CLUE_SOURCE_INSPECTION,
                summary="巡查发现",
                party=cases.Party(kind=cases.PARTY_KIND_ORGANISATION, name="示例有限公司"),
                violation=cases.Violation(title="示例违法行为", law=LAW),
                evidence=FIRST_EVIDENCE,
            )
        )
        self.case_id = reply.case.case_id
        return self

    async def investigating(self) -> "Story":
        await self.clue()
        await self.do("FileCase", "head-1", "AGENCY_HEAD")
        await self.city.eventually(
            lambda: self.do("AssignOfficers", "unit-1", "UNIT_HEAD", officer_ids=self.officers)
        )
        return self

    async def evidence(self, **more: Any) -> Any:
        fields = {
            "kind": cases.EVIDENCE_KIND_SITE_RECORD,
            "title": "现场笔录",
            "source": "现场检查",
            "collector_ids": self.officers,
            "certificate_shown": True,
        }
        return await self.do("RecordEvidence", self.officers[0], "HANDLING_OFFICER", **(fields | more))

    async def reviewed(self, fine: int) -> "Story":
        """Investigated, and passed by legal review; `fine` in yuan."""
        await self.investigating()
        await self.evidence()
        penalty = cases.Penalty(
            kinds=[cases.PENALTY_KIND_FINE],
            fine=Money(fen=fine * 100),
            benchmark_id=self.benchmark.benchmark_id,
            band_code="1",
            correction_order="立即改正",
        )
        officer = (self.officers[0], "HANDLING_OFFICER")
        await self.do("SubmitReport", *officer, report="调查终结报告", proposal=penalty)
        await self.do("SubmitForReview", "unit-1", "UNIT_HEAD")
        await self.do("ConcludeReview", "reviewer-1", "LEGAL_REVIEWER", passed=True, opinion="同意")
        return self

    async def waived(self, fine: int) -> "Story":
        """Told, and the party gave up statement and hearing in writing."""
        await self.reviewed(fine)
        notice = {"facts": "事实", "reasons": "理由", "basis": "依据", "hearing_right_told": True}
        await self.do("ServePriorNotice", "clerk-1", "CLERK", **notice)
        await self.do("WaiveDefence", self.officers[0], "HANDLING_OFFICER", proof="书面放弃声明")
        return self

    async def decide(self, **more: Any) -> cases.Case:
        discussed = {"discussion": "集体讨论记录", "discussion_members": ["head-1", "head-2"]}
        reply = await self.do("MakeDecision", "head-1", "AGENCY_HEAD", **(discussed | more))
        decided: cases.Case = reply.case
        return decided

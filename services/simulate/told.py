"""Cases kept in a system of the department's own, which reports each stage when it is done; nobody there refuses anything."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import (
    COMPARED,
    FIRST_EVIDENCE,
    LAW,
    MINUTES_TAKEN,
    fine,
    paper_elsewhere,
    violation,
    yuan,
)
from services.given.measure import stamp
from services.given.people import CLERK, FINANCE, UNIT
from services.simulate.handled import band_of, organisation
from services.simulate.scene import Scene

SYSTEM = "example-oa"
# Fines of which the plots know that they are major are higher, all others lower.
MAJOR = 50_000
# The stages of an ordinary case in their order.
WAY = (
    "register_clue", "file_case", "assign_officers", "record_evidence", "submit_report", "submit_for_review", "conclude_review",
    "serve_prior_notice", "record_statement", "recheck_defence", "make_decision", "serve_decision", "publish_decision",
    "file_major_penalty", "record_payment", "close_case",
)  # fmt: skip
# Working days that pass before a stage; one otherwise.
PAUSES = {"make_decision": 6}
NUMBERED = frozenset({"serve_prior_notice", "make_decision"})


class Told:
    """One case, stage by stage. `penalty` is what is proposed, told and decided, unless a stage says otherwise."""

    def __init__(self, s: Scene, amount: float = 30_000, **more: Any):
        self.s, self.case_id, self.stages, self.source = s, "", 0, f"{s.number}"
        self.record_id = self.document_number = ""
        self.ids = s.rng.sample(s.bureau.officers[:4], 2)
        self.penalty = fine(amount, band_code=band_of(amount))
        acted = s.now - timedelta(days=s.rng.randint(20, 60))
        fields: dict[str, Any] = {
            "body_id": s.bureau.body_id,
            "procedure": cases.PROCEDURE_ORDINARY,
            "party": organisation(s),
            "violation": violation(acted, law=LAW),
            "item_id": s.bureau.items["penalty"],
        }
        self.matter: pb.OutsideMatter | None = pb.OutsideMatter(**(fields | more))

    @property
    def major(self) -> bool:
        """Whether the penalty has to be filed with the legal office."""
        return bool(self.penalty.fine.fen >= 100 * MAJOR)

    def says(self, name: str) -> tuple[str, Mapping[str, Any]]:
        """Who does a stage, and what it says where nothing is wrong."""
        b, p = self.s.bureau, self.penalty
        first = self.ids[0]
        table: dict[str, tuple[str, Mapping[str, Any]]] = {
            "register_clue": (UNIT[0], {"source": 1, "summary": "巡查发现", "evidence": FIRST_EVIDENCE}),
            "file_case": (b.heads[0], {"item_id": b.items["penalty"]}),
            "assign_officers": (UNIT[0], {"officer_ids": self.ids}),
            "record_evidence": (first, {
                "kind": cases.EVIDENCE_KIND_SITE_RECORD, "title": "现场检查笔录", "source": "现场检查", "collector_ids": self.ids,
                "certificate_shown": True, "rights_told": True, "verified": COMPARED, "site_minutes": MINUTES_TAKEN,
            }),
            "submit_report": (first, {"report": "调查终结报告", "proposal": p}),
            "submit_for_review": (UNIT[0], {}),
            "conclude_review": (b.reviewer, {"passed": True, "opinion": "同意"}),
            "serve_prior_notice": (CLERK[0], {
                "facts": "事实", "reasons": "理由", "basis": "依据", "hearing_right_told": True,
            }),
            "record_statement": (first, {"statement": "请求从轻"}),
            "recheck_defence": (UNIT[0], {"opinion": "当事人的意见不成立，不予采纳。"}),
            "make_decision": (b.heads[0], {
                "penalty": p, "discussion": "集体讨论记录", "discussion_members": list(b.heads),
            }),
            "serve_decision": (CLERK[0], {"method": cases.SERVICE_METHOD_DIRECT, "receipt": "送达回证"}),
            "publish_decision": (CLERK[0], {"address": "行政执法信息公示平台"}),
            "file_major_penalty": (CLERK[0], {}),
            "record_payment": (FINANCE[0], {"amount": p.fine, "bank_reference": f"示例银行{self.source}-{self.s.bureau.node}"}),
            "close_case": (b.heads[0], {"report": "处罚决定已执行完毕。", "closing": {"correction": "已按期改正"}}),
        }  # fmt: skip
        return table[name]

    async def tell(
        self, name: str, *, actor: str = "", at: datetime | None = None, record: str = "", number: bool = False,
        measure_kind: int = 0, says: Mapping[str, Any] | None = None, **more: Any,
    ) -> None:  # fmt: skip
        """Report a stage, done now unless another moment is said; of what runs beside the case, where `record` names it."""
        self.stages += 1
        by, plain = self.says(name) if name in WAY else ("", {})
        stage = pb.OutsideStage(
            system=SYSTEM,
            source_case=f"示例案卷{self.s.bureau.node}-{self.source}",
            source_record=record,
            stage_id=str(self.stages),
            act_time=stamp(at or self.s.now),
            actor=actor or by,
            matter=self.matter,
            measure_kind=measure_kind,  # type: ignore[arg-type]
        )
        if name in NUMBERED or number:
            written = f"示{self.s.bureau.node}〔{self.s.today.year}〕{self.source}-{self.stages}号"
            stage.document_number = self.document_number = written
        if name == "serve_prior_notice":
            stage.told_penalty.CopyFrom(self.penalty)
        if name in ("serve_decision", "make_spot_decision"):
            stage.decision_paper.CopyFrom(paper_elsewhere(self.s.bureau.body.seal))
        request = getattr(stage, name)
        request.SetInParent()
        request.MergeFrom(type(request)(**{**plain, **(says or {}), **more}))
        standing = (await self.s.bureau.do("ReportStage", CLERK, stage=stage)).standing
        self.case_id, self.record_id = standing.case_id or self.case_id, standing.record_id
        self.s.about(self.case_id)

    async def way(
        self, since: str = WAY[0], until: str = WAY[-1], *, skip: tuple[str, ...] = (),
        pauses: Mapping[str, int] | None = None, wrong: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:  # fmt: skip
        """Every stage from one to another, but for some; `wrong` is what stages say otherwise."""
        waits = PAUSES | dict(pauses or {})
        for name in WAY[WAY.index(since) : WAY.index(until) + 1]:
            if name in skip or (name == "file_major_penalty" and not self.major):
                continue
            if name != WAY[0]:
                await self.s.work(waits.get(name, 1))
            await self.tell(name, **dict((wrong or {}).get(name, {})))


def heavier(penalty: penalties.Penalty, more: float) -> penalties.Penalty:
    """The same with a fine that is so many yuan higher."""
    made = penalties.Penalty()
    made.CopyFrom(penalty)
    made.fine.fen += yuan(more).fen
    return made

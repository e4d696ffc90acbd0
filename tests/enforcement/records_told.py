"""Inspections, measures and referrals as a department's own system reports them: a stage for each act, lawful unless changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.enforcement.v1.party_pb2 import PARTY_KIND_ORGANISATION, Party
from yifa.law.v1 import law_pb2

from services.enforcement.outside.stage import field_of
from services.given import measure as given
from services.given.case import LAW, violation
from services.given.inspection import PLAIN, SCOPE, Visit
from services.given.people import HEAD, UNIT, credit_code
from tests.enforcement.department import Department
from tests.enforcement.inspecting import Bureau
from tests.enforcement.samples import CLERK, DAY, HOUR, START, serial, stamp
from tests.enforcement.test_measure import power

SYSTEM = "example-records"
SAID = referrals.PoliceSaid
KINDS = measures.MeasureKind


@dataclass
class Teller:
    """Tells of one record. `at` is when the next act was done; each takes an hour unless something else is said."""

    source_case: str
    source_record: str = ""
    at: datetime = START
    matter: pb.OutsideMatter | None = None
    stages: list[pb.OutsideStage] = field(default_factory=list)

    def tell(
        self, name: str, actor: str, request: Any = None, *, after: timedelta = HOUR, **more: Any
    ) -> pb.OutsideStage:
        self.at += after
        stage = pb.OutsideStage(
            system=SYSTEM, source_case=self.source_case, source_record=self.source_record,
            stage_id=f"{name}-{next(serial)}", act_time=stamp(self.at), actor=actor, **more,
        )  # fmt: skip
        getattr(stage, name).SetInParent()
        if request is not None:
            getattr(stage, name).MergeFrom(type(getattr(stage, name))(**request))
        if self.matter is not None:
            stage.matter.CopyFrom(self.matter)
        self.stages.append(stage)
        return stage


def named(stages: Sequence[pb.OutsideStage], name: str) -> pb.OutsideStage:
    return next(s for s in stages if s.WhichOneof("act") == name)


def without(stages: Sequence[pb.OutsideStage], *names: str) -> list[pb.OutsideStage]:
    return [s for s in stages if s.WhichOneof("act") not in names]


async def report(d: Department, *stages: pb.OutsideStage, now: datetime | None = None) -> pb.OutsideStanding:
    """Report stages one by one; how the record stands at the end."""
    d.now = max(d.now, now or stages[-1].act_time.ToDatetime(START.tzinfo) + HOUR)
    standing = pb.OutsideStanding()
    for stage in stages:
        standing = (await d.do("ReportStage", CLERK, stage=stage)).standing
    return standing


def reasons(standing: pb.OutsideStanding, act: str = "") -> set[str]:
    return {b.reason for b in standing.breaches if act in ("", b.act)}


# Inspections ------------------------------------------------------------------------------------------

PLAIN_ACTS = (
    "NoticeInspection",
    "CheckIn",
    "RecordInspection",
    "FindNothing",
    "TellResult",
    "PublishResult",
    "CloseInspection",
)


class Inspecting:
    """An inspection of an enterprise of its own, planned at the node, kept elsewhere."""

    def __init__(self, d: Department, visit: Visit, start: datetime) -> None:
        self.d, self.visit = d, visit
        self.teller = Teller(f"检{next(serial)}", at=start)

    @property
    def about(self) -> dict[str, Any]:
        v = self.visit
        return {
            "body_id": v.body_id, "kind": inspections.INSPECTION_KIND_DAILY, "enterprise": v.enterprise,
            "item_ids": v.item_ids, "officer_ids": v.ids, "plan_id": v.plan_id, "scope": SCOPE,
            "planned_time": stamp(self.teller.at),
        }  # fmt: skip

    def opened(self, **more: Any) -> list[pb.OutsideStage]:
        """Proposed, approved, and the code asked for."""
        t = self.teller
        t.tell("open_inspection", UNIT[0], self.about | more)
        t.tell("approve_inspection", HEAD[0], {"opinion": "同意"}, document_number=f"示检批{next(serial)}号")
        t.tell("request_inspection_code", UNIT[0])
        return t.stages[-3:]

    async def coded(self) -> None:
        """The city gives the code."""
        bureau = Bureau(self.d)
        found = await self.d.do("GetInspection", HEAD, inspection_id=self.visit.inspection_id)
        assert found.inspection.state == inspections.INSPECTION_STATE_CODE_ASKED
        self.d.now = self.teller.at + HOUR / 2
        await bureau.give_code(self.visit)

    async def asked(self) -> list[pb.OutsideStage]:
        """Told up to the code, which the city gave."""
        stages = self.opened()
        standing = await report(self.d, *stages)
        self.visit.inspection_id = standing.record_id
        await self.coded()
        return stages

    async def act(self, rpc: str, **more: Any) -> pb.OutsideStage:
        """One act, plain where nothing else is said."""
        plain, t = PLAIN[rpc], self.teller
        at, d = t.at + HOUR, self.d
        before, d.now = d.now, at
        says = dict(plain.says(self.visit))
        if rpc.startswith("CheckIn"):
            says["shown"] = [await self.visit.show(officer_id) for officer_id in self.visit.ids]
        if rpc == "RecordInspection":
            says["start_time"] = stamp(at - HOUR / 2)
        d.now = before
        by = plain.by[0] if plain.by else self.visit.ids[0]
        return t.tell(field_of(rpc), by, {**says, **more}, document_number=f"示检{next(serial)}号")

    async def rest(self, *acts: str) -> list[pb.OutsideStage]:
        return [await self.act(rpc) for rpc in acts or PLAIN_ACTS]


async def inspecting(d: Department, start: datetime = START) -> Inspecting:
    """An enterprise in the plan of the year, and the officers that go there."""
    bureau = Bureau(d)
    d.now = start
    return Inspecting(d, await bureau.planned(await bureau.visit()), start)


# Measures and referrals -------------------------------------------------------------------------------


class Besides:
    """A case that is kept elsewhere, of which nothing is told but what runs beside it; with who acts in it."""

    def __init__(self, d: Department, body_id: str, item_id: str, ids: list[str], start: datetime) -> None:
        self.d, self.item_id, self.ids, self.start = d, item_id, ids, start
        n = next(serial)
        self.source_case = f"案{n}"
        party = Party(
            kind=PARTY_KIND_ORGANISATION, name=f"示例企业{n}", identity_number=credit_code(200_000 + n, "91")
        )
        self.matter = pb.OutsideMatter(
            body_id=body_id, party=party, violation=violation(start - DAY, law=LAW)
        )

    def teller(self, record: str = "1", at: datetime | None = None) -> Teller:
        return Teller(self.source_case, record, at or self.start, self.matter)

    def filed(self) -> list[pb.OutsideStage]:
        """The case itself: filed, with its officers."""
        t = self.teller("", self.start - 6 * HOUR)
        t.tell("file_case", HEAD[0], {"law": LAW}, document_number=f"示罚立{next(serial)}号")
        t.tell("assign_officers", HEAD[0], {"officer_ids": self.ids})
        return t.stages

    def seized(self, t: Teller | None = None, **more: Any) -> list[pb.OutsideStage]:
        """A measure asked for, approved and taken."""
        t = t or self.teller()
        asked = {"kind": KINDS.MEASURE_KIND_SEIZE, "item_id": self.item_id, "reasons": "防止证据损毁"}
        t.tell("request_measure", self.ids[0], asked, measure_kind=KINDS.MEASURE_KIND_SEIZE)
        t.tell("approve_measure", HEAD[0], measure_kind=KINDS.MEASURE_KIND_SEIZE)
        more.setdefault("things", [given.thing(mark=f"SN-{next(serial)}")])
        taken = given.execution(t.at + HOUR, self.ids, **more)
        t.tell("execute_measure", self.ids[0], {"execution": taken}, document_number=f"示扣{next(serial)}号",
               measure_kind=KINDS.MEASURE_KIND_SEIZE)  # fmt: skip
        return t.stages[-3:]

    def measure(self, t: Teller | None = None) -> list[pb.OutsideStage]:
        """Taken, longer because of an appraisal and an extension, and lifted."""
        t = t or self.teller()
        self.seized(t)
        kind = {"measure_kind": KINDS.MEASURE_KIND_SEIZE}
        sent = {"ground": law_pb2.GROUND_APPRAISAL, "appraiser": "示例鉴定所", "planned_end_time": stamp(t.at + 10 * DAY),
                "tell_time": stamp(t.at + DAY)}  # fmt: skip
        t.tell("send_to_appraisal", self.ids[0], sent, after=DAY, **kind)
        t.tell("receive_appraisal", self.ids[0], {"result": "不合格"}, after=4 * DAY, **kind)
        longer = {"days": 30, "complexity": "跨省取证", "tell_time": stamp(t.at + DAY), "told_reasons": "情况复杂",
                  "document": "示扣延1号"}  # fmt: skip
        t.tell("extend_measure", HEAD[0], longer, after=10 * DAY, **kind)
        lifted = {"ground": measures.RELEASE_GROUND_NOT_NEEDED, "cause": "不再需要"}
        t.tell("release_measure", HEAD[0], lifted, after=10 * DAY, document_number="示扣解1号", **kind)
        return t.stages

    def referral(self, t: Teller | None = None) -> list[pb.OutsideStage]:
        """Flagged, referred, opened by the police, handed over, and sent back."""
        t = t or self.teller()
        self.sent(t)
        for said in ("RECEIVED", "OPENED"):
            answer = {"said": SAID.Value(f"POLICE_SAID_{said}"), "document": f"公函{said}"}
            t.tell("record_police_answer", CLERK[0], answer)
        t.tell("hand_over_to_police", self.ids[0], {"things": "账册三本", "list_time": stamp(t.at)})
        outcome = {"outcome": referrals.CriminalOutcome(document="不起诉决定书1号")}
        t.tell("record_criminal_outcome", CLERK[0], outcome, after=20 * DAY)
        return t.stages

    def sent(self, t: Teller) -> list[pb.OutsideStage]:
        t.tell(
            "flag_crime",
            self.ids[0],
            {"suspicion": "涉案金额达到立案追诉标准", "standard": "示例追诉标准第一条"},
        )
        t.tell("report_crime", self.ids[0], {"officer_ids": self.ids, "report": "专案组核实报告"})
        t.tell("approve_referral", HEAD[0])
        sent = {"police": "示例市公安局", "papers": given.PAPERS, "copy_time": stamp(t.at + HOUR)}
        t.tell("send_referral", CLERK[0], sent, document_number=f"示移{next(serial)}号")
        return t.stages


async def besides(d: Department, start: datetime = START, **body: Any) -> Besides:
    """A body with the power, two officers, and a case."""
    d.now = start
    body_id = await d.body(**body)
    ids = [(await d.officer(body_id)).officer_id for _ in range(2)]
    return Besides(d, body_id, await power(d, body_id), ids, start)

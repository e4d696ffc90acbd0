"""How far a department that keeps its cases in a system of its own meets the standard, by what it reported."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.outside.stage import IDS, NUMBERED, TITLES, asked_of, blanks_of
from services.enforcement.outside_record.entering import NUMBERED as NUMBERED_BESIDE
from services.law.moment import moment_of
from services.law.procedures.elsewhere import INSPECTION, KEPT, Kept, missing
from services.law.procedures.penalty import conditions, table_of
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.stages import left_out
from services.law.process import Move

SHOWN = 5
NOT_OPEN = "ACT_NOT_OPEN"
# Numbers of a paper that the filing alone may leave to the number of the case.
PAPERS = (NUMBERED.keys() | NUMBERED_BESIDE.keys()) - {"file_case"}


@dataclass(frozen=True)
class Reported:
    """What a department reported: its stages, and the cases, inspections, measures and referrals that they came to, by id.
    `within` is how late a stage may come.
    """

    stages: list[pb.ReportedStage]
    cases: dict[str, cases.Case]
    within: timedelta
    records: dict[str, tuple[Kept, Any]] = field(default_factory=dict)

    def all(self) -> Iterator[Any]:
        """Whatever came of the stages."""
        yield from self.cases.values()
        yield from (record for _, record in self.records.values())

    def of(self, told: pb.ReportedStage) -> Any:
        """What a stage is one of."""
        return self.records[told.record_id][1] if told.record_id else self.cases[told.case_id]


@dataclass(frozen=True)
class One:
    """One thing that the standard asks: whether it is so, of which case, and what is not so in both languages."""

    good: bool
    case: str
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the standard. `asks` looks at all that was reported."""

    id: str
    zh: str
    en: str
    asks: Callable[[Reported], Iterable[One]] = field(repr=False)


@dataclass(frozen=True)
class Outcome:
    """How far a part is met: "met", "partly", "not", or "none" where there was nothing to look at."""

    part: Part
    good: int
    all: int
    lacks: list[One]

    @property
    def grade(self) -> str:
        if not self.all:
            return "none"
        return "met" if self.good == self.all else "partly" if self.good else "not"


def outcomes(reported: Reported) -> list[Outcome]:
    """Every part of the standard, with examples of what it lacks."""
    found = []
    for part in PARTS:
        asked = list(part.asks(reported))
        lacks = [one for one in asked if not one.good]
        found.append(Outcome(part, len(asked) - len(lacks), len(asked), lacks[:SHOWN]))
    return found


def complete(outcome: Iterable[Outcome]) -> bool:
    """Whether the standard is met wherever there was something to look at."""
    return all(each.grade in ("met", "none") for each in outcome)


def as_json(found: Iterable[Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "part": each.part.id,
            "title_zh": each.part.zh,
            "title_en": each.part.en,
            "grade": each.grade,
            "good": each.good,
            "all": each.all,
            "lacks": [{"case": one.case, "zh": one.zh, "en": one.en} for one in each.lacks],
        }
        for each in found
    ]


def _told_whole(r: Reported) -> Iterator[One]:
    for case in r.cases.values():
        yield _nothing_missing(case, [table_of(case).named(each.act) for each in left_out(case)])
    for kept, record in r.records.values():
        yield _nothing_missing(record, missing(kept, record))


def _nothing_missing(record: Any, moves: list[Move]) -> One:
    zh = "缺少环节：" + "、".join(move.title_zh for move in moves)
    en = "missing: " + ", ".join(move.title_en for move in moves)
    return One(not moves, named(record), zh, en)


def named(record: Any) -> str:
    """How the department calls it."""
    origin = record.origin
    return f"{origin.source_case} {origin.source_record}".rstrip()


def _filled(r: Reported) -> Iterator[One]:
    for told in r.stages:
        stage, blanks = told.stage, blanks_of(told.stage)
        zh, en = title(stage)
        for name in _asked_fields(asked_of(stage)):
            said = f"“{zh}”未填写{name}", f"“{en}” leaves {name} blank"
            yield One(name not in blanks, stage.source_case, *said)


@cache
def _asked_fields(name: str) -> tuple[str, ...]:
    """The fields that an act has to fill, by trying the act without any."""
    bare = pb.OutsideStage()
    request = getattr(bare, name)
    request.SetInParent()
    request.request_id = "-"
    for each in IDS:
        if each in request.DESCRIPTOR.fields_by_name:
            setattr(request, each, "-")
    return tuple(path for path in blanks_of(bare) if path not in ("body_id", "party", "violation"))


def _in_time(r: Reported) -> Iterator[One]:
    for told in r.stages:
        if r.of(told).origin.imported:
            continue
        late = moment_of(told.receive_time) - moment_of(told.stage.act_time)
        zh, en = title(told.stage)
        took_zh, took_en = took(late)
        said = f"“{zh}”实施{took_zh}后才报告", f"“{en}” was reported {took_en} after it was done"
        yield One(late <= r.within, told.stage.source_case, *said)


def _in_order(r: Reported) -> Iterator[One]:
    for case in r.all():
        wrong = {b.act for b in case.breaches if b.reason == NOT_OPEN}
        moves = _moves_of(case)
        acts = {m.method: (m.title_zh, m.title_en) for m in reversed(moves) if m.method in wrong}
        zh, en = "、".join(a for a, _ in acts.values()), ", ".join(b for _, b in acts.values())
        yield One(not wrong, named(case), f"不在其阶段：{zh}", f"not at its stage: {en}")


def _moves_of(record: Any) -> list[Move]:
    if isinstance(record, cases.Case):
        return [table_of(record).named(each.act) for each in ACTS.values()]
    return list(KEPT[record.DESCRIPTOR.name.lower()].table.moves)


def _people_known(r: Reported) -> Iterator[One]:
    for case in r.all():
        for officer in case.officers:
            zh = f"本节点没有执法人员{officer.officer_id}的登记"
            en = f"officer {officer.officer_id} is not known at this node"
            yield One(bool(officer.name), named(case), zh, en)
    for told in r.stages:
        zh, en = title(told.stage)
        said = f"“{zh}”没有载明由谁实施", f"“{en}” does not say who did it"
        yield One(bool(told.stage.actor), told.stage.source_case, *said)


def _numbered(r: Reported) -> Iterator[One]:
    for told in r.stages:
        zh, en = title(told.stage)
        number = told.stage.document_number or told.stage.make_spot_decision.form_number
        if asked_of(told.stage) in PAPERS:
            yield One(bool(number), told.stage.source_case, f"“{zh}”没有文号", f"“{en}” has no number")


def _hashed(r: Reported) -> Iterator[One]:
    for told in r.stages:
        asked = told.stage.record_evidence
        if asked_of(told.stage) == "record_evidence":
            good = len(asked.sha256) == 32 and bool(asked.location)
            zh, en = (
                f"证据“{asked.title}”没有SHA-256或者存放处",
                f"“{asked.title}” has no SHA-256, or no place",
            )
            yield One(good, told.stage.source_case, zh, en)


def _public(r: Reported) -> Iterator[One]:
    for case in r.cases.values():
        if case.HasField("decision") and "publicity_due" in conditions(case):
            done = case.HasField("publish_time") or case.HasField("withholding")
            yield One(done, case.origin.source_case, "处罚决定没有公开", "the decision is not public")
    for kept, record in r.records.values():
        if kept is INSPECTION and record.HasField("conclusion"):
            done = record.HasField("publish_time")
            yield One(done, named(record), "检查结果没有公开", "the result of the inspection is not public")


def _lawful(r: Reported) -> Iterator[One]:
    for case in r.all():
        said = dict.fromkeys((b.reason, b.law) for b in case.breaches)
        first = "; ".join(f"{reason} ({law})" for reason, law in [*said][:SHOWN])
        more = len(said) - SHOWN
        zh, en = (f"等{len(said)}项", f" and {more} more") if more > 0 else ("", "")
        yield One(not said, named(case), first + zh, first + en)


def title(stage: pb.OutsideStage) -> tuple[str, str]:
    """What the act of a stage is called."""
    return TITLES[asked_of(stage)]


def took(late: timedelta) -> tuple[str, str]:
    """A span as people say it."""
    hours, days = round(late / timedelta(hours=1)), late.days
    return (f"{days}日", f"{days} days") if days > 1 else (f"{hours}小时", f"{hours} hours")


PARTS = (
    Part("stages", "环节齐全", "Stages told whole", _told_whole),
    Part("fields", "字段填写", "Fields filled", _filled),
    Part("time", "报告及时", "Told in time", _in_time),
    Part("order", "先后有序", "In order", _in_order),
    Part("people", "人员可查", "People known", _people_known),
    Part("numbers", "文书编号", "Papers numbered", _numbered),
    Part("evidence", "证据摘要", "Evidence hashed", _hashed),
    Part("public", "决定和检查结果公开", "Decisions and results public", _public),
    Part("lawful", "程序合法", "Procedure kept", _lawful),
)

"""Stages of inspections, measures, referrals and permits among those that come: whether one can be a fact of its record, and
how the record stands by them.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.law.v1.law_pb2 import CLOCK_STATE_MET

from services.enforcement.measure.model import Measure
from services.enforcement.outside.acts import refuse_unknown_body
from services.enforcement.outside.assembling import judge_again
from services.enforcement.outside.judging import NotJudged
from services.enforcement.outside.model import OutsideCase, OutsideRecord, case_key
from services.enforcement.outside.stage import kind_of
from services.enforcement.outside_record.again import judge_naming_again
from services.enforcement.outside_record.assembling import assemble
from services.enforcement.outside_record.beginning import Stages, begin_record, case_of
from services.enforcement.outside_record.kind import CASELESS, KINDS, Kind
from services.enforcement.permit_guide.model import PermitGuide
from services.enforcement.referral.model import Referral
from services.kit.refusal import Exists, Malformed
from services.kit.tx import Tx
from services.kit.view import View
from services.law.moment import moment_of
from services.law.procedures.elsewhere import INSPECTION, missing

# A record is told whole in every event.
LARGEST = 350_000
PREFIXES: Mapping[str, str] = {"I": "inspection", "M": "measure", "F": "referral", "PM": "permit"}


def fits(
    tx: Tx, stage: pb.OutsideStage, key: str, group: Iterable[pb.OutsideStage], *, case_told: bool
) -> None:
    """Raise a refusal for a stage that cannot be one of its record. `case_told` says that its case is told in the same part."""
    home = tx.find(OutsideRecord, key)
    if kind_of(stage) == "inspection":
        _fits_inspection(tx, stage, home, group)
    elif kind_of(stage) == "permit":
        _fits_permit(tx, stage, home, group)
    else:
        _fits_case(tx, stage, group, case_told=case_told)
        if kind_of(stage) == "measure" and home is None and not any(s.measure_kind for s in group):
            raise Malformed(
                {
                    "measure_kind": (
                        "is required with the stage of a measure that is reported first",
                        "首次报告强制措施环节时必填",
                    )
                }
            )
        _same_kind(tx, stage, home, group)
    size = (home.size if home is not None else 0) + sum(s.ByteSize() for s in group)
    if size > LARGEST:
        said = f"has more than {LARGEST} bytes of stages", f"各环节合计超过{LARGEST}字节"
        raise Malformed({"source_record": said})


def _fits_inspection(
    tx: Tx, stage: pb.OutsideStage, home: OutsideRecord | None, group: Iterable[pb.OutsideStage]
) -> None:
    about = next((s.inspection for s in group if s.HasField("inspection")), None)
    if home is None and about is None:
        said = "is required with the stage of an inspection that is reported first", "首次报告检查环节时必填"
        raise Malformed({"inspection": said})
    body_id = (
        record_of(tx, KINDS["inspection"], home).body_id
        if home is not None
        else about.body_id
        if about
        else ""
    )
    if stage.HasField("inspection") and stage.inspection.body_id != body_id:
        raise of_another_body(stage, body_id)
    if home is None:
        refuse_unknown_body(tx, body_id)


def _fits_permit(
    tx: Tx, stage: pb.OutsideStage, home: OutsideRecord | None, group: Iterable[pb.OutsideStage]
) -> None:
    """An application goes by one guide of this department from its beginning to its end."""
    about = next((s.permit for s in group if s.HasField("permit")), None)
    if home is None and about is None:
        said = "is required with the stage of a permit that is reported first", "首次报告许可环节时必填"
        raise Malformed({"permit": said})
    first = (
        record_of(tx, KINDS["permit"], home).guide_id if home is not None else about.guide_id if about else ""
    )
    if stage.HasField("permit") and stage.permit.guide_id != first:
        said = "is another than was reported of this application", "与该申请已报告的办事指南不同"
        raise Malformed({"permit.guide_id": said})
    row = tx.find(PermitGuide, first)
    if row is None:
        raise Malformed({"permit.guide_id": ("is no guide of this department", "本部门没有该办事指南")})
    if home is None:
        refuse_unknown_body(tx, row.body_id)


def _fits_case(tx: Tx, stage: pb.OutsideStage, group: Iterable[pb.OutsideStage], *, case_told: bool) -> None:
    home = tx.find(OutsideCase, case_key(stage.system, stage.source_case))
    matter = next((s.matter for s in group if s.HasField("matter")), None)
    if home is None and matter is None and not case_told:
        said = "is required with the stage of a case that is reported first", "首次报告案件环节时必填"
        raise Malformed({"matter": said})
    body_id = home.body_id if home is not None else matter.body_id if matter is not None else ""
    if stage.HasField("matter") and body_id and stage.matter.body_id != body_id:
        raise of_another_body(stage, body_id)
    if home is None and body_id:
        refuse_unknown_body(tx, body_id)


def _same_kind(
    tx: Tx, stage: pb.OutsideStage, home: OutsideRecord | None, group: Iterable[pb.OutsideStage]
) -> None:
    """A measure does one thing from its beginning to its end."""
    told = record_of(tx, KINDS[kind_of(stage)], home) if home is not None else None
    kind = getattr(told, "kind", 0) or next((s.measure_kind for s in group if s.measure_kind), 0)
    if stage.measure_kind and stage.measure_kind != kind:
        raise Malformed(
            {"measure_kind": ("is another than was reported of this measure", "与该强制措施已报告的种类不同")}
        )


def of_another_body(stage: pb.OutsideStage, body_id: str) -> Exists:
    return Exists(
        "CASE_OF_ANOTHER_BODY",
        f"the case {stage.source_case} was reported as one of the body {body_id}",
        f"案件{stage.source_case}已报告为主体{body_id}的案件",
        body_id=body_id,
    )


def record_of(tx: Tx, kind: Kind, home: OutsideRecord) -> Any:
    return kind.act.open(tx, home.record_id)


def take(tx: Tx, key: str, fresh: Stages) -> pb.OutsideStanding:
    """Take the new stages of one record; how it stands then."""
    kind = KINDS[kind_of(fresh[0])]
    home = tx.find(OutsideRecord, key)
    if home is None:
        case_id = "" if kind.name in CASELESS else case_of(tx, fresh).case_id
        home = begin_record(tx, kind, fresh, key, case_id)
    record, unknown = assemble(tx, kind, home, fresh)
    if kind.name == INSPECTION.name:
        judge_naming_again(tx, key)
    its = None
    if kind.name not in CASELESS:
        its = tx.find(OutsideCase, case_key(fresh[0].system, fresh[0].source_case))
    if its is not None:
        judge_naming_again(tx, its.key)
    if its is not None and min(moment_of(s.act_time) for s in fresh) < its.last_time:
        judge_again(tx, its)
    return standing(tx, kind, record, unknown)


def known(tx: Tx, record_id: str) -> pb.OutsideStanding | None:
    """How a record stands of which nothing new was told; None for the id of a case."""
    kind = KINDS.get(PREFIXES.get(record_id.partition("-")[0], ""))
    return None if kind is None else standing(tx, kind, kind.act.open(tx, record_id))


def standing(tx: Tx, kind: Kind, record: Any, unknown: Iterable[NotJudged] = ()) -> pb.OutsideStanding:
    """How an inspection, a measure, a referral or a permit stands by what was reported of it."""
    found = pb.OutsideStanding(
        case_id="" if kind.name == "permit" else record.case_id,
        record_id=getattr(record, kind.kept.key),
        system=record.origin.system,
        source_case=record.origin.source_case,
        source_record=record.origin.source_record,
        missing=[
            pb.MissingStage(
                act=move.method,
                title_zh=move.title_zh,
                title_en=move.title_en,
                law=tx.parameters.cited(move.law, record.sector, move.name),
            )
            for move in missing(kind.kept, record)
        ],
        breaches=record.breaches,
        due=[d for d in record.deadlines if d.state != CLOCK_STATE_MET],
        not_judged=[
            pb.NotJudgedStage(act=method, reason=reason) for method, reason in dict.fromkeys(unknown)
        ],
        version=record.version,
    )
    setattr(found, f"{kind.name}_state", record.state)
    if kind.name == "inspection":
        found.withheld.extend(record.withheld)
        if record.HasField("code"):
            found.code.CopyFrom(record.code)
    return found


def cases_of(view: View, ids: Collection[str]) -> dict[str, str]:
    """The cases that measures and referrals serve, by their ids."""
    found = {}
    for row, key in ((Measure, Measure.measure_id), (Referral, Referral.referral_id)):
        wanted: Any = key
        its = select(wanted.label("key"), row.case_id).where(wanted.in_(sorted(set(ids))))
        found |= {each.key: each.case_id for each in view.rows(its)}
    return found

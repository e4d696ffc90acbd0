"""A whole case as a department's own system reports it: a stage for each of its acts."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.outside.stage import ASKED, GOES, method
from services.given.case import COMPARED
from services.given.people import credit_code
from services.law.procedures.penalty import reportable, table_of
from services.law.procedures.penalty.stages import given, holder
from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER
from tests.enforcement.samples import CLERK
from tests.law.records import lawful

SYSTEM = "example-cases"
NUMBERED = ("notice", "decision", "no_penalty", "deferral")
SERIAL = count(1)


def stages_of(case: cases.Case, source_case: str = "") -> list[pb.OutsideStage]:
    """The acts of a case as stages, in the order of the table; the matter comes with each."""
    source_case = source_case or f"案卷{next(SERIAL)}"
    found = [stage for entry in reportable(table_of(case)) for stage in _told(case, entry, source_case)]
    found += _evidence(case, source_case)
    found += _hearing(case, source_case)
    for done in case.performances:
        stage = stage_of(case, "record_performance", source_case)
        stage.record_performance.kind, stage.record_performance.proof = done.kind, done.proof
        stage.record_performance.duty = done.duty
        stage.act_time.CopyFrom(done.perform_time)
        stage.actor = done.recorder
        found.append(stage)
    return found


def stage_of(case: cases.Case, name: str, source_case: str) -> pb.OutsideStage:
    stage = pb.OutsideStage(
        system=SYSTEM,
        source_case=source_case,
        stage_id=f"{name}-{next(SERIAL)}",
        matter=pb.OutsideMatter(
            body_id=case.body_id,
            procedure=case.procedure,
            party=case.party,
            violation=case.violation,
            item_id=case.item_id,
            area_code=case.area_code,
        ),
    )
    getattr(stage, name).SetInParent()
    assert name in ASKED
    return stage


def _told(case: cases.Case, entry: Any, source_case: str) -> Iterator[pb.OutsideStage]:
    if not given(case, entry.done):
        return
    name = method(entry)
    stage = stage_of(case, name, source_case)
    request = getattr(stage, name)
    for field, path in GOES.get(name, {}).items():
        _copy(case, path, request, field)
    message, field = holder(case, entry.done)
    stage.act_time.CopyFrom(getattr(message, field))
    if entry.by:
        message, field = holder(case, entry.by)
        stage.actor = getattr(message, field)
    elif entry.roles == "AGENCY_HEAD":
        stage.actor = "head-1"
    part = entry.enters.split(maxsplit=1)[0]
    if part in NUMBERED:
        stage.document_number = getattr(getattr(case, part), "document_number", "")
    if name == "serve_prior_notice":
        stage.told_penalty.CopyFrom(case.notice.penalty)
    if name in ("assign_officers", "make_spot_decision"):
        request.officer_ids.extend(o.officer_id for o in case.officers)
    if name == "record_outcome":
        ended = case.set_aside
        request.kind = cases.OutcomeKind.Name(ended.kind)
        request.remedy = cases.REMEDY_RECONSIDERATION
        request.authority, request.document = ended.authority, ended.document
    if name in ("serve_decision", "make_spot_decision") and case.decision.HasField("paper"):
        stage.decision_paper.CopyFrom(case.decision.paper)
    if name == "hold_hearing":
        request.minutes.CopyFrom(case.hearing.minutes)
    if name == "record_payment":
        request.amount.CopyFrom(case.payments[0].amount)
        request.bank_reference = f"{case.payments[0].bank_reference}-{next(SERIAL)}"
        stage.actor = case.payments[0].recorder
    if name == "decide_deferral":
        request.instalments.extend(case.instalments) if not request.instalments else None
    yield stage


def _hearing(case: cases.Case, source_case: str) -> Iterator[pb.OutsideStage]:
    """What was done for the hearing, besides holding it."""
    h = case.hearing
    told: dict[str, tuple[str, str, dict[str, Any]]] = {
        "appoint_hearing_panel": (
            "appoint_time", h.appointer, {"host": h.host, "listeners": h.listeners, "clerk": h.clerk}
        ),
        "notify_hearing": (
            "notice_time", "clerk-1", {"hold_time": h.hold_time, "place": h.place, "receipt": h.notice_receipt}
        ),
        "announce_hearing": ("announce_time", "clerk-1", {"address": h.announce_address}),
        "report_hearing": ("report_time", h.host, {"report": h.report}),
    }  # fmt: skip
    for name, (time, by, said) in told.items():
        if h.HasField(time):  # type: ignore[arg-type]
            stage = stage_of(case, name, source_case)
            getattr(stage, name).MergeFrom(type(getattr(stage, name))(**said))
            stage.act_time.CopyFrom(getattr(h, time))
            stage.actor = by
            yield stage


def _copy(case: cases.Case, path: str, request: Any, field: str) -> None:
    if not given(case, path):
        return
    message, name = holder(case, path)
    known = message.DESCRIPTOR.fields_by_name[name]
    if known.is_repeated:
        getattr(request, field).extend(getattr(message, name))
    elif known.type == FieldDescriptor.TYPE_MESSAGE:
        getattr(request, field).CopyFrom(getattr(message, name))
    else:
        setattr(request, field, getattr(message, name))


def _evidence(case: cases.Case, source_case: str) -> Iterator[pb.OutsideStage]:
    """Each piece an hour after the officers were named."""
    for n in range(case.evidence_count):
        stage = stage_of(case, "record_evidence", source_case)
        asked = stage.record_evidence
        asked.kind, asked.title, asked.source = cases.EVIDENCE_KIND_DOCUMENT, f"书证{n + 1}", "当事人提供"
        asked.collector_ids.extend(o.officer_id for o in case.officers)
        asked.certificate_shown = asked.rights_told = True
        asked.sha256, asked.location, asked.verified = bytes([n]) * 32, "示例档案系统", COMPARED
        stage.act_time.seconds = case.assign_time.seconds + 3600 * (n + 1)
        stage.actor = case.officers[0].officer_id
        yield stage


def new_record(name: str) -> cases.Case:
    """A lawful record of a party of its own."""
    case = cases.Case()
    case.CopyFrom(lawful(name))
    n = next(SERIAL)
    case.party.name, case.party.identity_number = f"示例企业{n}", credit_code(100_000 + n, "91")
    if case.procedure == cases.PROCEDURE_SUMMARY:
        case.decision.document_number = f"简{100_000 + n}号"
    return case


def in_time(case: cases.Case) -> list[pb.OutsideStage]:
    return sorted(stages_of(case), key=lambda s: s.act_time.seconds)


def without(stages: list[pb.OutsideStage], *names: str) -> list[pb.OutsideStage]:
    return [s for s in stages if s.WhichOneof("act") not in names]


def named(stages: list[pb.OutsideStage], name: str) -> pb.OutsideStage:
    return next(s for s in stages if s.WhichOneof("act") == name)


async def report(d: Department, *stages: pb.OutsideStage) -> pb.OutsideStanding:
    """Report stages one by one; how the case stands at the end."""
    d.now = LATER
    standing = pb.OutsideStanding()
    for stage in stages:
        standing = (await d.do("ReportStage", CLERK, stage=stage)).standing
    return standing


async def send(d: Department, *parts: list[pb.OutsideStage]) -> list[pb.ReportStagesResponse]:
    d.now = LATER
    asked = [pb.ReportStagesRequest(rows=part) for part in parts]
    return [reply async for reply in d.stub.ReportStages(iter(asked), metadata=d.metadata(CLERK))]


def reasons(standing: pb.OutsideStanding, act: str) -> set[str]:
    return {b.reason for b in standing.breaches if b.act == act}


def years_back(stages: list[pb.OutsideStage], years: int) -> list[pb.OutsideStage]:
    """The same from the archive, so many years before."""
    for stage in stages:
        stage.imported = True
        stage.act_time.seconds -= years * 365 * 86400
        stage.matter.violation.occur_time.seconds -= years * 365 * 86400
    return stages

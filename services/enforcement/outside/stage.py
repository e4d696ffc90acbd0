"""A stage that was reported alone: what it takes to be a fact, and what of it enters the record of its case.

A stage has the fields of the request that does the act here; where each goes stands in one table.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import protovalidate
from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1.surcharge_pb2 import REMEDY_KIND_SUIT

from services.enforcement.case.act import check_digest, check_penalty
from services.enforcement.case.facts import legible, legible_throughout
from services.enforcement.case.party import sound_party
from services.enforcement.evidence.acts import check_evidence
from services.enforcement.inspection.taking import sound_enterprise
from services.enforcement.outcome.asked import unfit
from services.enforcement.outside.model import case_key, record_key, stage_key
from services.enforcement.own_correction.asked import unfit as unfit_proposal
from services.kit.refusal import Malformed
from services.kit.text import put_in_order
from services.kit.tx import Tx
from services.kit.words import in_chinese, path_of
from services.law.calendar import SHANGHAI
from services.law.procedures.elsewhere import KEPT
from services.law.procedures.penalty import outcome, own_correction
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.remedy import lasting


def field_of(method: str) -> str:
    """The field of a stage that tells of what a method does."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in method).lstrip("_")


EVERY: tuple[str, ...] = tuple(f.name for f in pb.OutsideStage.DESCRIPTOR.oneofs_by_name["act"].fields)
KIND_OF: Mapping[str, str] = MappingProxyType(
    {
        field_of(move.method): kept.name
        for kept in KEPT.values()
        for move in kept.table.moves
        if field_of(move.method) in EVERY
    }
)
"""The acts of inspections, measures and referrals of which a stage may tell: of which of them each is."""
ASKED: tuple[str, ...] = tuple(name for name in EVERY if name not in KIND_OF)
"""The acts of a case of which a stage may tell, by their fields."""
# What a request asks for the sake of the call, or says of the matter, which the stage has in one place for all acts.
NOT_READ = frozenset({"request_id", "case_id", "body_id", "party", "violation"})
IDS = ("case_id", *(kept.key for kept in KEPT.values()))
# A call that leaves a field blank is refused; what was done without it was done so, and the blank is told. Without these there is
# no act.
BLANK = frozenset({"string.min_len", "enum.not_in", "required"})
NEEDED = frozenset({"amount", "officer_id", "recusal_id", "body_id", "evidence_id"})
# The same of an inspection, a measure or a referral; lists may be left empty too.
BLANK_BESIDE = BLANK | {"repeated.min_items"}
NEEDED_BESIDE = frozenset(
    {
        "body_id",
        "enterprise",
        "planned_time",
        "said",
        "execution",
        "outcome",
        "violation",
        "due_time",
        "guide_id",
        "applicant",
        "hold_at",
    }
)
# Where the fields of an act go. What a field has no place for is asked by the rules of the act alone, and kept with the stage.
# fmt: off
GOES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "register_clue": {"source": "clue.source", "summary": "clue.summary", "evidence": "clue.evidence"},
    "decline_clue": {"cause": "cause"},
    "file_case": {"item_id": "item_id", "area_code": "area_code", "law": "violation.law",
                  "occur_time": "violation.occur_time", "evidence": "clue.evidence", "distinct_reason": "distinct_reason"},
    "submit_report": {"report": "report", "proposal": "proposal", "no_penalty": "no_penalty.outcome",
                      "distinct_reason": "distinct_reason", "party_address": "party.address"},
    "transfer_case": {"body_id": "transfer.to_body_id", "cause": "transfer.cause"},
    "dispute_transfer": {"cause": "transfer.dispute_cause"},
    "refer_dispute": {"cause": "transfer.refer_cause"},
    "conclude_review": {field: f"review.{field}" for field in ("passed", "opinion", "complexity", "advisers", "advice")},
    "serve_prior_notice": {"facts": "notice.facts", "reasons": "notice.reasons", "basis": "notice.basis",
                           "hearing_right_told": "notice.hearing_right_told"},
    "record_statement": {"statement": "defence.statement"},
    "waive_defence": {"proof": "defence.waive_proof"},
    "hold_hearing": {"record": "defence.hearing_record"},
    "recheck_defence": {"opinion": "defence.recheck_opinion", "adopted": "defence.recheck_adopted"},
    "make_decision": {"penalty": "decision.penalty", "discussion": "decision.discussion",
                      "discussion_members": "decision.discussion_members", "dissents": "decision.dissents",
                      "hearing_answers": "decision.hearing_answers"},
    "decide_no_penalty": {"no_penalty": "no_penalty.outcome", "hearing_answers": "no_penalty.hearing_answers"},
    "make_spot_decision": {"penalty": "decision.penalty", "form_number": "decision.document_number",
                           "certificate_shown": "spot.certificate_shown", "rights_told": "spot.rights_told",
                           "statement_heard": "spot.statement_heard", "party_signed": "spot.party_signed",
                           "refusal_note": "spot.refusal_note",
                           "reconsideration_authority": "spot.reconsideration_authority", "distinct_reason": "distinct_reason"},
    "publish_decision": {"address": "publish_address"},
    "withhold_publication": {"ground": "withholding.ground", "reason": "withholding.reason"},
    "withdraw_publication": {"explanation": "withdrawal.explanation", "address": "withdrawal.address",
                             "ground": "withdrawal.ground"},
    "announce_service": {"cause": "announcement.cause", "address": "announcement.address",
                         "attempts": "announcement.attempts", "whereabouts": "announcement.whereabouts"},
    "serve_decision": {"method": "service.method", "receipt": "service.receipt", "consent": "service.consent",
                       "address": "service.address", "attempts": "service.attempts", "left": "service.left"},
    "announce_own_correction": {
        field: f"correcting_paper.announcement.{field}" for field in ("cause", "address", "attempts", "whereabouts")
    },
    "serve_own_correction": {
        field: f"correcting_paper.service.{field}"
        for field in ("method", "receipt", "consent", "address", "attempts", "left")
    },
    "request_deferral": {"application": "deferral.application", "cause": "deferral.cause"},
    "decide_deferral": {"approved": "deferral.approved", "reason": "deferral.reason", "instalments": "instalments"},
    "close_case": {"report": "close_report", "closing": "closing"},
    "terminate_case": {"cause": "cause"},
})
# What an act begins anew in the record.
ANEW: Mapping[str, str] = MappingProxyType({
    "submit_report": "proposal no_penalty", "submit_for_review": "review", "serve_prior_notice": "notice defence",
    "request_deferral": "deferral", "decide_deferral": "instalments", "make_decision": "decision",
    "transfer_case": "transfer", "assign_officers": "officers",
})
# An act that has one method and another name.
NAMED_OTHERWISE: Mapping[str, str] = MappingProxyType(
    {"record_refund": "REFUND_FINE", "record_stay_end": "END_STAY"}
)
# The number of its paper, and the time of an act that has none among the acts of a report.
NUMBERED: Mapping[str, str] = MappingProxyType({
    "file_case": "case_number", "serve_prior_notice": "notice.document_number",
    "make_decision": "decision.document_number", "make_spot_decision": "decision.document_number",
    "decide_no_penalty": "no_penalty.document_number", "decide_deferral": "deferral.document_number",
})
TIMED: Mapping[str, str] = MappingProxyType({
    "transfer_case": "transfer.send_time", "acknowledge_transfer": "transfer.acknowledge_time",
    "dispute_transfer": "transfer.dispute_time", "refer_dispute": "transfer.refer_time",
})
# fmt: on


def method(each: Any) -> str:
    """The field of a stage that tells of an act."""
    return field_of(each.rpc or each.act.title().replace("_", ""))


TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        field_of(move.method): (move.title_zh, move.title_en)
        for kept in KEPT.values()
        for move in reversed(kept.table.moves)
    }
    | {method(each): (each.title_zh, each.title_en) for each in reversed([*ACTS.values()])}
    | {
        "submit_report": ("调查终结", "Report of the inquiry"),
        "conclude_review": ("法制审核", "Legal review"),
        "record_payment": ("缴款", "Payment"),
        "take_back_case": ("收回移送的案件", "Take the case back"),
        "record_outcome": ("登记救济结果", "Outcome of a remedy"),
        "decide_own_correction": ("决定自行纠正", "Correction of the own decision decided"),
        "record_remedy": ("登记行政复议、行政诉讼", "Reconsideration or suit"),
        "record_remedy_end": ("登记行政复议、行政诉讼终结", "End of a reconsideration or suit"),
        "extend_measure": ("延长强制措施", "Extend the measure"),
        "release_measure": ("解除强制措施", "Lift the measure"),
        "execute_measure": ("实施强制措施", "Take the measure"),
        "execute_urgently": ("紧急实施强制措施", "Take the measure urgently"),
        "record_police_answer": ("公安机关答复", "Answer of the police"),
        "record_criminal_outcome": ("司法机关处理结果", "Outcome of the criminal case"),
    }
)
"""What each stage is called, in Chinese and English."""


def asked_of(stage: pb.OutsideStage) -> str:
    return stage.WhichOneof("act") or ""


def request_of(stage: pb.OutsideStage) -> Any:
    return getattr(stage, asked_of(stage))


def kind_of(stage: pb.OutsideStage) -> str:
    """Which it is a stage of: "inspection", "measure", "referral", "permit"; empty for the case itself."""
    return KIND_OF.get(asked_of(stage), "")


def home_of(stage: pb.OutsideStage) -> str:
    """The key of the case, or of the record, that a stage is one of."""
    key = case_key(stage.system, stage.source_case)
    kind = kind_of(stage)
    return record_key(key, kind, stage.source_record) if kind else key


def key_of(stage: pb.OutsideStage) -> str:
    return stage_key(home_of(stage), stage.stage_id)


def id_of(stage: pb.OutsideStage, prefix: str) -> str:
    """The id of what a stage brings into a case: the same however often the case is put together."""
    return prefix + sha256(key_of(stage).encode()).hexdigest()[:32]


# What is told of some kinds of records only, and of which: "" is the case itself.
TOLD_OF: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "matter": ("", "measure", "referral"), "inspection": ("inspection",), "measure_kind": ("measure",),
    "permit": ("permit",), "linked_inspection": ("permit",),
})  # fmt: skip
# What an act of a permit rests on: the field of its request that names it where it is kept here, and that of the stage otherwise.
NAMED: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "check_permit_holder": {"inspection_id": "linked_inspection", "case_id": "linked_case"},
    "deregister_permit": {"case_id": "linked_case"},
})  # fmt: skip


def named_in(stage: pb.OutsideStage) -> dict[str, str]:
    """The keys of what a stage of a permit names there, by the fields of its request that would name it here."""
    told = {field: getattr(stage, name) for field, name in NAMED.get(asked_of(stage), {}).items()}
    keys = {field: case_key(stage.system, name) for field, name in told.items() if name}
    return {
        field: key if field == "case_id" else record_key(key, "inspection", "") for field, key in keys.items()
    }


def _named_twice(stage: pb.OutsideStage) -> dict[str, tuple[str, str]]:
    """The fields that name it once more, as if it were kept here too."""
    said = "is named by its key there already: leave it out", "已填报其在该系统的编号，不得同时填报"
    request, name = request_of(stage), asked_of(stage)
    return {f"{name}.{field}": said for field in named_in(stage) if getattr(request, field)}


def out_of_place(stage: pb.OutsideStage) -> dict[str, tuple[str, str]]:
    """The fields of a stage that say what a record of another kind is about: kept, they would be taken for its own."""
    said = f"is not told of {asked_of(stage)}: leave it out", f"{asked_of(stage)}环节不得填报此项"
    told = {field.name for field, _ in stage.ListFields()} if asked_of(stage) else set()
    return {name: said for name, kinds in TOLD_OF.items() if name in told and kind_of(stage) not in kinds}


def check_stage(stage: pb.OutsideStage, tx: Tx) -> list[str]:
    """Bring a stage into its one form; the fields that it leaves blank. Raises Malformed for one that is no stage."""
    wrong = put_in_order(stage) | out_of_place(stage)
    name = asked_of(stage)
    if name:
        _fill(stage, request_of(stage))
    wrong |= {path: said for path, _, said in _faults(stage, "")}
    wrong |= _named_twice(stage) if name else {}
    if wrong:
        raise Malformed(wrong)
    request = request_of(stage)
    blanks = blanks_of(stage)
    if wrong := {f"{name}.{path}": said for path, _, said in _faults(request, "") if path not in blanks}:
        raise Malformed(wrong)
    legible(stage, "act_time")
    legible_throughout(request, f"{name}.")
    check_record(stage, name, request, tx)
    today = tx.now.astimezone(SHANGHAI).date()
    if stage.HasField("matter"):
        sound_party(stage.matter.party, today, "matter.party")
        if stage.matter.violation.HasField("occur_time"):
            legible(stage.matter.violation, "occur_time", "matter.violation.occur_time")
    check_amounts(stage, name, request)
    return blanks


def blanks_of(stage: pb.OutsideStage) -> list[str]:
    """The fields of its act that a call here would have to fill and a stage leaves blank."""
    faults = _faults(request_of(stage), "")
    blank, needed = (BLANK_BESIDE, NEEDED_BESIDE) if kind_of(stage) else (BLANK, NEEDED)
    return [path for path, rule, _ in faults if rule in blank and path not in needed]


def check_record(stage: pb.OutsideStage, name: str, request: Any, tx: Tx) -> None:
    """Raise Malformed for what cannot be of the inspection, the measure, the referral or the permit that it is told of."""
    if not kind_of(stage):
        return
    if stage.HasField("permit"):
        asked = stage.permit
        if wrong := {
            f"permit.{path}": said
            for path, rule, said in _faults(asked, "")
            if rule not in BLANK_BESIDE or path in NEEDED_BESIDE
        }:
            raise Malformed(wrong)
        sound_party(asked.applicant, tx.now.astimezone(SHANGHAI).date(), "permit.applicant")
    if stage.HasField("inspection"):
        about = stage.inspection
        if wrong := {
            f"inspection.{path}": said
            for path, rule, said in _faults(about, "")
            if rule not in BLANK_BESIDE or path in NEEDED_BESIDE
        }:
            raise Malformed(wrong)
        legible_throughout(about, "inspection.")
        sound_enterprise(about.enterprise, "inspection.enterprise")
    if name == "record_inspection":
        check_digest(request, f"{name}.")


def _fill(stage: pb.OutsideStage, request: Any) -> None:
    """What the stage says once for all acts, where the request asks for it; and the matter, where the act itself tells it."""
    fields = request.DESCRIPTOR.fields_by_name
    request.request_id = "-"
    for name in IDS:
        if name in fields and name not in NAMED.get(asked_of(stage), {}):
            setattr(request, name, "-")
    if kind_of(stage):
        _fill_record(stage, request)
        return
    if "party" in fields and not stage.HasField("matter") and request.HasField("party"):
        copy(request, stage.matter, ("body_id", "party", "violation", "item_id", "area_code"))
        if asked_of(stage) == "make_spot_decision":
            stage.matter.procedure = cases.PROCEDURE_SUMMARY
    elif "party" in fields and stage.HasField("matter"):
        copy(stage.matter, request, ("body_id", "party", "violation"))


def _fill_record(stage: pb.OutsideStage, request: Any) -> None:
    """What is said of an inspection, a measure or a permit with its first act, wherever it is told."""
    if asked_of(stage) == "open_inspection":
        if request.HasField("enterprise"):
            stage.inspection.CopyFrom(request)
        elif stage.HasField("inspection"):
            request.CopyFrom(stage.inspection)
    if stage.HasField("inspection"):
        stage.inspection.request_id = "-"
    if asked_of(stage) == "receive_permit_application":
        if request.HasField("applicant"):
            stage.permit.CopyFrom(request)
        elif stage.HasField("permit"):
            request.CopyFrom(stage.permit)
    if stage.HasField("permit"):
        stage.permit.request_id = "-"
    if "area_code" in request.DESCRIPTOR.fields_by_name:
        request.area_code = request.area_code or stage.area_code
    if asked_of(stage) == "record_inspection":
        request.end_time.CopyFrom(stage.act_time)
    if "kind" in request.DESCRIPTOR.fields_by_name and kind_of(stage) == "measure":
        stage.measure_kind = request.kind or stage.measure_kind
        request.kind = stage.measure_kind


def copy(source: Any, target: Any, names: tuple[str, ...]) -> None:
    """Take over fields that both have."""
    for name in names:
        value = getattr(source, name)
        if isinstance(value, Message):
            getattr(target, name).CopyFrom(value)
        else:
            setattr(target, name, value)


def check_amounts(stage: pb.OutsideStage, name: str, request: Any) -> None:
    """Raise Malformed for what is no amount, no digest, or not one of two."""
    check_penalty(stage.told_penalty, "told_penalty")
    for field in ("penalty", "proposal"):
        if field in request.DESCRIPTOR.fields_by_name and isinstance(getattr(request, field), Message):
            check_penalty(getattr(request, field), f"{name}.{field}")
    if name in ("record_payment", "record_refund") and not 0 < request.amount.fen <= 10**16:
        raise Malformed({f"{name}.amount.fen": ("must be more than zero", "必须大于零")})
    if name == "record_evidence":
        check_evidence(request, f"{name}.")
    if name in OUTCOMES:
        check_outcome(name, request)
    if name == "submit_report" and request.HasField("proposal") == request.HasField("no_penalty"):
        said = "either a penalty is proposed, or none", "应当载明拟处罚内容或者不予处罚事由之一"
        raise Malformed({f"{name}.proposal": said})


# What tells what became of a decision, and what of it cannot stand in one paper.
OUTCOMES: Mapping[str, Callable[[Any], dict[str, tuple[str, str]]]] = MappingProxyType(
    {"record_outcome": unfit, "propose_own_correction": unfit_proposal}
)


def check_outcome(name: str, request: Any) -> None:
    """Raise Malformed for what cannot stand in one paper, and for a decision that has to be made anew: with that the case begins
    again, and no stage says to which of its decisions it belongs.
    """
    wrong = OUTCOMES[name](request)
    if request.anew:
        said = (
            "is told with the whole case (ReportOutsideCase)",
            "责令重新作出的，应当随全案报告（ReportOutsideCase）",
        )
        wrong.setdefault("anew", said)
    if wrong:
        raise Malformed({f"{name}.{field}": said for field, said in wrong.items()})


def _faults(message: Message, lead: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """What is not as the contract wants it: where, by which rule of the contract, in words."""
    try:
        protovalidate.validate(message)
    except protovalidate.ValidationError as no:
        for v in no.violations:
            yield f"{lead}{path_of(v)}", v.proto.rule_id, (v.proto.message, in_chinese(v))


def _ended(case: cases.Case) -> str:
    last = lasting(case)
    return "END_SUIT" if last is not None and last.kind == REMEDY_KIND_SUIT else "END_RECONSIDERATION"


# Where one request does several acts: which of them, by what it says and how the case stood.
_WHICH: Mapping[str, Callable[[Any, cases.Case], str]] = MappingProxyType({
    "conclude_review": lambda said, case: "PASS_REVIEW" if said.passed else "RETURN_REVIEW",
    "submit_report": lambda said, case: "PROPOSE_NO_PENALTY" if said.HasField("no_penalty") else "SUBMIT_REPORT",
    "record_outcome": lambda said, case: outcome.act_of(case, cases.Outcome(kind=said.kind)),
    "decide_own_correction": lambda said, case: own_correction.act_by(
        case, own_correction.of_id(case, said.correction_id), approved=said.approved
    ),
    "record_payment": lambda said, case: (
        "COMPLETE_PAYMENT" if said.amount.fen >= case.decision.penalty.fine.fen - case.paid.fen else "RECORD_PAYMENT"
    ),
    "record_remedy": lambda said, case: "RECORD_SUIT" if said.kind == REMEDY_KIND_SUIT else "RECORD_RECONSIDERATION",
    "record_remedy_end": lambda said, case: _ended(case),
    "take_back_case": lambda said, case: "TAKE_BACK_CASE" if case.HasField("file_time") else "TAKE_BACK_CLUE",
})  # fmt: skip


def act_of(stage: pb.OutsideStage, case: cases.Case) -> str:
    """The act of the procedure that a stage is, in a case that stood so."""
    name = asked_of(stage)
    if name in _WHICH:
        return _WHICH[name](request_of(stage), case)
    return NAMED_OTHERWISE.get(name, name.upper())

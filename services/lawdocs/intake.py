"""The page for integrators: every stage that a department's own system reports, with its fields and where each goes."""

from collections.abc import Iterator, Mapping

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.outside.stage import (
    ASKED,
    GOES,
    KIND_OF,
    NAMED,
    NOT_READ,
    NUMBERED,
    TITLES,
    blanks_of,
    field_of,
    method,
)
from services.enforcement.outside_record.entering import NUMBERED as NUMBERED_BESIDE
from services.enforcement.outside_record.kind import KINDS
from services.law.procedures.elsewhere import KEPT
from services.law.procedures.penalty import ORDINARY, SUMMARY
from services.law.procedures.penalty.acts import ACTS
from services.lawdocs.markdown import page, relative, table

HERE = "intake.md"
_KINDS = {
    FieldDescriptor.TYPE_STRING: "string",
    FieldDescriptor.TYPE_BOOL: "bool",
    FieldDescriptor.TYPE_BYTES: "bytes",
    FieldDescriptor.TYPE_INT32: "int32",
}
# What every stage says besides its act.
ABOUT = (
    "system",
    "source_case",
    "stage_id",
    "act_time",
    "actor",
    "area_code",
    "document_number",
    "matter",
    "imported",
    "source_record",
    "inspection",
    "measure_kind",
    "linked_case",
    "linked_inspection",
    "permit",
)
# Times that are not those of the act.
TIMES = frozenset({"occur_time", "hold_time", "remedy_from_time"})
SAID = {
    "system": ("系统名称，始终相同", "The system; the same name always"),
    "source_case": (
        "案件在该系统的编号；检查、许可即其自身编号",
        "The key of the case there; of an inspection or a permit its own",
    ),
    "stage_id": ("环节在案件内的编号，报告后不变", "The key of the stage within its case; for good"),
    "act_time": ("何时实施", "When it was done"),
    "actor": (
        "由谁实施：花名册编号，或者固定的姓名",
        "Who did it: the id on the roster, else one name always",
    ),
    "area_code": ("何地实施", "Where it was done"),
    "document_number": ("文书编号", "The number of its paper"),
    "matter": ("案件基本情况：首次报告的环节必填", "What the case is about: with the stage reported first"),
    "imported": ("历史案件", "From the archive"),
    "source_record": (
        "强制措施、移送在案件内的编号",
        "The key of the measure, or of the referral, within its case",
    ),
    "inspection": (
        "检查基本情况：首次报告的检查环节必填，提出检查时即其内容",
        "What an inspection is about: with its stage reported first; of its proposal the act itself",
    ),
    "measure_kind": (
        "强制措施种类：首次报告的强制措施环节必填，报请批准时即其内容",
        "What a measure does: with its stage reported first; of its request the act itself",
    ),
    "linked_case": (
        "检查所转线索的案件、许可监督检查所发现违法的案件、吊销证件的案件的编号",
        "The key of the case whose clue came of an inspection, in which a finding goes on, or that revoked a licence",
    ),
    "linked_inspection": (
        "对被许可人实地检查所对应的检查的编号",
        "The key of the inspection that a visit to the holder of a permit was",
    ),
    "permit": (
        "许可申请基本情况：首次报告的许可环节必填，收到申请时即其内容",
        "What an application for a permit is about: with its stage reported first; of its receipt the act itself",
    ),
}
# How a stage is told, where that is no field of the act.
BESIDE = {
    "serve_prior_notice": "`told_penalty`：告知的处罚与建议不同时填写 the penalty announced, where another was proposed\n"
}


def intake() -> str:
    """The whole page."""
    return page(
        "环节及其字段 Stages and their fields",
        f"接入说明 how to report: [docs/intake.md]({relative('docs/intake.md', HERE)})\n",
        "## 每个环节 Every stage\n",
        table(
            ("字段 field", "类型 type", "内容", "says"),
            ((f"`{f}`", kind(_of(f)), *SAID[f]) for f in ABOUT),
        ),
        "`matter`：\n",
        fields(pb.OutsideMatter.DESCRIPTOR, frozenset(), {}),
        f"## 环节 Stages ({len(ASKED)})\n",
        "“须填”的字段空缺时环节照收，并在应答中列出。",
        "A stage that leaves blank what is asked for is taken, and the blank is told.\n",
        *(part for name in ASKED for part in stage(name)),
        *(part for kept in KEPT.values() for part in record(kept.name)),
    )


def record(kind: str) -> Iterator[str]:
    """The stages of an inspection, a measure, a referral or a permit: what the act here puts into the record, the stage does."""
    table = KEPT[kind].table
    names = [name for name, of in KIND_OF.items() if of == kind]
    yield f"## {table.title_zh} {table.title_en} ({len(names)})\n"
    for name in names:
        zh, en = TITLES[name]
        yield f"### `{name}` {zh} {en}\n"
        laws = [m.law for m in table.moves if field_of(m.method) == name]
        kept = [f"`document_number` → `{NUMBERED_BESIDE[name]}`"] if name in NUMBERED_BESIDE else []
        yield "；".join([*dict.fromkeys(laws), *kept]) + "\n"
        ids = {"request_id", "case_id", *(each.key for each in KEPT.values())}
        left_out = frozenset(ids - NAMED.get(name, {}).keys())
        message = _of(name).message_type
        acts = [m.act for m in table.moves if field_of(m.method) == name]
        own = frozenset(KINDS[kind].done.get(act, "").rpartition(".")[2] for act in acts) | {"receive_time"}
        yield fields(message, left_out | own, {}, asked_for(name), times=True)


def stage(name: str) -> Iterator[str]:
    """One stage: its names, the article, the number of its paper, its fields."""
    zh, en = TITLES[name]
    yield f"### `{name}` {zh} {en}\n"
    acts = [each.act for each in ACTS.values() if method(each) == name]
    laws = [m.law for t in (ORDINARY, SUMMARY) for m in t.moves if m.act in acts]
    by = dict.fromkeys(each.by for each in ACTS.values() if each.act in acts and each.by)
    kept = [f"`document_number` → `{NUMBERED[name]}`"] if name in NUMBERED else []
    kept += [f"`actor` → `{path}`" for path in by]
    yield "；".join([*dict.fromkeys(laws), *kept]) + "\n"
    if name in BESIDE:
        yield BESIDE[name]
    left_out = frozenset({each.asked for each in ACTS.values() if each.act in acts})
    left_out |= frozenset() if name == "transfer_case" else NOT_READ
    yield fields(
        _of(name).message_type, left_out | {"request_id", "case_id"}, GOES.get(name, {}), asked_for(name)
    )


def fields(
    message: Descriptor,
    left_out: frozenset[str],
    goes: Mapping[str, str],
    needed: frozenset[str] = frozenset(),
    *,
    times: bool = False,
) -> str:
    """The fields of a message; times of the act itself are those of the stage, and other `times` are told."""
    rows = [
        (f"`{f.name}`", kind(f), "是 yes" if f.name in needed else "", place(goes.get(f.name, "")))
        for f in message.fields
        if f.name not in left_out and (times or not f.name.endswith("_time") or f.name in TIMES)
    ]
    if not rows:
        return "（无 none）\n"
    return table(("字段 field", "类型 type", "须填 asked for", "记入 goes to"), rows)


def asked_for(name: str) -> frozenset[str]:
    """The fields that an act asks for, by trying it without any."""
    bare = pb.OutsideStage()
    getattr(bare, name).SetInParent()
    return frozenset(blanks_of(bare))


def kind(f: FieldDescriptor) -> str:
    """The type of a field as the contract has it."""
    of = f.message_type or f.enum_type
    said = of.full_name.removeprefix("yifa.enforcement.v1.") if of is not None else _KINDS[f.type]
    return f"{'repeated ' if f.is_repeated else ''}{said}"


def place(path: str) -> str:
    return f"`{path}`" if path else ""


def _of(name: str) -> FieldDescriptor:
    return pb.OutsideStage.DESCRIPTOR.fields_by_name[name]

"""The papers that the demonstration prints as its cases go."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from services.demo.folder import Folder
from services.law.paper import PAPERS
from services.law.paper_form import is_due
from services.law.procedures.penalty import PENALTY

# What the demonstration prints of its cases; whatever else is due is issued when somebody asks for it.
PRINTED = (
    "filing",
    "investigation_report",
    "legal_review",
    "prior_notice",
    "decision",
    "spot_decision",
    "service_receipt",
    "closing",
    "contents",
    "remarks",
    "no_penalty",
    "deferral",
    "hearing_record",
    "correction_notice",
)
# The same of what stands beside them, or follows on another act than the paper names, by the RPC.
BESIDE_PRINTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ExecuteMeasure": ("sealing", "seizure", "held_list", "measure_record"),
        "ReleaseMeasure": ("release",),
        "SendReferral": ("referral", "referral_list"),
        "RecordPoliceAnswer": ("referral_receipt",),
        "HandOverToPolice": ("handover_list",),
        "ReportHearing": ("hearing_report",),
        "DemandPerformance": ("demand",),
        "ApplyToCourt": ("court_application",),
        "AskAssistance": ("assistance_letter",),
    }
)


# Where a folder has a record by another name, and what the id of it is called.
HELD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"assistance": ("letter", "assistance_id"), "court_enforcement": ("enforcement", "enforcement_id")}
)


async def issue(work: Callable[..., Any], folder: Folder, rpc: str) -> None:
    """Print what is due once an act was done. Raises AioRpcError."""
    assert folder.case is not None, "a paper is of a case"
    clerk = folder.desk.person("clerk"), "CLERK"
    for kind in printed(rpc, folder.case):
        await work("IssuePaper", clerk, case_id=folder.case_id, kind=kind)
    for kind in BESIDE_PRINTED.get(rpc, ()):
        of = PAPERS[kind].record
        name, record_id = HELD.get(of, (of, f"{of}_id"))
        record = getattr(folder, name)
        if is_due(PAPERS[kind], record):
            key = "case_id" if of == "case" else "record_id"
            await work("IssuePaper", clerk, kind=kind, **{key: getattr(record, record_id)})


def printed(rpc: str, case: cases.Case) -> list[str]:
    """The papers of a case that are printed when an act was done."""
    due = (PAPERS[kind] for kind in PRINTED if PENALTY.named(PAPERS[kind].act).method == rpc)
    return [p.kind for p in due if is_due(p, case)]

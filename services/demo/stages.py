"""A case as a department's own system reports it: stage by stage, some of them never told."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from services.demo.folder import Folder
from services.node.callers import Callers, ask, fresh

SYSTEM = "example-oa"
FOUND = cases.FirstEvidence(
    kind=cases.EVIDENCE_KIND_SITE_RECORD, title="示例：线索核查记录", source="示例：现场核查"
)
# How a case tells of an act: the field of the stage, the post of who did it (none for the officer), and what it says.
TOLD: Mapping[str, tuple[str, str, Any]] = MappingProxyType(
    {
        "clue": ("register_clue", "unit", lambda c: {"source": c.clue.source, "summary": c.clue.summary, "evidence": [FOUND]}),
        "file": ("file_case", "deputy", lambda c: {"item_id": c.item_id}),
        "assign": ("assign_officers", "unit", lambda c: {"officer_ids": [o.officer_id for o in c.officers]}),
        "evidence": ("record_evidence", "", lambda c: {
            "kind": FOUND.kind, "title": "示例：现场检查笔录", "source": FOUND.source, "certificate_shown": True,
            "rights_told": True, "verified": "示例：与原件核对一致", "collector_ids": [o.officer_id for o in c.officers],
        }),
        "end": ("submit_report", "", lambda c: {"report": c.report, "proposal": c.proposal}),
        "submit": ("submit_for_review", "unit", lambda _: {}),
        "review": ("conclude_review", "reviewer", lambda c: {"passed": True, "opinion": c.review.opinion}),
        "notice": ("serve_prior_notice", "clerk", lambda c: {
            "facts": c.notice.facts, "reasons": c.notice.reasons, "basis": c.notice.basis,
            "hearing_right_told": c.notice.hearing_right_told,
        }),
        "decide": ("make_decision", "head", lambda c: {"penalty": c.decision.penalty}),
        "serve": ("serve_decision", "clerk", lambda c: {
            "method": c.service.method, "receipt": c.service.receipt, "consent": c.service.consent, "address": c.service.address,
        }),
        "publish": ("publish_decision", "clerk", lambda c: {"address": c.publish_address}),
    }
)  # fmt: skip


def stages_of(folder: Folder, case: cases.Case, acts: Mapping[str, Timestamp]) -> Iterator[pb.OutsideStage]:
    """The stages of a case, by the times of its acts; what has no time is not told."""
    matter = pb.OutsideMatter(
        body_id=case.body_id,
        procedure=case.procedure,
        party=case.party,
        violation=case.violation,
        item_id=case.item_id,
    )
    for n, (act, at) in enumerate(timed(acts).items(), 1):
        name, post, says = TOLD[act]
        actor = folder.desk.person(post) if post else folder.officers[0]
        stage = pb.OutsideStage(
            system=SYSTEM,
            source_case=f"示例案卷{folder.at:%Y%m%d%H%M}",
            stage_id=str(n),
            act_time=at,
            actor=actor,
            matter=matter,
        )
        request = getattr(stage, name)
        request.SetInParent()
        request.MergeFrom(type(request)(**says(case)))
        yield stage


def timed(acts: Mapping[str, Timestamp]) -> dict[str, Timestamp]:
    """When each act that is told was done, in that order; a piece of evidence an hour after the officers were named."""
    gathered = Timestamp(seconds=acts["assign"].seconds + 3600)
    told = {act: at for act, at in acts.items() if at.seconds} | {"evidence": gathered}
    return dict(sorted(told.items(), key=lambda each: each[1].seconds))


async def report(
    callers: Callers, folder: Folder, case: cases.Case, acts: Mapping[str, Timestamp]
) -> cases.Case:
    """Report each stage as the clerk; the case as the node has it then. Raises AioRpcError when one is refused."""
    node = folder.desk.node
    metadata, stub = callers.as_(node, folder.desk.person("clerk"), "CLERK"), callers.enforcement(node)
    case_id = ""
    for stage in stages_of(folder, case, acts):
        told = pb.ReportStageRequest(request_id=fresh(), stage=stage)
        case_id = (await ask(stub.ReportStage, told, metadata)).standing.case_id
    reply = await ask(stub.GetCase, cases.GetCaseRequest(case_id=case_id), metadata)
    found: cases.Case = reply.case
    return found

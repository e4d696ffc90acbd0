"""Evidence examined: verified to be true, or left out for how it was got (APL 46(2), (3))."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import evidence_pb2 as pb

from services.enforcement.case.act import act
from services.enforcement.evidence.marking import put_mark
from services.enforcement.evidence.model import Evidence
from services.kit.act import Do
from services.kit.refusal import Missing
from services.kit.tx import Tx
from services.law.procedures.penalty import PENALTY


def _of_case(request: Any, case: cases.Case, tx: Tx) -> None:
    """Raise Missing for evidence that is none of this case."""
    row = tx.find(Evidence, request.evidence_id)
    if row is None or row.case_id != case.case_id:
        raise Missing("Evidence", request.evidence_id)


@act(PENALTY.VERIFY_EVIDENCE, takes=_of_case, loads=((Evidence, "evidence_id"),))
def verify_evidence(request: pb.VerifyEvidenceRequest, case: cases.Case, do: Do) -> events.EvidenceVerified:
    """Say whether a piece of evidence was found true, and by what (APL 46(2)). A later look takes the place of an earlier one."""
    examined = do.facts.examined()
    do.tx.get(Evidence, request.evidence_id).verification = examined.verification.SerializeToString()
    put_mark(case, examined)
    return events.EvidenceVerified(evidence=examined)


@act(PENALTY.EXCLUDE_EVIDENCE, takes=_of_case, loads=((Evidence, "evidence_id"),))
def exclude_evidence(request: pb.ExcludeEvidenceRequest, case: cases.Case, do: Do) -> events.EvidenceExcluded:
    """Leave out a piece of evidence that was got unlawfully (APL 46(3)): nothing rests on it any more."""
    examined = do.facts.examined()
    do.tx.get(Evidence, request.evidence_id).exclusion = examined.exclusion.SerializeToString()
    put_mark(case, examined)
    return events.EvidenceExcluded(evidence=examined)

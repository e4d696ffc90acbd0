"""What a stage brings besides the record of its case: those who investigate, a piece of evidence, a payment that counts once."""

from yifa.enforcement.v1 import evidence_pb2 as evidences
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.case.act import put_on_case
from services.enforcement.case.stamp import certificate_of
from services.enforcement.evidence.acts import keep_evidence, taken_so
from services.enforcement.outside.stage import asked_of, id_of, request_of
from services.enforcement.payment.model import PaymentReference
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment


def bring(tx: Tx, case_id: str, stage: pb.OutsideStage) -> None:
    """Once for each stage, when it comes."""
    request, at = request_of(stage), moment_of(stage.act_time)
    match asked_of(stage):
        case "assign_officers" | "make_spot_decision":
            put_on_case(tx, case_id, request.officer_ids)
        case "record_evidence":
            evidence = evidence_of(stage, case_id)
            evidence.certificates.extend(certificate_of(tx, person, at) for person in evidence.collector_ids)
            put_moment(evidence.record_time, tx.now)
            keep_evidence(tx, evidence, at)
        case "record_payment" if request.bank_reference:
            tx.add(
                PaymentReference.new(
                    bank_reference=request.bank_reference,
                    case_id=case_id,
                    fen=request.amount.fen,
                    pay_time=at,
                )
            )


def evidence_of(stage: pb.OutsideStage, case_id: str) -> evidences.Evidence:
    """The piece of evidence that a stage tells of; its file is kept elsewhere."""
    asked = stage.record_evidence
    evidence = evidences.Evidence(
        evidence_id=id_of(stage, "E-"),
        case_id=case_id,
        kind=asked.kind,
        title=asked.title,
        source=asked.source,
        collector_ids=dict.fromkeys(asked.collector_ids),
        collect_time=stage.act_time,
        sha256=asked.sha256,
        location=asked.location,
        certificate_shown=asked.certificate_shown,
        area_code=asked.area_code or stage.area_code,
    )
    taken_so(evidence, asked)
    return evidence

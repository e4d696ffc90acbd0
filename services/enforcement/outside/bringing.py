"""What a stage brings besides the record of its case: those who investigate, a piece of evidence, a payment that counts once."""

from sqlalchemy import select
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.case.act import put_on_case
from services.enforcement.case.stamp import certificate_of
from services.enforcement.evidence.acts import keep_evidence
from services.enforcement.evidence.model import Evidence
from services.enforcement.outside.evidence import WEIGHS, evidence_of, named_by, put_weighed
from services.enforcement.outside.model import OutsideStage
from services.enforcement.outside.stage import asked_of, request_of
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
            _weighed_before(tx, case_id, evidence.evidence_id)
        case name if name in WEIGHS:
            _weigh(tx, case_id, stage)
        case "record_payment" if request.bank_reference:
            tx.add(
                PaymentReference.new(
                    bank_reference=request.bank_reference,
                    case_id=case_id,
                    fen=request.amount.fen,
                    pay_time=at,
                )
            )


def _weigh(tx: Tx, case_id: str, stage: pb.OutsideStage) -> None:
    """What a stage says of a piece that is here: of one that comes later it is said then."""
    row = tx.find(Evidence, named_by(stage))
    if row is not None and row.case_id == case_id:
        put_weighed(row, stage)


def _weighed_before(tx: Tx, case_id: str, evidence_id: str) -> None:
    """What stages that came before said of a piece of evidence, in the order of their times."""
    rows = tx.query(select(OutsideStage).where(OutsideStage.case_id == case_id))
    told = (pb.OutsideStage.FromString(row.record) for row in rows)
    of_it = [s for s in told if asked_of(s) in WEIGHS and named_by(s) == evidence_id]
    for stage in sorted(of_it, key=lambda s: moment_of(s.act_time)):
        put_weighed(tx.get(Evidence, evidence_id), stage)

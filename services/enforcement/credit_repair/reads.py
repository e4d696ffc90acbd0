"""What was asked and answered about the credit display of a case."""

from sqlalchemy import select
from yifa.enforcement.v1 import credit_repair_pb2 as pb

from services.enforcement.case.reads import record_of
from services.enforcement.credit_repair.model import CreditRepair
from services.kit.rpc import read
from services.kit.view import View, packed


@read
def list_credit_repairs(request: pb.ListCreditRepairsRequest, view: View) -> bytes:
    """A pb.ListCreditRepairsResponse."""
    record_of(view, request.case_id)
    its = (
        select(CreditRepair.record)
        .where(CreditRepair.case_id == request.case_id)
        .order_by(CreditRepair.repair_id)  # type: ignore[arg-type]
    )
    number = pb.ListCreditRepairsResponse.CREDIT_REPAIRS_FIELD_NUMBER
    return packed(number, [row.record for row in view.rows(its)])

"""The catalogue of legal bases, as it is read."""

from sqlalchemy import or_
from yifa.registry.v1 import basis_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.registry.basis.model import BASES, LegalBasis
from services.registry.request import moment_in


@read
def get_legal_basis(request: basis_pb2.GetLegalBasisRequest, view: View) -> basis_pb2.GetLegalBasisResponse:
    row = view.get(BASES.where(LegalBasis.basis_id == request.basis_id), "LegalBasis", request.basis_id)
    return basis_pb2.GetLegalBasisResponse(basis=basis_pb2.LegalBasis.FromString(row.record))


@read
def list_legal_bases(
    request: basis_pb2.ListLegalBasesRequest, view: View
) -> basis_pb2.ListLegalBasesResponse:
    """The catalogue by id, of one law or in force at one moment if asked."""
    statement = BASES
    if request.law:
        statement = statement.where(LegalBasis.law == request.law)
    if request.HasField("at_time"):
        at = moment_in(request, "at_time", view.now)
        statement = statement.where(
            LegalBasis.from_time <= at, or_(LegalBasis.until_time.is_(None), LegalBasis.until_time > at)
        )
    rows, token = view.page(statement, (LegalBasis.basis_id,), request.page_size, request.page_token)
    bases = (basis_pb2.LegalBasis.FromString(row.record) for row in rows)
    return basis_pb2.ListLegalBasesResponse(bases=bases, next_page_token=token)

"""The catalogue of legal bases: articles are added, amended, repealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import basis_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.refusal import Exists
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.power import LEGAL_BASIS
from services.registry.basis.model import LegalBasis, basis_columns
from services.registry.lawful import admit
from services.registry.power.facts import BasisFacts
from services.registry.power.record import put_under_review
from services.registry.request import moment_in


@write
def add_legal_basis(request: basis_pb2.AddLegalBasisRequest, tx: Tx) -> basis_pb2.AddLegalBasisResponse:
    """Put an article into the catalogue of bases (国务院 2005-37 二; DL-ERS-2005)."""
    place = f"{request.law}/{request.article}"
    if known := tx.query(select(LegalBasis).where(LegalBasis.place == place)):
        raise Exists(
            "ALREADY_REGISTERED",
            f"{request.law} {request.article} is in the catalogue already",
            f"执法依据目录中已有《{request.law}》{request.article}",
            basis_id=known[0].basis_id,
        )
    at = moment_in(request, "from_time", tx.now)
    basis = basis_pb2.LegalBasis(
        basis_id=tx.new_id("L-"),
        law=request.law,
        article=request.article,
        level=request.level,
        versions=[wording(request)],
        version=1,
    )
    admit(LEGAL_BASIS.ADD_LEGAL_BASIS, BasisFacts(tx, basis, at))
    tx.add(LegalBasis.new(basis_id=basis.basis_id, **basis_columns(basis)))
    tx.emit(events.LegalBasisAdded(basis=basis), subject=basis.basis_id, to="all")
    return basis_pb2.AddLegalBasisResponse(basis=basis)


@write(loads=(LegalBasis, "basis_id"))
def amend_legal_basis(request: basis_pb2.AmendLegalBasisRequest, tx: Tx) -> basis_pb2.AmendLegalBasisResponse:
    """Add a wording from a moment on; what rests on the basis is to be reviewed."""
    row, basis, at = open_basis(request, LEGAL_BASIS.AMEND_LEGAL_BASIS, tx)
    basis.versions.append(wording(request))
    write_basis(row, basis)
    tx.emit(events.LegalBasisAmended(basis=basis), subject=basis.basis_id, to="all")
    put_under_review(tx, basis, basis_pb2.BASIS_CHANGE_AMENDED, at)
    return basis_pb2.AmendLegalBasisResponse(basis=basis)


@write(loads=(LegalBasis, "basis_id"))
def repeal_legal_basis(
    request: basis_pb2.RepealLegalBasisRequest, tx: Tx
) -> basis_pb2.RepealLegalBasisResponse:
    """End a basis; what rests on it is to be reviewed, and lapses where it has no other."""
    row, basis, at = open_basis(request, LEGAL_BASIS.REPEAL_LEGAL_BASIS, tx)
    if request.replaced_by:
        basis.replaced_by = tx.get(LegalBasis, request.replaced_by).basis_id
    end(tx, row, basis, at)
    return basis_pb2.RepealLegalBasisResponse(basis=basis)


def end(tx: Tx, row: LegalBasis, basis: basis_pb2.LegalBasis, at: datetime) -> None:
    """Write down when a basis ends, tell all, and list what rests on it."""
    put_moment(basis.repeal_time, at)
    write_basis(row, basis)
    tx.emit(events.LegalBasisRepealed(basis=basis), subject=basis.basis_id, to="all")
    put_under_review(tx, basis, basis_pb2.BASIS_CHANGE_REPEALED, at)


def wording(request: Any) -> basis_pb2.BasisVersion:
    return basis_pb2.BasisVersion(
        from_time=request.from_time, document_number=request.document_number, text=request.text
    )


def open_basis(request: Any, act: Act, tx: Tx) -> tuple[LegalBasis, basis_pb2.LegalBasis, datetime]:
    """A basis that may still change, and when it does. Raises Unlawful for one that ended, or out of order."""
    row = tx.get(LegalBasis, request.basis_id)
    basis = basis_pb2.LegalBasis.FromString(row.record)
    at = moment_in(request, "from_time", tx.now)
    admit(act, BasisFacts(tx, basis, at), basis_id=row.basis_id)
    return row, basis, at


def write_basis(row: LegalBasis, basis: basis_pb2.LegalBasis) -> None:
    basis.version += 1
    for name, value in basis_columns(basis).items():
        setattr(row, name, value)

"""The list of institutions that take samples, each with one qualification (SAMR 31(3))."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, select
from yifa.enforcement.v1.sampling_institution_pb2 import SamplingInstitution as InstitutionProto

from services.enforcement.row import Row
from services.law.registers import qualified_then


class SamplingInstitution(Row, table=True):
    """One entry; `record` is a yifa.enforcement.v1.SamplingInstitution."""

    institution_id: str = Field(primary_key=True)
    qualification: str = Field(index=True)
    record: bytes


def institutions_with(look: Any, qualification: str) -> list[InstitutionProto]:
    """The entries of a qualification, removed ones too. `look` is a transaction or a view."""
    same = select(SamplingInstitution).where(SamplingInstitution.qualification == qualification.strip())
    rows = look.query(same.order_by(SamplingInstitution.institution_id)) if qualification.strip() else ()
    return [InstitutionProto.FromString(row.record) for row in rows]


def sampled_by(look: Any, name: str, qualification: str, at: datetime) -> bool:
    """Whether an institution was on the list with a qualification that was in force at a moment."""
    return any(qualified_then(each, name, at) for each in institutions_with(look, qualification))

"""Requests for help between departments, as either side told last."""

from typing import Any

from sqlalchemy import BigInteger, select
from sqlmodel import Field
from yifa.enforcement.v1 import assistance_pb2

from services.supervision.row import Row


class AssistanceView(Row, table=True):
    """The newest snapshot of a request. `node` is the department that was asked, of which a warning is."""

    assistance_id: str = Field(primary_key=True)
    from_node: str = Field(index=True)
    node: str = Field(index=True)
    case_id: str = Field(index=True)
    state: str = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes

    def assistance(self) -> assistance_pb2.Assistance:
        return assistance_pb2.Assistance.FromString(self.record)

    @property
    def subject(self) -> str:
        return self.assistance_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {"case_id": self.case_id, "case_number": self.assistance().document_number}

    def case(self) -> None:
        """A warning about help carries no case: it is for the department that was asked."""
        return None


def assistance_of(look: Any, case_id: str) -> list[assistance_pb2.Assistance]:
    """The requests for help in a case, the first first. `look` is a transaction or a view."""
    its = (
        select(AssistanceView).where(AssistanceView.case_id == case_id).order_by(AssistanceView.assistance_id)
    )  # type: ignore[arg-type]
    return [assistance_pb2.Assistance.FromString(row.record) for row in look.query(its)]

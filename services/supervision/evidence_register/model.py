"""The registers that stand behind evidence, as the departments keep them: monitoring devices, institutions that take samples."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field, select
from yifa.enforcement.v1.monitoring_device_pb2 import MonitoringDevice
from yifa.enforcement.v1.sampling_institution_pb2 import SamplingInstitution

from services.law.registers import of_number
from services.supervision.row import Row

ON_LIST, ENDED = "ON_LIST", "ENDED"


class RegisteredSource(Row, table=True):
    """One entry of one of them, `state` whether it is on its list still. A replica; `record` is a MonitoringDevice or a
    SamplingInstitution of yifa.enforcement.v1.
    """

    key: str = Field(primary_key=True)
    node: str
    kind: str = Field(index=True)
    number: str = Field(index=True)
    """The number of the device, or of what qualifies the institution."""
    version: int = Field(sa_type=BigInteger)
    state: str = ON_LIST
    record: bytes


DEVICE, INSTITUTION = "monitoring_device", "sampling_institution"


def _records(look: Any, kind: str, node: str, number: str) -> list[bytes]:
    named = (
        RegisteredSource.number == number.strip(),
        RegisteredSource.kind == kind,
        RegisteredSource.node == node,
    )
    rows = (
        look.query(select(RegisteredSource).where(*named).order_by(RegisteredSource.key))
        if number.strip()
        else ()
    )
    return [row.record for row in rows]


def devices_of(look: Any, node: str, number: str, bodies: Iterable[str]) -> list[MonitoringDevice]:
    """The entries of a device of bodies of a department. `look` is a transaction or a view."""
    return of_number(map(MonitoringDevice.FromString, _records(look, DEVICE, node, number)), number, bodies)


def institutions_with(look: Any, node: str, qualification: str) -> list[SamplingInstitution]:
    """The entries of a qualification on the list of a department."""
    return [*map(SamplingInstitution.FromString, _records(look, INSTITUTION, node, qualification))]

"""The register of monitoring devices."""

from sqlalchemy import bindparam, or_, select
from yifa.enforcement.v1 import monitoring_device_pb2 as pb

from services.enforcement.monitoring_device.model import MonitoringDevice
from services.kit.rpc import read
from services.kit.view import View

REGISTER = select(MonitoringDevice.device_id, MonitoringDevice.record).where(
    or_(bindparam("wanted_body") == "", MonitoringDevice.body_id == bindparam("wanted_body")),
    or_(bindparam("wanted_number") == "", MonitoringDevice.number == bindparam("wanted_number")),
)


@read
def list_monitoring_devices(
    request: pb.ListMonitoringDevicesRequest, view: View
) -> pb.ListMonitoringDevicesResponse:
    """The register, in the order of entry, retired devices too. Refuses with BAD_PAGE_TOKEN."""
    rows, token = view.page(
        REGISTER, (MonitoringDevice.device_id,), request.page_size, request.page_token,
        wanted_body=request.body_id, wanted_number=request.number.strip(),
    )  # fmt: skip
    devices = (pb.MonitoringDevice.FromString(row.record) for row in rows)
    return pb.ListMonitoringDevicesResponse(devices=devices, next_page_token=token)

"""Verbs of posts for a department."""

from itertools import count

from yifa.registry.v1 import post_pb2 as asked

NODE = "huanbao"
SERIAL = count(1)


class Staff:
    """Verbs of posts at a department."""

    def __init__(self, town):
        self.town = town

    async def write(self, method, request, node=NODE):
        return await self.town.call(node, "registry", method, request, "ROSTER_CLERK")

    async def unit(self, body, node=NODE):
        request = asked.DefineUnitRequest(
            body_id=body.body_id, name=f"示例科{next(SERIAL)}", functions="行政处罚案件的调查"
        )
        return (await self.write("DefineUnit", request, node)).unit

    async def post(self, unit, *duties, rank="STAFF", **more):
        request = asked.DefinePostRequest(
            unit_id=unit.unit_id,
            name=f"示例岗位{next(SERIAL)}",
            rank=f"POST_RANK_{rank}",
            duties=[f"POST_DUTY_{d}" for d in duties],
            **more,
        )
        return (await self.write("DefinePost", request)).post

    async def appoint(self, officer, post, from_time=None, until_time=None):
        request = asked.AppointOfficerRequest(
            post_id=post.post_id, officer_id=officer.officer_id, from_time=from_time, until_time=until_time
        )
        return (await self.write("AppointOfficer", request)).appointment

    async def end(self, appointment, until_time=None):
        request = asked.EndAppointmentRequest(
            appointment_id=appointment.appointment_id, until_time=until_time, cause="轮岗"
        )
        return (await self.write("EndAppointment", request)).appointment

    async def close(self, post):
        return (await self.write("ClosePost", asked.ClosePostRequest(post_id=post.post_id))).post

    async def matrix(self, body, node=NODE, at=None):
        request = asked.GetResponsibilityMatrixRequest(body_id=body.body_id, at_time=at, page_size=2)
        rows = await self.town.pages(node, "GetResponsibilityMatrix", request)
        return {row.item_id: row for row in rows}

    async def rotations(self, body, node=NODE, before=None):
        request = asked.ListRotationsRequest(body_id=body.body_id, due_before=before)
        return list((await self.write("ListRotations", request, node)).rotations)


async def scene(town, staff, **more):
    """A body with a unit and an officer."""
    body = await town.body(**more)
    return body, await staff.unit(body), await town.register(body)

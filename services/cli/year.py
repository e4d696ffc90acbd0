"""Bringing a year's arrangement of holidays to the city, from a file written after the State Council's notice.

year = 2027
source = "国办发明电〔…〕…号"
[holidays]
"元旦" = [2027-01-01, 2027-01-02, 2027-01-03]
[make_up_days]
"春节" = [2027-01-30]
"""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from google.type import date_pb2
from yifa.law.v1 import calendar_pb2 as calendars
from yifa.supervision.v1 import calendar_pb2 as pb
from yifa.supervision.v1 import supervision_service_pb2_grpc

from services.kit.dial import channel
from services.law.written import toml_of
from services.node.failure import Failure
from services.node.plan import Plan


async def load_year(plan: Plan, file: Path, replaces: int = 0) -> calendars.CalendarYear:
    """Load the year at the city, which announces it to all nodes. Raises Failure for a bad file, AioRpcError for a refusal."""
    request = read_year(file)
    request.request_id, request.replaces_version = str(uuid4()), replaces
    token = plan.token("importer", plan.city.id, "OVERSIGHT")
    async with channel(plan.target(plan.city.id)) as there:
        stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        reply = await stub.LoadCalendarYear(request, metadata=(("authorization", f"Bearer {token}"),))
    return reply.calendar_year


def read_year(file: Path) -> pb.LoadCalendarYearRequest:
    """What a file says. Raises Failure naming the file and what is wrong with it."""
    try:
        table = toml_of(file)
        return pb.LoadCalendarYearRequest(
            year=table["year"],
            source=table["source"],
            holidays=days(table["holidays"]),
            make_up_days=days(table["make_up_days"]),
        )
    except KeyError as missing:
        raise Failure(f"{file}: {missing} is missing") from None
    except (OSError, TypeError, AttributeError, ValueError) as wrong:
        raise Failure(f"{file} cannot be read as a year of holidays: {wrong}") from None


def days(listed: dict[str, Any]) -> list[calendars.CalendarDay]:
    """The days of each festival."""
    found = []
    for name, its in listed.items():
        for day in its:
            if type(day) is not date:
                raise ValueError(f"{day!r} of {name} is no date")
            on = date_pb2.Date(year=day.year, month=day.month, day=day.day)
            found.append(calendars.CalendarDay(day=on, name=name))
    return found

"""Whether what a department tells of its terms is known to the law as the city has it."""

from typing import Any

from google.protobuf.message import Message

from services.kit.fit import Unfit
from services.law.statute import catalogue


def hold_known(event: Message) -> None:
    """Raises Unfit for a term of a clock that no law here knows: how late it is could not be said."""
    for field, record in event.ListFields():
        if (
            field.message_type is None
            or field.is_repeated
            or "deadlines" not in field.message_type.fields_by_name
        ):
            continue
        for deadline in told_of(record):
            if deadline.clock_id not in catalogue():
                raise Unfit(f"{field.name}.deadlines: no law here knows the clock {deadline.clock_id!r}")


def told_of(record: Any) -> list[Any]:
    """The terms that a record carries, where it carries such as name their clock."""
    return [each for each in record.deadlines if "clock_id" in each.DESCRIPTOR.fields_by_name]

"""Whether what a department tells of its terms is known to the law as the city has it."""

from functools import cache
from typing import Any

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from services.kit.fit import Unfit, asked
from services.law.citation import cite
from services.law.statute import catalogue


def hold_known(event: Message) -> None:
    """Raises Unfit for a term of a clock that no law here knows: how late it is could not be said."""
    for name in with_terms(event.DESCRIPTOR):
        for deadline in getattr(event, name).deadlines:
            if deadline.clock_id not in catalogue():
                raise Unfit(f"{name}.deadlines: no law here knows the clock {deadline.clock_id!r}")


def hold_term(deadline: Any) -> None:
    """Raises Unfit for a term that ended and does not say which one, when, or by which law."""
    asked(deadline, "clock_id", "due_time")
    try:
        cite(deadline.citation.code)
    except ValueError as wrong:
        raise Unfit(f"deadline.citation: {wrong}") from None


@cache
def with_terms(kind: Descriptor) -> tuple[str, ...]:
    """The records in an event that carry terms such as name their clock."""
    single = [field for field in kind.fields if field.message_type is not None and not field.is_repeated]
    carried = ((field.name, field.message_type.fields_by_name.get("deadlines")) for field in single)
    return tuple(
        name
        for name, terms in carried
        if terms is not None
        and terms.message_type is not None
        and "clock_id" in terms.message_type.fields_by_name
    )

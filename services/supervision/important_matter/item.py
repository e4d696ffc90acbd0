"""The items of the list of what is told to the superior, as it holds in the city."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import important_matter_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.reportable import Reportable


def item_of(look: Any, code: str, at: datetime) -> Reportable | None:
    """The item of a code on the day of a moment; None for one that is not on the list. `look` is a transaction or a view."""
    day = at.astimezone(SHANGHAI).date()
    return next((item for item in look.parameters.reportable(day) if item.code == code), None)


def kind_of(item: Reportable) -> pb.ImportantMatterKind:
    return pb.ImportantMatterKind.Value(f"IMPORTANT_MATTER_KIND_{item.kind}")


def superior_of(item: Reportable) -> pb.Superior:
    return pb.Superior.Value(f"SUPERIOR_{item.to}")


def due_by(look: Any, item: Reportable, since: datetime) -> datetime | None:
    """When the time of an item ends that runs from a moment; None where it was no item then."""
    within = item.on(since.astimezone(SHANGHAI).date())
    return None if within is None else due(within.term, since, look.calendar).at

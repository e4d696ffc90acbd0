"""The record that a file is of: a case, or an inspection."""

from dataclasses import dataclass
from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1.inspection_pb2 import Inspection

from services.enforcement.case.act import act as of_case
from services.enforcement.inspection.act import act as of_inspection
from services.kit.act import Acts
from services.kit.refusal import Malformed, Missing


@dataclass(frozen=True)
class Home:
    """One of them. stored, destroyed: what announces that a file of it is held, or was given up."""

    acts: Acts
    record: Any
    stored: type[Any]
    destroyed: type[Any]

    @property
    def id(self) -> str:
        return str(getattr(self.record, self.acts.key))

    @property
    def is_case(self) -> bool:
        return self.acts is of_case

    @property
    def area_code(self) -> str:
        """Where it was done, where a file does not say."""
        inspected = isinstance(self.record, Inspection)
        return str(self.record.enterprise.area_code if inspected else self.record.area_code)


def named(asked: Any) -> str:
    """The id of the record that a request names. Raises Malformed unless it names one of the two."""
    if bool(asked.case_id) == bool(asked.inspection_id):
        said = "either a case or an inspection is named", "应当载明案件或者检查之一"
        raise Malformed({"case_id": said})
    return str(asked.case_id or asked.inspection_id)


def home_of(asked: Any, look: Any) -> Home:
    """The record that a request, or a file, names. Raises Missing, Malformed."""
    wanted = named(asked)
    acts = of_case if asked.case_id else of_inspection
    row: Any = look.find(acts.row, wanted)
    if row is None:
        raise Missing(acts.row.__name__, wanted)
    record = acts.record.FromString(row.record)
    if acts is of_case:
        return Home(acts, record, events.FileStored, events.FileDestroyed)
    return Home(acts, record, events.InspectionFileStored, events.InspectionFileDestroyed)

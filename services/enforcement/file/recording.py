"""Acts that are recorded in sound or picture, and what is asked of a recording of one (GBF-2018-118:8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import file_pb2 as pb

from services.kit.refusal import Malformed
from services.law.rule import Broken, Unlawful

MOVING, ANY = frozenset({"audio", "video"}), frozenset({"audio", "video", "image"})


@dataclass(frozen=True)
class Recorded:
    """event: what announces that the recording is held. done: whether the act is on record. kinds: what may record it."""

    event: type[Any]
    done: Callable[[cases.Case], bool]
    kinds: frozenset[str] = ANY


RECORDED: Mapping[int, Recorded] = MappingProxyType(
    {
        pb.RECORDED_ACT_HEARING: Recorded(
            events.HearingRecordingHandedIn, lambda case: case.defence.HasField("hearing_time"), MOVING
        ),
        pb.RECORDED_ACT_SERVICE_LEFT: Recorded(
            events.ServiceRecordingHandedIn, lambda case: case.service.method == cases.SERVICE_METHOD_LEFT
        ),
        pb.RECORDED_ACT_PUBLIC_NOTICE: Recorded(
            events.NoticeRecordingHandedIn, lambda case: case.announcement.HasField("announce_time")
        ),
    }
)
NOT_DONE = Broken(
    "RECORDED_ACT_NOT_DONE",
    "GBF-2018-118:8",
    "The act that this is said to be the recording of is not on record. Record the act first.",
    "所称音像记录对应的行为尚未登记，请先登记该行为。",
)


def check_recording(asked: pb.Upload, case: cases.Case) -> None:
    """Raise Unlawful for a recording of an act that was not done, Malformed for a file that records nothing of the kind."""
    if (of := RECORDED.get(asked.records)) is None:
        return
    if not of.done(case):
        raise Unlawful([NOT_DONE], {"case_id": case.case_id}, case.sector)
    if asked.media_type.partition("/")[0] not in of.kinds:
        said = f"is no recording: one of {', '.join(sorted(of.kinds))} is", "不是音像记录文件"
        raise Malformed({"media_type": said})


def event_of(file: pb.File) -> Any:
    """What announces that a file is held."""
    of = RECORDED.get(file.records)
    return (of.event if of else events.FileStored)(file=file)

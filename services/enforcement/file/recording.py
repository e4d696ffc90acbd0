"""Acts that are recorded in sound or picture, and what is asked of a recording of one (GBF-2018-118:8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import file_pb2 as pb
from yifa.enforcement.v1 import measure_pb2 as measures

from services.enforcement.case.act import act as of_case
from services.enforcement.enforcement.act import act as of_enforcement
from services.enforcement.file.home import Home
from services.enforcement.inspection.act import act as of_inspection
from services.enforcement.measure.act import act as of_measure
from services.kit.act import Acts
from services.kit.refusal import Malformed, Missing
from services.kit.tx import Tx
from services.law.procedures.enforcement.recorded import force_over
from services.law.rule import Broken, Unlawful

THINGS = frozenset({measures.MEASURE_KIND_SEAL, measures.MEASURE_KIND_SEIZE})
MOVING, ANY = frozenset({"audio", "video"}), frozenset({"audio", "video", "image"})


@dataclass(frozen=True)
class Recorded:
    """event: what announces that the recording is held. done: whether the act is on record. kinds: what may record it.
    acts: those of the record in which the act is done.
    """

    event: type[Any]
    done: Callable[[Any], bool]
    kinds: frozenset[str] = ANY
    acts: Acts = of_case


RECORDED: Mapping[int, Recorded] = MappingProxyType(
    {
        pb.RECORDED_ACT_HEARING: Recorded(
            events.HearingRecordingHandedIn, lambda case: case.defence.HasField("hearing_time"), MOVING
        ),
        pb.RECORDED_ACT_SERVICE_LEFT: Recorded(
            events.ServiceRecordingHandedIn, lambda case: case.service.method == cases.SERVICE_METHOD_LEFT
        ),
        pb.RECORDED_ACT_PUBLIC_NOTICE: Recorded(
            events.NoticeRecordingHandedIn,
            lambda case: (
                case.announcement.HasField("announce_time")
                or case.correcting_paper.announcement.HasField("announce_time")
            ),
        ),
        pb.RECORDED_ACT_MEASURE: Recorded(
            events.MeasureRecordingHandedIn,
            lambda measure: measure.kind in THINGS and measure.execution.HasField("execute_time"),
            acts=of_measure,
        ),
        pb.RECORDED_ACT_ENFORCEMENT: Recorded(
            events.EnforcementRecordingHandedIn, force_over, acts=of_enforcement
        ),
        pb.RECORDED_ACT_INSPECTION: Recorded(
            events.InspectionRecordingHandedIn,
            lambda inspection: inspection.site_record.HasField("end_time"),
            acts=of_inspection,
        ),
    }
)
BESIDE = (of_measure, of_enforcement)
"""What runs beside a case: a recording of an act there names the record."""
NOT_DONE = Broken(
    "RECORDED_ACT_NOT_DONE",
    "GBF-2018-118:8",
    "The act that this is said to be the recording of is not on record. Record the act first.",
    "所称音像记录对应的行为尚未登记，请先登记该行为。",
)


def check_recording(asked: pb.Upload, home: Home, look: Any) -> None:
    """Raise Unlawful for a recording of an act that was not done, Malformed for a file that records nothing of the kind, Missing
    for a measure or an enforcement that is none of the case.
    """
    of = RECORDED.get(asked.records)
    if bool(asked.record_id) != (of is not None and of.acts in BESIDE):
        raise Malformed(
            {
                "record_id": (
                    "names the measure or the enforcement that is recorded, and nothing else",
                    "仅用于载明所记录的强制措施、强制执行",
                )
            }
        )
    if of is None:
        return
    if home.is_case == (of.acts is of_inspection):
        said = "is no act of the record that is named", "不是所载明的案件或者检查中的行为"
        raise Malformed({"records": said})
    if not of.done(record_of(of, asked.record_id, home, look)):
        raise Unlawful([NOT_DONE], {home.acts.key: home.id}, home.record.sector)
    if asked.media_type.partition("/")[0] not in of.kinds:
        said = f"is no recording: one of {', '.join(sorted(of.kinds))} is", "不是音像记录文件"
        raise Malformed({"media_type": said})


def record_of(of: Recorded, record_id: str, home: Home, look: Any) -> Any:
    """The record in which an act was done: the case or inspection, or what runs beside the case. Raises Missing."""
    if of.acts not in BESIDE:
        return home.record
    row = look.find(of.acts.row, record_id)
    if row is None or row.case_id != home.id:
        raise Missing(of.acts.row.__name__, record_id)
    return of.acts.record.FromString(row.record)  # type: ignore[attr-defined]


def tell_stored(tx: Tx, home: Home, file: pb.File) -> None:
    """Announce that a file is held, with the record that it is of."""
    of = RECORDED.get(file.records)
    if of is None:
        home.acts.write(tx, home.record, home.stored(file=file))
        return
    record = record_of(of, file.record_id, home, tx)
    if of.acts is of_inspection and not record.HasField("recording_time"):
        record.recording_time.CopyFrom(file.store_time)
    of.acts.write(tx, record, of.event(file=file))

"""The stages that were reported of cases in other systems, as they were reported: what a case is put together from."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.row import Row
from services.kit.store import Instant
from services.law.moment import moment_of

# Between the parts of a key; no text of a request holds it.
APART = "\x1f"


class OutsideCase(Row, table=True):
    """A case of another system and the case here. `key`: system and number there.

    last_time: that of the last act told of; last_place: where it comes among those of one moment. state: where the stages alone
    brought the case. matter: the OutsideMatter as the last act tells it, done at matter_time. size: the bytes of all stages.
    """

    key: str = Field(primary_key=True)
    case_id: str
    body_id: str
    last_time: datetime = Field(sa_type=Instant)
    last_place: int = 0
    state: str = ""
    imported: bool = False
    size: int = Field(default=0, sa_type=BigInteger)
    matter: bytes
    matter_time: datetime = Field(sa_type=Instant)


class OutsideStage(Row, table=True):
    """A stage as it was reported. `key`: system, number of the case and id of the stage there; `record` is the OutsideStage."""

    key: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    act_time: datetime = Field(sa_type=Instant)
    receive_time: datetime = Field(sa_type=Instant)
    record: bytes

    @classmethod
    def of(cls, stage: pb.OutsideStage, case_id: str, now: datetime) -> "OutsideStage":
        return cls.new(
            key=stage_key(stage.system, stage.source_case, stage.stage_id),
            case_id=case_id,
            act_time=moment_of(stage.act_time),
            receive_time=now,
            record=stage.SerializeToString(deterministic=True),
        )


def case_key(system: str, source_case: str) -> str:
    return f"{system}{APART}{source_case}"


def stage_key(system: str, source_case: str, stage_id: str) -> str:
    return f"{system}{APART}{source_case}{APART}{stage_id}"

"""The stages that were reported of cases in other systems, as they were reported: what a case, and what runs beside it, is put
together from.
"""

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


class OutsideRecord(Row, table=True):
    """An inspection, a measure or a referral of another system and the one here. `key`: system, number of the case there, which
    of them it is, and its own number within the case.

    last_time, last_place, state, imported, size: as of a case. about: what an inspection is about, an OpenInspectionRequest, as
    the last act tells it, done at about_time.
    """

    key: str = Field(primary_key=True)
    record_id: str
    last_time: datetime = Field(sa_type=Instant)
    last_place: int = 0
    state: str = ""
    imported: bool = False
    size: int = Field(default=0, sa_type=BigInteger)
    about: bytes
    about_time: datetime = Field(sa_type=Instant)


class OutsideNamed(Row, table=True):
    """What a stage of a permit names by a key there: the inspection that a visit was, the case in which a finding goes on or that
    revoked the licence. `target`: the key of that; `stage`: that of the stage; `home`: that of the permit; `key`: of both.
    """

    key: str = Field(primary_key=True)
    target: str = Field(index=True)
    stage: str
    home: str


class OutsideStage(Row, table=True):
    """A stage as it was reported. `key`: what names its case or record, and its id there; `case_id` is the case, or the record,
    here, `record` the OutsideStage.
    """

    key: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    act_time: datetime = Field(sa_type=Instant)
    receive_time: datetime = Field(sa_type=Instant)
    record: bytes

    @classmethod
    def of(cls, stage: pb.OutsideStage, key: str, case_id: str, now: datetime) -> "OutsideStage":
        return cls.new(
            key=key,
            case_id=case_id,
            act_time=moment_of(stage.act_time),
            receive_time=now,
            record=stage.SerializeToString(deterministic=True),
        )


def case_key(system: str, source_case: str) -> str:
    return f"{system}{APART}{source_case}"


def record_key(case: str, kind: str, source_record: str) -> str:
    """That of an inspection, a measure or a referral of a case."""
    return f"{case}{APART}{APART}{kind}{APART}{source_record}"


def stage_key(home: str, stage_id: str) -> str:
    """That of a stage of a case, or of a record."""
    return f"{home}{APART}{stage_id}"

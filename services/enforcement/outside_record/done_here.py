"""What was done here to a permit that another system reports, when its stages are gone through anew: it stays."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import permit_pb2 as pb

from services.law.moment import moment_at

_ANSWER = "decider decide_time reasons authority court"


@dataclass(frozen=True)
class Part:
    """A list of the record. `begun`: which time of an entry says when it began. `later`: what follows in it, by its time."""

    begun: str
    later: Mapping[str, str]


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "checks": Part("check_time", {}),
        "renewals": Part("apply_time", {"decide_time": f"granted silent until_time {_ANSWER}"}),
        "changes": Part("apply_time", {"decide_time": f"granted opinion document_number {_ANSWER}"}),
        "reversals": Part(
            "tell_time",
            {
                "state_time": "statement state_time",
                "decide_time": "interest claim_told content authority court decider decide_time document_number",
                "indemnity.claim_time": "indemnity",
                "indemnity.decide_time": "indemnity",
            },
        ),
    }
)


def begun_here(permit: pb.Permit, told: Collection[datetime]) -> None:
    """Leave in the lists of a permit what began here, without what was told of it or befell it since."""
    for name, part in PARTS.items():
        here = [each for each in getattr(permit, name) if _here(each, part.begun, told)]
        for each in here:
            for time, fields in part.later.items():
                if not _here(each, time, told):
                    _clear(each, fields)
        permit.ClearField(name)  # type: ignore[arg-type]
        getattr(permit, name).extend(here)


def keep_done_here(was: pb.Permit, permit: pb.Permit, told: Collection[datetime]) -> bool:
    """Put what was done here into the entries that were told, each list in the order of its times; whether anything was."""
    done = False
    for name, part in PARTS.items():
        entries = getattr(permit, name)
        for old in getattr(was, name):
            same = (e for e in entries if moment_at(e, part.begun) == moment_at(old, part.begun))
            if (new := next(same, None)) is None:
                continue
            for time, fields in part.later.items():
                if _here(old, time, told) and moment_at(new, time) is None:
                    done = True
                    _copy(old, new, fields)
        ordered = sorted(entries, key=lambda e: _first(e, part))
        permit.ClearField(name)  # type: ignore[arg-type]
        getattr(permit, name).extend(ordered)
    if permit.renewals and (last := permit.renewals[-1]).granted and last.HasField("until_time"):
        permit.certificate.until_time.CopyFrom(last.until_time)
    return done


def _here(entry: Any, time: str, told: Collection[datetime]) -> bool:
    at = moment_at(entry, time)
    return (
        at is not None and at not in told and not (time == "decide_time" and getattr(entry, "silent", False))
    )


def _first(entry: Any, part: Part) -> datetime:
    """When an entry began; of what was decided without having begun, when it was decided."""
    at = moment_at(entry, part.begun) or moment_at(entry, "decide_time")
    assert at is not None
    return at


def _clear(entry: Any, fields: str) -> None:
    for field in fields.split():
        entry.ClearField(field)


def _copy(old: Any, new: Any, fields: str) -> None:
    for field in fields.split():
        value = getattr(old, field)
        if hasattr(value, "CopyFrom"):
            if old.HasField(field):
                getattr(new, field).CopyFrom(value)
        else:
            setattr(new, field, value)

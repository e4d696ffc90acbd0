"""Who did an act in a case, under which certificate, when and where: it stands in the record that every event carries."""

from datetime import datetime
from functools import cache
from typing import Any

from google.protobuf.descriptor import Descriptor
from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.officer.model import Standing
from services.kit.claims import ITSELF
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.standing import ANY_FIELD, LEGAL_REVIEW, person_at


def stamp(tx: Tx, case: cases.Case, event: Any, at: datetime, by: str = "") -> None:
    """Put the act into the case; `by` did it where the caller only tells of it. Where the event speaks of a piece of evidence
    or a file, the place is that of it.
    """
    name = speaks_of(event.DESCRIPTOR)
    about = getattr(event, name) if name else case
    done, actor = case.last_act, by or tx.caller.subject
    done.actor, done.area_code = actor, about.area_code
    done.certificate_number = certificate_of(tx, actor, at)
    put_moment(done.act_time, at)
    put_moment(done.record_time, tx.now)


@cache
def speaks_of(event: Descriptor) -> str:
    """The field of an event that says where its act was done, empty where the case does."""
    return next((name for name in ("evidence", "file") if name in event.fields_by_name), "")


def certificate_of(tx: Tx, person: str, at: datetime) -> str:
    """The number of the certificate in force for a person at a moment, whatever it covers; empty where there is none."""
    row = None if person.startswith(ITSELF) else tx.find(Standing, person)
    if row is None:
        return ""
    for scope in (ANY_FIELD, LEGAL_REVIEW):
        found = person_at(person, row.name, row.certificates, at, row.away, scope)
        if found.certified and not found.suspended:
            return found.certificate_number
    return ""

"""What a stage of a permit that another system reports puts into the record besides what its request says: what changes the term
changes it where it runs, and what an act puts last stands once the rules have looked at the record without it.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1 import permit_pb2 as permits

from services.enforcement.outside.model import OutsideCase, OutsideNamed, OutsideRecord, stage_key
from services.enforcement.outside.stage import asked_of, key_of, named_in
from services.enforcement.outside_record.facts import AsTold
from services.enforcement.permit import changing
from services.enforcement.permit import held as acts
from services.enforcement.permit.act import count_promise
from services.enforcement.permit.term import exclude_now, lengthen, resume_now, term_of
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.permit.recorded import excluding
from services.law.procedures.permit.recorded_held import indemnified, open_change, open_reversal
from services.law.rule import Unlawful

Puts = Callable[[Any, permits.Permit, AsTold], None]

# What its request says, where an act here would be refused before it has a place.


def _reversed(kind: int, does: Any, request: Any, permit: permits.Permit, tx: AsTold) -> None:
    """What the holder was not told of is decided all the same; that it was not told is a breach of the rules."""
    told = open_reversal(permit)
    if told is None or told.kind != kind:
        permit.reversals.add(kind=kind)  # type: ignore[arg-type]
    does.takes(request, permit, tx)


def _change_asked(request: Any, permit: permits.Permit, tx: AsTold) -> None:
    permit.changes.add(content=request.content, receiver=tx.caller.subject)


def _change_answered(does: Any, request: Any, permit: permits.Permit, tx: AsTold) -> None:
    if open_change(permit) is None:
        permit.changes.add()
    does.takes(request, permit, tx)


TAKES: Mapping[str, Puts] = MappingProxyType(
    {
        "revoke_permit": partial(_reversed, held.PERMIT_REVERSAL_KIND_REVOKE, acts.revoke_permit),
        "recall_permit": partial(_reversed, held.PERMIT_REVERSAL_KIND_RECALL, acts.recall_permit),
        "alter_permit": partial(_reversed, held.PERMIT_REVERSAL_KIND_ALTER, acts.alter_permit),
        "ask_permit_change": _change_asked,
        "change_permit": partial(_change_answered, changing.change_permit),
        "decline_permit_change": partial(_change_answered, changing.decline_permit_change),
    }
)

# What follows from an act.


def _stands(_request: Any, permit: Any, tx: AsTold) -> None:
    _on_term(tx, permit, lambda: exclude_now(tx, permit, tx.now))  # type: ignore[arg-type]


def _runs(_request: Any, permit: Any, tx: AsTold) -> None:
    """Of time that nobody said to be taken out nothing ends; it is missing."""
    if not excluding(permit):
        return
    put_moment(permit.exclusions[-1].until_time, tx.now)
    _on_term(tx, permit, lambda: resume_now(tx, permit, tx.now))  # type: ignore[arg-type]


def _prolonged(_request: Any, permit: Any, tx: AsTold) -> None:
    _on_term(tx, permit, lambda: lengthen(tx, permit, tx.now))  # type: ignore[arg-type]


def _on_term(tx: AsTold, permit: Any, change: Callable[[], None]) -> None:
    """What the law does not allow changes nothing, and is a breach of the rules."""
    if term_of(tx, permit) is not None:  # type: ignore[arg-type]
        with suppress(Unlawful):
            change()
    count_promise(permit, tx)  # type: ignore[arg-type]


def _compensated(_request: Any, permit: Any, tx: AsTold) -> None:
    put_moment(permit.promise.compensate_time, tx.now)


OF_PERMIT: Mapping[str, Puts] = MappingProxyType(
    {
        "EXCLUDE": _stands,
        "RESUME": _runs,
        "EXTEND": _prolonged,
        "COMPENSATE": _compensated,
    }
)

# What an act puts last: before, the rules see that it was not done yet.


def _renewed(_stage: pb.OutsideStage, permit: permits.Permit, _tx: AsTold) -> None:
    if permit.renewals and permit.renewals[-1].HasField("until_time"):
        permit.certificate.until_time.CopyFrom(permit.renewals[-1].until_time)


def _heard(_stage: pb.OutsideStage, permit: permits.Permit, tx: AsTold) -> None:
    if (told := open_reversal(permit)) is not None:
        put_moment(told.state_time, tx.now)


def _decided(entries: str, stage: pb.OutsideStage, permit: permits.Permit, tx: AsTold) -> None:
    last = getattr(permit, entries)[-1]
    last.document_number = stage.document_number
    put_moment(last.decide_time, tx.now)


def _asked(_stage: pb.OutsideStage, permit: permits.Permit, tx: AsTold) -> None:
    put_moment(permit.changes[-1].apply_time, tx.now)


def _indemnity(time: str, _stage: pb.OutsideStage, permit: permits.Permit, tx: AsTold) -> None:
    """Where none is owed there is none to stand, which is a breach of the rules."""
    if (reversal := indemnified(permit)) is not None:
        put_moment(getattr(reversal.indemnity, time), tx.now)


def _left(_stage: pb.OutsideStage, permit: permits.Permit, tx: AsTold) -> None:
    put_moment(permit.leaving.leave_time, tx.now)


LAST: Mapping[str, Callable[[pb.OutsideStage, permits.Permit, AsTold], None]] = MappingProxyType(
    {
        "RENEW": _renewed,
        "HEAR_HOLDER": _heard,
        **dict.fromkeys(("REVOKE", "RECALL", "ALTER"), partial(_decided, "reversals")),
        "ASK_CHANGE": _asked,
        **dict.fromkeys(("CHANGE", "DECLINE_CHANGE"), partial(_decided, "changes")),
        "CLAIM_INDEMNITY": partial(_indemnity, "claim_time"),
        "DECIDE_INDEMNITY": partial(_indemnity, "decide_time"),
        "PAY_INDEMNITY": partial(_indemnity, "pay_time"),
        "DEREGISTER": _left,
    }
)

# The inspection and the case that an act rests on.


def put_named(stage: pb.OutsideStage, permit: permits.Permit, tx: AsTold) -> None:
    """Put into the record which inspection and which case a stage names by their keys there, once they are known here."""
    on: Any = permit.checks[-1] if asked_of(stage) == "check_permit_holder" else permit.leaving
    for field, key in named_in(stage).items():
        row: Any = tx.find(OutsideCase if field == "case_id" else OutsideRecord, key)
        found = "" if row is None else row.case_id if field == "case_id" else row.record_id
        setattr(on, field, found)


def keep_named(tx: Tx, stage: pb.OutsideStage, home: OutsideRecord) -> None:
    """Remember which inspection and which case a stage names: what is told of these later is held against it."""
    for target in named_in(stage).values():
        key = stage_key(target, key_of(stage))
        tx.add(OutsideNamed.new(key=key, target=target, stage=key_of(stage), home=home.key))

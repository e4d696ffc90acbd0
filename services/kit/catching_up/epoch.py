"""A new epoch of a journal: entries of it are lost for good, their numbers are not used again, and all are told which."""

from collections.abc import Sequence

from sqlalchemy import select
from yifa.journal.v1.events_pb2 import EpochBegun
from yifa.journal.v1.loss_pb2 import LostEntry

from services.kit.batch import Batch
from services.kit.checkpoint.epoch import begin_trees, signed_up_to
from services.kit.checkpoint.origin import origin_of
from services.kit.journal import Envelope
from services.kit.tx import Tx

MOST_NAMED = 200


def begin_epoch(
    tx: Tx, service: str, last: Envelope, known: Sequence[Envelope], counts: dict[str, int]
) -> None:
    """Let the journal go on behind `last`, the newest entry that anybody has of it. `known` are those of the lost ones that
    others have; `counts` how many entries each addressee had by then. What is signed from here on is signed in trees of its own.
    """
    batch = tx.batch
    whole = origin_of(tx.city, tx.node, service)
    lost = [LostEntry(seq=e.seq, event_id=e.event_id, type=e.type, subject_id=e.subject) for e in known]
    begun = EpochBegun(
        service=service,
        last_seq=batch.seq,
        last_hash=batch.hash,
        lost_seq=last.seq,
        lost_hash=last.hash,
        known=sorted(lost, key=lambda e: e.seq)[:MOST_NAMED],
        signed_seq=signed_up_to(tx, whole),
    )
    go_on_from(tx, batch, last.seq, counts)
    tx.emit(begun, subject=f"{tx.node}/{service}", to="all")
    begin_trees(tx, whole, last.seq + 1, begun)


def go_on_from(tx: Tx, batch: Batch, seq: int, counts: dict[str, int]) -> None:
    """No number up to this one is used again, neither in the journal nor of an addressee's."""
    batch.seq = seq
    counter = batch.kit.counter
    kept = {row.addressee: row.number for row in batch.connection.execute(select(counter))}
    for addressee, number in counts.items():
        if number > kept.get(addressee, 0):
            tx.put(counter, {"addressee": addressee, "number": number})
            kept[addressee] = number
    batch.counts = kept

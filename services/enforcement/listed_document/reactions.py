"""What enforcement learns of the list of documents in force: what is off it is no basis of new acts, and its uses are named."""

from collections.abc import Callable

from yifa.enforcement.v1 import basis_pb2 as bases
from yifa.enforcement.v1.benchmark_pb2 import Benchmark as BenchmarkProto
from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import events_pb2 as supervision

from services.enforcement.basis.resting import case_words, ref
from services.enforcement.basis.uses import BENCHMARKS, tell
from services.enforcement.body.reactions import from_city
from services.enforcement.body.succession import open_cases
from services.enforcement.listed_document.model import ListedDocument, listed
from services.kit.journal import Envelope
from services.kit.reactions import Reactions
from services.kit.tx import Tx
from services.law.discretion.version import words
from services.law.document_use import Listed, bracketed, key_of_number, key_of_title, unusable
from services.law.moment import moment_at, put_moment


def on_listed(event: supervision.ListedDocumentTold, tx: Tx, about: Envelope) -> None:
    """The newest word on a document holds, in whatever order they come. What ceases to be a basis is looked for at once."""
    from_city(tx, about)
    told = event.listed
    by_number = row_of(tx, key_of_number(told.number), told)
    if by_number.version >= told.version:
        return
    was_basis, stopped = by_number.on_list, set(by_number.suspended)
    put(by_number, told)
    by_title = row_of(tx, key_of_title(told.title), told)
    if by_title.document_id == told.document_id or told.on_list or not by_title.on_list:
        put(by_title, told)  # of two that go by one title the one on the list is meant
    ceased = was_basis and not told.on_list
    if ceased or set(told.suspended_clauses) - stopped:
        find_uses(tx, told)


def row_of(tx: Tx, key: str, told: lists.ListedDocument) -> ListedDocument:
    row = tx.find(ListedDocument, key)
    return row or tx.add(ListedDocument.new(key=key, document_id=told.document_id, version=-1))


def put(row: ListedDocument, told: lists.ListedDocument) -> None:
    row.document_id, row.title, row.number = told.document_id, told.title, told.number
    row.on_list, row.suspended, row.version = told.on_list, tuple(told.suspended_clauses), told.version
    for name in ("effect_time", "expire_time", "off_time"):
        setattr(row, name, moment_at(told, name))


def find_uses(tx: Tx, told: lists.ListedDocument) -> None:
    """Announce which open cases and benchmarks of this department cite a document that ceased to be a basis."""
    touches = touching(tx, told)
    found = [ref(case) for case in open_cases(tx) if any(touches(text) for text in case_words(case))]
    rows = tx.db.execute(BENCHMARKS).all()
    benchmarks = [row.benchmark_id for row in rows if touches(benchmark_words(row.record))]
    changed = bases.ChangedBasis(basis_id=told.document_id, law=told.title, repealed=True)
    put_moment(changed.from_time, moment_at(told, "off_time") or tx.now)
    tell(tx, changed, found, benchmarks)


def benchmark_words(record: bytes) -> str:
    item = BenchmarkProto.FromString(record)
    return f"{bracketed(item.document)} {words(item)}"


def touching(tx: Tx, told: lists.ListedDocument) -> Callable[[str], bool]:
    """Whether a text cites the document where it may not be cited any more."""
    keys = {key_of_number(told.number), key_of_title(told.title)}

    def find(key: str) -> Listed | None:
        return listed(tx, key) if key in keys else None

    def touches(text: str) -> bool:
        named = {told.number, f"《{told.title}》"}
        return bool(named & set(unusable(text, find, tx.now)))

    return touches


REACTIONS: Reactions = {supervision.ListedDocumentTold: on_listed}

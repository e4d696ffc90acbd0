"""The documents of the city's register that a text cites, and since when one may be cited no more (GF-2008-17 13, 15)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from yifa.supervision.v1 import normative_document_pb2 as pb

from services.law.document_use import Listed, key_of_number, key_of_title, numbers_in, titles_in, unusable
from services.law.moment import moment_at, moment_of
from services.supervision.normative_document.model import NormativeDocument
from services.supervision.normative_document.standing import ON_LIST, standing, suspended


def ended_documents(look: Any, texts: Iterable[str]) -> Iterator[tuple[str, datetime]]:
    """The documents that the texts cite and that were a basis once and are none now, each with since when."""
    told: dict[str, datetime] = {}
    for text in dict.fromkeys(texts):
        known = {key: document for document in cited(look, text) for key in keys_of(document)}

        def find(key: str, known: dict[str, pb.NormativeDocument] = known) -> Listed | None:
            return listed(known[key]) if key in known else None

        for name in unusable(text, find, look.now):
            document = known.get(key_of_number(name)) or known.get(key_of_title(name.strip("《》")))
            since = ended_since(document) if document is not None else None
            if since is not None and since <= look.now:
                told.setdefault(name, since)
    yield from told.items()


def cited(look: Any, text: str) -> list[pb.NormativeDocument]:
    """The published documents whose number or title the text names; of two of one title the one on the list comes last."""
    numbers = [
        f"{issuer[n:]}〔{rest}"
        for issuer, _, rest in (number.partition("〔") for number in numbers_in(text))
        for n in range(len(issuer))
    ]
    # one after the other by what has an index; whoever judges many cases has it asked of each name once
    by_number = look.among(NormativeDocument, "number", numbers) if numbers else ()
    by_title = look.among(NormativeDocument, "title", titles) if (titles := titles_in(text)) else ()
    published = {row.document_id: row.record for row in (*by_number, *by_title) if row.standing}
    found = map(pb.NormativeDocument.FromString, published.values())
    return sorted(found, key=lambda document: (standing(document) in ON_LIST, document.document_id))


def keys_of(document: pb.NormativeDocument) -> tuple[str, str]:
    return key_of_number(document.number), key_of_title(document.title)


def listed(document: pb.NormativeDocument) -> Listed:
    """The document as every node was told of it."""
    return Listed(
        document.title,
        document.number,
        standing(document) in ON_LIST,
        moment_at(document, "effect_time"),
        moment_at(document, "expire_time"),
        moment_at(document, "off_time"),
        tuple(suspended(document)),
    )


def ended_since(document: pb.NormativeDocument) -> datetime | None:
    """Since when a document, or a clause of it, is no basis any more: what came first. None for one that never was."""
    times = [moment_at(document, name) for name in ("expire_time", "end_time", "off_time")]
    stopped = [each for each in document.suspensions if not each.HasField("correct_time")]
    times += [moment_of(each.suspend_time) for each in stopped]
    return min((at for at in times if at is not None), default=None)

"""How a published document stands: what every node is told, and the public list shows (GF-2008-17 15)."""

from collections.abc import Mapping
from types import MappingProxyType

from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import normative_document_pb2 as pb

STANDING: Mapping[int, int] = MappingProxyType(
    {
        pb.NORMATIVE_DOCUMENT_STATE_PUBLISHED: lists.DOCUMENT_STANDING_TO_COME,
        pb.NORMATIVE_DOCUMENT_STATE_IN_FORCE: lists.DOCUMENT_STANDING_IN_FORCE,
        pb.NORMATIVE_DOCUMENT_STATE_CLAUSE_SUSPENDED: lists.DOCUMENT_STANDING_IN_FORCE,
        pb.NORMATIVE_DOCUMENT_STATE_OFF_LIST: lists.DOCUMENT_STANDING_OFF_LIST,
        pb.NORMATIVE_DOCUMENT_STATE_REPEALED: lists.DOCUMENT_STANDING_REPEALED,
        pb.NORMATIVE_DOCUMENT_STATE_EXPIRED: lists.DOCUMENT_STANDING_EXPIRED,
    }
)
"""What is published has a standing; what is being made, or was given up, has none."""
ON_LIST = frozenset({lists.DOCUMENT_STANDING_TO_COME, lists.DOCUMENT_STANDING_IN_FORCE})
TIMES = ("effect_time", "expire_time", "publish_time", "end_time", "off_time")


def standing(document: pb.NormativeDocument) -> int:
    return STANDING.get(document.state, lists.DOCUMENT_STANDING_UNSPECIFIED)


def suspended(document: pb.NormativeDocument) -> list[str]:
    """The clauses of which a reconsideration stopped the execution, and that are not corrected."""
    return [c for each in document.suspensions if not each.HasField("correct_time") for c in each.clauses]


def listed(document: pb.NormativeDocument) -> lists.ListedDocument:
    """The document as everybody may know it: nothing of how it was made."""
    shown = lists.ListedDocument(
        document_id=document.document_id,
        version=document.version,
        title=document.title,
        number=document.number,
        body_id=document.body_id,
        body_name=document.body_name,
        on_list=standing(document) in ON_LIST,
        suspended_clauses=suspended(document),
        standing=standing(document),  # type: ignore[arg-type]
        publish_address=document.publish_address,
    )
    for name in TIMES:
        if document.HasField(name):
            getattr(shown, name).CopyFrom(getattr(document, name))
    return shown

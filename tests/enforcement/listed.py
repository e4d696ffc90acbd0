"""The city's list of normative documents in force, as it tells a department of it."""

from datetime import timedelta
from typing import Any

from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import events_pb2 as supervision

from tests.enforcement.department import Department
from tests.enforcement.samples import stamp

YEAR = timedelta(days=365)


def told(
    department: Department, serial: int, version: int = 1, **more: Any
) -> supervision.ListedDocumentTold:
    """What the city says of a document; in force and on the list unless said otherwise."""
    since, until = (stamp(department.now + years * YEAR) for years in (-10, 10))
    said = {
        "document_id": f"ND-{serial}", "title": f"示例管理规定之{serial}", "number": f"示环规〔2026〕{serial}号",
        "version": version, "on_list": True, "effect_time": since, "expire_time": until, **more,
    }  # fmt: skip
    return supervision.ListedDocumentTold(listed=lists.ListedDocument(**said))

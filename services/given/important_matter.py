"""Important matters that a department tells its superior, said in the words of the examples."""

from datetime import datetime, timedelta
from typing import Any

from yifa.supervision.v1 import important_matter_pb2 as pb

from services.law.moment import put_moment

REPLY = {
    "outcome": pb.IMPORTANT_MATTER_OUTCOME_AGREED,
    "reply": "示例：同意由你局统一处理，注意与相邻区沟通。",
    "document_number": "示司监复〔2026〕3号",
}


def request_of(body_id: str, record_id: str = "") -> dict[str, Any]:
    """A request for instructions; about a record where one is named."""
    return {
        "body_id": body_id,
        "record_id": record_id,
        "kind": pb.IMPORTANT_MATTER_KIND_REQUEST,
        "code": "REQ-01",
        "title": "示例：跨区域违法行为的处理",
        "content": "示例：违法行为涉及两个区，责任难以划分，当事人对管辖有异议。",
        "proposal": "示例：拟由本局统一调查处理。",
    }


def report_of(body_id: str, now: datetime) -> dict[str, Any]:
    """A report of what happened an hour ago."""
    asked = pb.DraftImportantMatterRequest()
    put_moment(asked.happen_time, now - timedelta(minutes=60))
    put_moment(asked.learn_time, now - timedelta(minutes=50))
    return {
        "body_id": body_id,
        "kind": pb.IMPORTANT_MATTER_KIND_REPORT,
        "code": "REP-02",
        "title": "示例：执法现场人员聚集",
        "content": "示例：约五十人在执法现场聚集，没有人员受伤。",
        "measures": "示例：已经停止现场执法并疏导，通报公安机关到场。",
        "happen_time": asked.happen_time,
        "learn_time": asked.learn_time,
    }

"""That something which a decision orders was carried out, as the case shows it."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.moment import put_moment


def show(case: cases.Case, at: datetime, **done: Any) -> None:
    """Put it into the case; `done` are the fields of the performance."""
    put_moment(case.performances.add(**done).perform_time, at)

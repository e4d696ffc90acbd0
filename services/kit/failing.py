"""How a reaction fails: what trying again does not mend, and what is kept of it."""

from traceback import extract_tb

from google.protobuf.message import DecodeError

from services.kit.refusal import Exists, Malformed, Refusal, Rejected
from services.law.rule import Unlawful

LASTING = (
    Rejected,
    DecodeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    Exists,
    Malformed,
    Unlawful,
)
"""Failures that trying again does not mend: what the event says is wrong, or does not go with what is kept."""


def told(failure: Exception | None) -> str:
    """What is kept of a failure. One that no reaction meant is told with the place where it came up."""
    if failure is None or isinstance(failure, Rejected | Refusal | Unlawful | DecodeError):
        return repr(failure)
    ours = [frame for frame in extract_tb(failure.__traceback__) if "/services/" in frame.filename]
    at = f" at {ours[-1].filename.rpartition('/services/')[2]}:{ours[-1].lineno}" if ours else ""
    return f"{failure!r}{at}"

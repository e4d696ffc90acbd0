"""Whether everyone is nominated first."""

from services.kit.tx import Tx
from services.registry.request import local


def must_be_checked(tx: Tx) -> bool:
    """Whether everyone is nominated first here (officer.eligibility.required)."""
    return bool(tx.parameters.value("officer.eligibility.required", local(tx.now).date()).value)

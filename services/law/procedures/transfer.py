"""A transfer's way from one body to another."""

# ruff: noqa: E501
from services.law.procedures.officer import OfficerFacts, body_confirmed, on_this_roster, still_serving
from services.law.process import rule, table


@rule("TRANSFER_OPEN", law="MOT-CERT:25", zh="该人员的调动申请尚未办结。")
def no_transfer_open(facts: OfficerFacts) -> bool:
    """One transfer of an officer at a time."""
    return not facts.transfer_open


@rule("ALREADY_RECEIVED", law="ASR-2025:17", zh="该人员已办理接收。")
def not_received_yet(facts: OfficerFacts) -> bool:
    """A transferred officer is received once."""
    return not facts.received


# fmt: off
TRANSFER = table(
    "transfer",
    ("REQUEST", "",          "REQUESTED", "MOT-CERT:25", (on_this_roster, still_serving, no_transfer_open, body_confirmed), "", ("申请调动", "Request")),
    ("APPROVE", "REQUESTED", "APPROVED",  "MOT-CERT:25", (on_this_roster, still_serving, body_confirmed), "", ("同意调动", "Approve")),
    ("REFUSE",  "REQUESTED", "REFUSED",   "MOT-CERT:25", (), "", ("不同意调动", "Refuse")),
    titles=("执法人员调动", "Transfer of an officer"),
)
# fmt: on

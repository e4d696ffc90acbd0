"""What the edge says is in the contract, and in words."""

import re
from pathlib import Path
from typing import Any

import pytest
from yifa.law.v1 import reason_pb2 as law_reasons

from services.node.serve import RECORDS, service

ROOT = Path(__file__).resolve().parents[2]
SERVICES = [service(name) for name in RECORDS]


@pytest.mark.parametrize("owner", SERVICES, ids=RECORDS)
def test_every_record_that_may_be_missing_has_a_name(owner: Any) -> None:
    """No refusal calls a record by the name of its class."""
    wanted = set()
    for path in (ROOT / "services" / owner.name).rglob("*.py"):
        text = path.read_text("utf-8")
        wanted |= set(re.findall(r"tx\.get\(([A-Z]\w+)", text)) | set(
            re.findall(r"Missing\(\s*\"(\w+)\"", text)
        )
        wanted |= set(re.findall(r"view\.get\([^\n]*, \"(\w+)\",", text))

    assert wanted
    assert wanted <= set(owner.nouns)


def test_every_reason_of_the_edge_is_in_the_contract() -> None:
    raised = re.compile(
        r'(?:Denied|Unauthenticated|Exists|Stale|NotHome|Unsupported|Busy|Full|reason=|reason(?:: str)? =)\(?\s*"([A-Z_]+)"'
    )
    found = {
        reason
        for path in (ROOT / "services/kit").rglob("*.py")
        for reason in raised.findall(path.read_text("utf-8"))
    }
    known = {name.removeprefix("REASON_") for name in law_reasons.Reason.keys()}

    assert len(found) > 12
    assert found - known <= {"TIME_NOT_EXCLUDABLE"}

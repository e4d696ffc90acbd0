"""What the edge says is in the contract, and in words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from buf.validate import validate_pb2
from google.protobuf.descriptor import Descriptor
from yifa.law.v1 import reason_pb2 as law_reasons

from services.kit.words import SAYINGS
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
    assert found - known <= {
        "TIME_NOT_EXCLUDABLE",
        "PAPER_NOT_SET",
    }  # reasons of the services that it is done for


def constraints(rules: Any) -> Iterator[str]:
    """The ids by which protovalidate names what a field breaks."""
    if rules.required:
        yield "required"
    yield from (c.id for c in rules.cel)
    if (kind := rules.WhichOneof("type")) is None:
        return
    body = getattr(rules, kind)
    names = {f.name for f, _ in body.ListFields()}
    if "items" in names:
        yield from constraints(body.items)
    if {"gte", "lte"} <= names:
        names = names - {"gte", "lte"} | {"gte_lte"}
    yield from (f"{kind}.{name}" for name in names - {"items"})


def messages_of(kind: Descriptor, known: dict[str, Descriptor]) -> dict[str, Descriptor]:
    if kind.full_name not in known:
        known[kind.full_name] = kind
        for field in kind.fields:
            if field.message_type is not None:
                messages_of(field.message_type, known)
    return known


def test_every_constraint_is_said_in_chinese() -> None:
    """No refusal of a field falls back on the id of the constraint."""
    known: dict[str, Descriptor] = {}
    for owner in SERVICES:
        for method in owner.contract.methods:
            messages_of(method.input_type, known)
    used = {
        said
        for kind in known.values()
        for field in kind.fields
        for said in constraints(field.GetOptions().Extensions[validate_pb2.field])
    }

    assert len(used) > 10
    assert used <= set(SAYINGS)

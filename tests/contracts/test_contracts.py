"""What every contract must say, and what the code must keep of it."""

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from yifa.law.v1 import options_pb2 as options
from yifa.supervision.v1 import supervision_service_pb2 as supervision

from services.kit.migrate import drift, upgrade
from services.kit.sealing import check_room, has_room
from services.kit.store import open_store
from services.node.serve import RECORDS, service

ROOT = Path(__file__).resolve().parents[2]
SERVICES = [service(name) for name in RECORDS]
METHODS = [(s, m) for s in SERVICES for m in s.contract.methods]
NAMES = [f"{s.name}.{m.name}" for s, m in METHODS]


@pytest.mark.parametrize(("owner", "method"), METHODS, ids=NAMES)
def test_every_method_says_who_may_call_and_where(owner: Any, method: Any) -> None:
    access = method.GetOptions().Extensions[options.access]
    handler = getattr(owner.servicer, method.name)

    assert access.roles, "a method that names no role is open to nobody"
    assert access.home != options.HOME_UNSPECIFIED
    if handler.kind == "write":
        assert handler.__doc__, "an act says what it promises, and on what article"
        assert method.input_type.fields_by_name["request_id"].number == 1


def test_every_reason_shows_an_example() -> None:
    """The comment of each reason holds the ErrorInfo it travels in, as JSON."""
    image = FileDescriptorSet.FromString((ROOT / "proto/gen/yifa.binpb").read_bytes())
    seen = 0
    for file in image.file:
        if not file.name.endswith("/reason.proto"):
            continue
        comments = {tuple(x.path): x.leading_comments for x in file.source_code_info.location}
        for n, value in enumerate(file.enum_type[0].value[1:], 1):
            example = re.search(r"\{.*\}", comments[5, 0, 2, n], re.S)
            assert example, value.name
            assert json.loads(example[0])["reason"] == value.name.removeprefix("REASON_")
            seen += 1
    assert seen > 40


def test_what_judges_people_and_bodies_knows_of_no_money() -> None:
    """Points, reviews, yearly quotas and statistics of the registry count no sum, so none can be a target (APL 74(3))."""
    image = FileDescriptorSet.FromString((ROOT / "proto/gen/yifa.binpb").read_bytes())
    files = [file for file in image.file if file.name.startswith("yifa/registry/")]
    fields = [(m.name, f) for file in files for m in file.message_type for f in m.field]

    assert len(fields) > 500
    sums = [(m, f.name) for m, f in fields if f.type_name.endswith("Money") or f.name in ("fen", "fine")]
    assert sums == []


# What a substitute may cost the party is no budget of the agency.
NO_PAY = {("SubstituteTerms", "budget")}


def test_nothing_that_is_kept_pays_anybody_by_fines() -> None:
    """No contract has a place for a budget, for pay or for a reward: what fines bring in cannot be tied to any (APL 74(3))."""
    image = FileDescriptorSet.FromString((ROOT / "proto/gen/yifa.binpb").read_bytes())
    fields = {
        (m.name, f.name)
        for file in image.file
        if file.name.startswith("yifa/")
        for m in file.message_type
        for f in m.field
    }
    paying = re.compile(
        r"(^|_)(budget|appropriation|salary|wage|bonus|reward|allowance|commission_rate|quota_of_fines)(_|$)"
    )

    assert len(fields) > 5000
    assert {(m, f) for m, f in fields if paying.search(f)} <= NO_PAY


def sensitive(message: Any, seen: frozenset[str] = frozenset()) -> set[str]:
    """The sealed fields that an event could carry, as paths."""
    found = set()
    if message.full_name in seen:
        return found
    for f in message.fields:
        privacy = f.GetOptions().Extensions[options.privacy]
        if privacy == options.PRIVACY_SEALED:
            found.add(f"{message.full_name}.{f.name}")
        if f.type == FieldDescriptor.TYPE_MESSAGE:
            found |= sensitive(f.message_type, seen | {message.full_name})
    return found


@pytest.mark.parametrize("owner", SERVICES, ids=RECORDS)
def test_no_event_has_room_for_a_sealed_field(owner: Any) -> None:
    events = importlib.import_module(f"yifa.{owner.name}.v1.events_pb2")
    for message in events.DESCRIPTOR.message_types_by_name.values():
        assert not sensitive(message)


@pytest.mark.parametrize("owner", SERVICES, ids=RECORDS)
def test_what_is_sealed_comes_with_a_write_and_goes_where_it_is_unsealed(owner: Any) -> None:
    """Nowhere else in the contract is there room for it: no record, no read, no list."""
    for method in owner.contract.methods:
        access = method.GetOptions().Extensions[options.access]
        handler = getattr(owner.servicer, method.name)
        check_room(method, handler.kind, access.unseals)
        if sensitive(method.input_type) and options.ROLE_PUBLIC in access.roles:
            assert access.nameless, method.name
        if access.unseals:
            *_, last = access.unseals.split(".")
            assert last == "seal_ids" and options.ROLE_PUBLIC not in access.roles


def test_a_service_does_not_start_with_room_for_what_is_sealed_in_the_wrong_place() -> None:
    methods = supervision.DESCRIPTOR.services_by_name["SupervisionService"].methods_by_name

    for name, kind, unseals in (
        ("FileComplaint", "exchange", ""),
        ("UnsealReporter", "write", ""),
        ("UnsealReporter", "read", "complaint.seal_ids"),
    ):
        with pytest.raises(ValueError, match=f"{name} "):
            check_room(methods[name], kind, unseals)
    assert has_room(methods["FileComplaint"].input_type) and not has_room(methods["GetComplaint"].output_type)


@pytest.mark.parametrize("owner", SERVICES, ids=RECORDS)
def test_migrations_make_the_tables_that_the_models_say(owner: Any, tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path}/new.db")
    upgrade(engine, owner.metadata, owner.migrations)

    assert drift(engine, owner.metadata) == []


def test_the_same_room_in_every_service() -> None:
    """A newcomer finds the room by its name: a service is a folder of nouns, and what is in one has the same names in all."""
    for name in RECORDS:
        folder = ROOT / "services" / name
        assert (folder / "__main__.py").exists() and (folder / "migrations").is_dir()
        nouns = [n for n in folder.iterdir() if (n / "__init__.py").exists()]
        rooms = {file.stem for noun in nouns for file in noun.glob("*.py")}
        assert {"model", "acts"} <= rooms, name


def test_no_two_nouns_begin_their_ids_alike() -> None:
    """By the beginning of its id a record is told to be of its kind."""
    found = [
        (match[1], path.parent.name)
        for path in ROOT.glob("services/**/*.py")
        for match in re.finditer(r'^PREFIX = "([A-Z]+-)"', path.read_text("utf-8"), re.M)
    ]

    assert len(found) > 20
    assert len({prefix for prefix, _ in found}) == len(found), sorted(found)

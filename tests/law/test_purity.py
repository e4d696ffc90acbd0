"""The kernel is what a lawyer can read: no framework, no service, no clock of the machine."""

import ast
import os
import sys
import time
from datetime import date
from pathlib import Path

import pytest

import services.law
from services.law.calendar import china
from services.law.clock import catalogue, due

LAW = Path(services.law.__file__).parent
ALLOWED = {"services", "chinese_calendar", "stdnum", "yifa", "google.protobuf"}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_kernel_imports_the_standard_library_the_calendar_numbers_and_messages_only():
    for path in LAW.rglob("*.py"):
        for module in imports(path):
            root = module.split(".")[0]
            allowed = root in sys.stdlib_module_names or any(
                f"{module}.".startswith(f"{a}.") for a in ALLOWED
            )
            assert allowed and not module.endswith("_grpc"), f"{path.name}: {module}"
            assert root != "services" or module.startswith("services.law"), f"{path.name}: {module}"
            assert root != "asyncio", path.name


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_zone_of_the_machine_does_not_matter(zone, monkeypatch):
    expected = due(catalogue()["PEN-19"], date(2026, 9, 22), china())
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert due(catalogue()["PEN-19"], date(2026, 9, 22), china()).at == expected.at
        assert expected.at.isoformat() == "2026-10-08T23:59:59.999999+08:00"
    finally:
        os.environ.pop("TZ")
        time.tzset()

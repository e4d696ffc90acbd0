"""The example of the page for integrators, run as it stands there."""

import asyncio
import os
import re
import sys
from pathlib import Path

from services.kit.access import mint
from services.lawdocs.code import ROOT
from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER
from tests.enforcement.samples import NODE
from tests.law.records import WORLD


async def test_the_example_of_the_page_runs(world: Department, tmp_path: Path) -> None:
    world.now = LATER
    [example] = re.findall(r"```python\n(.*?)```", (ROOT / "docs/intake.md").read_text("utf-8"), re.S)
    (tmp_path / "example.py").write_text(example, "utf-8")
    said = {
        "YIFA_TARGET": str(world.target),
        "YIFA_CA": str(world.folder / "ca" / "ca.pem"),
        "YIFA_TOKEN": mint((world.folder / "token.key").read_bytes(), "my-cases", NODE, ("SYSTEM",)),
        "BODY_ID": WORLD.body,
        "PYTHONPATH": str(ROOT / "proto/gen"),
    }

    run = await asyncio.create_subprocess_exec(
        sys.executable, str(tmp_path / "example.py"), env={**os.environ, **said},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told = (await run.communicate())[0].decode()

    assert run.returncode == 0, told
    assert told.splitlines()[:2] == ["1 STAGE_OUTCOME_TAKEN", "2 STAGE_OUTCOME_TAKEN"]
    assert "尚缺 missing: 登记线索" in told
    assert "违法 unlawful: FileCase" in told
    assert "期限 due: " in told

"""The bench runs and counts rightly. It asserts no timing: a test machine is not a place to measure."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.lifecycle import LIFE
from tests.bench.report import HANDED_IN, JUDGED, LISTS, MANY, Report, Row, judged
from tests.bench.rounds import CONTESTS, RAW, WRITE, WRITE_1


@pytest.mark.timeout(400)
def test_a_quick_bench_tells_every_row_and_loses_none(tmp_path: Path) -> None:
    # it lays out its own stores, and compares them
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIFA_DATABASE")}
    environment = {**kept, "YIFA_VAR": str(tmp_path), "PYTHONPATH": ".:proto/gen"}

    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads((tmp_path / "bench" / "latest.json").read_text())
    rows = told["rows"]
    assert all(row.keys() == {"name", "value", "unit", "ratio", "against"} for row in rows)
    assert all((row["ratio"] is None) == (row["against"] is None) for row in rows)
    names = {row["name"] for row in rows}
    assert names >= {
        *(contest.name for contest in CONTESTS),
        RAW,
        "commit to oversight, p50",
        "journal to hub",
        HANDED_IN,
        JUDGED,
        LIFE,
        *(f"{row}, p99" for row in MANY),
        LISTS,
    }
    assert {row["against"] for row in rows if row["name"] == WRITE} == set(
        next(contest.against for contest in CONTESTS if contest.name == WRITE)
    )
    assert told["failures"] == []
    # As many entries in the journal as were acknowledged, and the same in every other table.
    assert told["counts"]["acknowledged"] == told["counts"]["journal"] > 0
    assert told["counts"]["journal"] == told["counts"]["reply"] == told["counts"]["evidence"]
    assert told["machine"]["cores"] == os.cpu_count()
    assert list(tmp_path.iterdir()) == [tmp_path / "bench"], "a bench leaves nothing but its numbers"


def test_a_mismatch_fails_the_run() -> None:
    report = Report()

    report.check("rows in journal", expected=10, found=9)
    report.check("errors", expected=0, found=0)

    assert report.failures == ["rows in journal: expected 10, found 9"]


def test_ratios_are_of_the_rounds_themselves() -> None:
    report = Report()

    report.add(WRITE, [10.0, 30.0, 20.0], "calls/s", **{WRITE_1: [5.0, 10.0, 20.0]})

    assert report.rows == [Row(WRITE, 20.0, "calls/s", 2.0, WRITE_1)]


def test_goals_are_judged_by_their_direction() -> None:
    assert judged(Row("write, c=32", 1.0, "calls/s", 0.4, "echo, c=32")).startswith("reached")
    assert judged(Row("commit to oversight, p50", 12.0, "ms")).startswith("missed")
    assert judged(Row("get, c=32", 1.0, "calls/s", 0.4, "echo, c=32")) == ""

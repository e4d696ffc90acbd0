"""`yifa report`: the yearly data of the running city, counted, listed and written as files."""

from datetime import datetime
from pathlib import Path

import pytest

from services.cli import reports
from services.law.calendar import SHANGHAI
from services.node.failure import Failure
from tests.city import City

NAME = "enforcement_data"


async def test_a_report_is_counted_listed_and_written(city: City, tmp_path: Path) -> None:
    asked = reports.asked(NAME, datetime.now(SHANGHAI).year, "")

    report = await reports.run(city.plan, asked)
    filed = next(n for n, c in enumerate(report.columns) if c.figure.figure_id == "case.filed")
    listed = await reports.listed(city.plan, asked, "case.filed")
    book = await reports.fetch(city.plan, asked, tmp_path)
    paper = await reports.fetch(city.plan, asked, tmp_path / "年报.pdf")

    assert listed.total == len(listed.rows) == report.lines[0].values[filed].count
    assert report.title_zh in "\n".join(reports.lines(report))
    assert f"共 {listed.total} 件" in "\n".join(reports.lines(listed))
    assert book.suffix == ".xlsx" and book.read_bytes().startswith(b"PK")
    assert paper.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_meant_is_said() -> None:
    with pytest.raises(Failure, match="name the year"):
        reports.asked(NAME, 0, "")

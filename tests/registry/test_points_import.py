"""The table of points as a file."""

from pathlib import Path

import grpc
import pytest

from services.cli.points import publish_points, read_table
from services.node.failure import Failure
from tests.registry.school import School

TABLE = """
since = 2026-01-01
document = "示府〔2026〕1号"

[[cause]]
code = "A1"
title_zh = "未按规定出示执法证"
title_en = "no certificate shown"
points = 2
law = "APL-2021:55(1)"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "points.toml"
    path.write_text(TABLE, encoding="utf-8")
    return path


async def test_a_file_is_published_once(school: School, file: Path) -> None:
    file.write_text(TABLE.replace("2026-01-01", "2199-01-01"), encoding="utf-8")

    first = await publish_points(school.city.plan, file)
    again = await publish_points(school.city.plan, file)

    assert first == again
    [cause] = first.causes
    assert (cause.code, cause.points, cause.law) == ("A1", 2, "APL-2021:55(1)")
    assert first.since_time.ToJsonString() == "2198-12-31T16:00:00Z", "midnight in China"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("since = 2026-01-01", "", "`since` is the day"),
        ("since = 2026-01-01", "since = 2026-01-01T00:00:00Z", "`since` is the day"),
        ("points = 2", 'points = "many"', "cause 1"),
        ("points = 2", "point = 2", "cause 1"),
        ("[[cause]]", "[[cause", "cannot be read"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(file: Path, old: str, new: str, said: str) -> None:
    file.write_text(TABLE.replace(old, new), encoding="utf-8")

    with pytest.raises(Failure, match=said):
        read_table(file)


async def test_what_the_city_does_not_accept_is_refused_there(school: School, file: Path) -> None:
    file.write_text(TABLE.replace("points = 2", "points = 0"), encoding="utf-8")

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await publish_points(school.city.plan, file)

    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT

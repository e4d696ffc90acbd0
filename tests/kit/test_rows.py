"""Rows notice what is changed in them, and nothing else."""

from services.enforcement.body.model import Body
from services.kit.store import Changes


def test_only_another_value_is_a_change() -> None:
    row, changes = Body.new(body_id="B-1", name="示例机关", confirmed=True, version=1), Changes()
    row.__dict__["_changes"] = changes

    row.name, row.version, row.confirmed = "".join(("示例", "机关")), 2, True

    assert changes.count == 1
    assert list(changes.columns.values()) == [(row, {"version"})]

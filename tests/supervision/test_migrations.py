"""The database that the migrations make is the one that the models mean."""

import importlib.util
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert, select, text

from services.kit.migrate import drift, upgrade
from services.kit.store import open_store
from services.law.calendar import SHANGHAI
from services.supervision.__main__ import SERVICE
from services.supervision.case.model import CaseView
from services.supervision.case.tally import OVER, tally_of
from services.supervision.event.model import Source

NOW = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path}/supervision.db")

    upgrade(engine, SERVICE.metadata, SERVICE.migrations)

    assert drift(engine, SERVICE.metadata) == []


def test_the_cases_that_there_were_are_counted_as_new_ones_are(tmp_path: Path) -> None:
    """As case/tally.py counts each of them."""
    engine = open_store(f"sqlite:///{tmp_path}/supervision.db")
    upgrade(engine, SERVICE.metadata, SERVICE.migrations)
    names = [column.name for column in CaseView.__table__.columns]
    kept = [
        CaseView.new(case_id=f"C-{n}", node="d", state=n, fine=n, late_entries=2, corrections=1, version=1, update_time=NOW)
        for n in range(20)
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(CaseView), [{name: row.__dict__[name] for name in names} for row in kept])
        connection.execute(insert(Source), [{"node": node, "events": 1} for node in ("d", "none", "*")])
        for name, counted in tally_revision().COUNTED.items():
            connection.execute(
                text(
                    f"update source set {name} = (select {counted} from caseview where caseview.node = source.node)"
                )
            )
        rows = {row.node: row for row in connection.execute(select(Source.__table__))}

    wanted = [
        sum(column)
        for column in zip(*(tally_of(SimpleNamespace(**row.__dict__)) for row in kept), strict=True)
    ]
    assert wanted[:2] == [20, len(OVER)]
    assert [
        getattr(rows["d"], name) for name in ("cases", "ended", "fines", "late_entries", "corrections")
    ] == wanted
    assert rows["none"].cases == rows["*"].fines == 0


def tally_revision() -> Any:
    """The revision that counts them."""
    [file] = SERVICE.migrations.glob("0198_*.py")
    spec = importlib.util.spec_from_file_location("revision", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

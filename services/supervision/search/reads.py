"""Records found by a piece of their words."""

import re
from typing import Any

from sqlalchemy import select, text

from services.kit.view import View
from services.supervision.search.model import Searched

SEARCHED: Any = Searched.__table__  # type: ignore[attr-defined]
FEW = 1_000
SHORTEST = 3
"""The index knows pieces of three characters; a shorter one is looked for in all that is kept."""
TELLING = 5
FORM = re.compile(r"(?:股份|集团|责任|有限|公司|合伙企业|个体工商户|经营部|商店)+$")
"""The legal form at the end of a name, which thousands share."""
THERE = text("SELECT 1 FROM sqlite_master WHERE name = 'words_of_records'")
INDEXED = text(
    "SELECT s.subject FROM words_of_records AS w JOIN searched AS s ON s.number = w.rowid"
    " WHERE w.words MATCH :telling AND s.words LIKE :wanted ESCAPE '/' LIMIT :most"
)


def indexed(view: View) -> bool:
    """Whether SQLite has the index: an old one cannot make it."""
    return view.connection.dialect.name == "sqlite" and view.one(THERE) is not None


def telling(wanted: str) -> str:
    """The piece of a text that the index is asked for; what it finds is then held against the whole of it.

    A number and a name tell least in what they begin with: the body, the year, the city. Each piece of three characters costs the
    reading of all records that have it, and nearly all have those.
    """
    named = FORM.sub("", wanted)
    return (named if len(named) >= SHORTEST else wanted)[-TELLING:]


def found_by(view: View, column: Any, wanted: str) -> Any:
    """The condition that a record, known by a column, has a piece of text in its words; in any case of letters.

    Of few records it names them; where many have it, a list in any order comes upon some soon, and they are asked one by one.
    """
    has = SEARCHED.c.words.icontains(wanted, autoescape=True)
    if len(wanted) >= SHORTEST and wanted.isprintable() and indexed(view):
        quoted = telling(wanted).replace('"', '""')
        whole = re.sub("[/%_]", r"/\g<0>", wanted)
        found = view.rows(INDEXED, telling=f'"{quoted}"', wanted=f"%{whole}%", most=FEW + 1)
    else:
        found = view.rows(select(SEARCHED.c.subject).where(has).limit(FEW + 1))
    if len(found) <= FEW:
        return column.in_([row.subject for row in found])
    return select(SEARCHED.c.subject).where(SEARCHED.c.subject == column, has).exists()

"""the words by which cases and inspections are looked for, and an index of them."""

from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from alembic import op

from services.supervision.search.model import number_of

revision = "0199"
down_revision = "0198"
branch_labels = None
depends_on = None

AT_ONCE = 5_000
SOUGHT = (
    "select case_id, case_number, party_name, violation_title from caseview",
    "select inspection_id, number, enterprise_name, credit_code from inspectionview",
)
# SQLite's index is a table of its own, which follows by triggers; it takes SQLite 3.34. PostgreSQL's takes pg_trgm.
OF_SQLITE = (
    "create virtual table words_of_records using fts5(words, tokenize='trigram')",
    "create trigger searched_added after insert on searched begin"
    " insert into words_of_records(rowid, words) values (new.number, new.words); end",
    "create trigger searched_changed after update of words on searched begin"
    " update words_of_records set words = new.words where rowid = new.number; end",
    "create trigger searched_gone after delete on searched begin"
    " delete from words_of_records where rowid = old.number; end",
)
# A database has that once, and it may lie in another schema than these tables: where rows are rebuilt beside those in use.
OF_POSTGRESQL = (
    "create extension if not exists pg_trgm",
    "do $$ begin execute format('create index words_of_records on searched using gin (words %I.gin_trgm_ops)', "
    "(select extnamespace::regnamespace from pg_extension where extname = 'pg_trgm')); end $$",
)


def upgrade() -> None:
    table = op.create_table(
        "searched",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
        sa.UniqueConstraint("number"),
    )
    connection = op.get_bind()
    make_index(connection, OF_SQLITE if connection.dialect.name == "sqlite" else OF_POSTGRESQL)
    for statement in SOUGHT:
        for some in connection.execute(sa.text(statement)).partitions(AT_ONCE):
            rows = [
                {"subject": subject, "number": number_of(subject), "words": "\n".join(words)}
                for subject, *words in some
            ]
            connection.execute(sa.insert(table), rows)


def make_index(connection: Any, statements: tuple[str, ...]) -> None:
    """All of it, or nothing where the database cannot or this user may not: then all words are looked through."""
    with suppress(sa.exc.DBAPIError), connection.begin_nested():
        for statement in statements:
            op.execute(statement)

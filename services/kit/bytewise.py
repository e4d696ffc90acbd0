"""Texts in PostgreSQL that stand in the order of their bytes, as they do in SQLite, whatever the database's own order is.

By the order of a language two ids may be one, a page may begin where none ended, and no index serves the search for a beginning.
"""

from collections import defaultdict

from sqlalchemy import Connection, text

OTHERWISE = text("""
SELECT k.relname AS name, a.attname AS field, format_type(a.atttypid, a.atttypmod) AS type
FROM pg_attribute a JOIN pg_class k ON k.oid = a.attrelid JOIN pg_collation o ON o.oid = a.attcollation
CROSS JOIN (SELECT datcollate, to_jsonb(d) ->> 'datlocprovider' AS provider FROM pg_database d
  WHERE datname = current_database()) d
WHERE k.relkind = 'r' AND k.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
AND o.collname NOT IN ('C', 'POSIX')
AND NOT (o.collname = 'default' AND coalesce(d.provider, 'c') = 'c' AND d.datcollate IN ('C', 'POSIX'))
ORDER BY k.relname, a.attnum
""")
"""The columns of the schema that are in another order. A server before 15 has no provider but the C library."""


def order_by_bytes(connection: Connection) -> int:
    """Put every text of the schema in the order of its bytes; their indexes are built anew. Says how many columns were not."""
    if connection.dialect.name != "postgresql":
        return 0
    quote = connection.dialect.identifier_preparer.quote
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(OTHERWISE):
        found[row.name].append(f'ALTER COLUMN {quote(row.field)} TYPE {row.type} COLLATE "C"')
    for name, columns in found.items():
        connection.exec_driver_sql(f"ALTER TABLE {quote(name)} {', '.join(columns)}")
    return sum(map(len, found.values()))

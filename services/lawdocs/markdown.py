"""Markdown: tables, links between the generated pages and into the repository."""

from collections.abc import Iterable, Sequence
from os.path import relpath

HEADER = "<!-- Written by `make docs` from the data and the code. Do not edit. 由 `make docs` 生成，请勿手工修改。 -->\n"
FOLDER = "docs/law"


def page(title: str, *parts: str) -> str:
    return "\n".join([HEADER, f"# {title}", "", *parts]).rstrip() + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or a dash where there are no rows."""
    body = [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows]
    if not body:
        return "—\n"
    return "\n".join([f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}", *body]) + "\n"


def both(zh: str, en: str) -> str:
    return f"{zh}<br>{en}" if zh and en else zh or en


def code_link(anchor: str, page_path: str) -> str:
    """A link from a page to the file of `path::name`, showing the name."""
    path, _, name = anchor.partition("::")
    return f"[`{name}`]({relative(path, page_path)})"


def relative(path: str, page_path: str) -> str:
    """How a page of the documents reaches a path of the repository."""
    start = f"{FOLDER}/{page_path}".rpartition("/")[0]
    return relpath(path, start)


def statute_page(code: str) -> str:
    return f"statutes/{code.lower()}.md"

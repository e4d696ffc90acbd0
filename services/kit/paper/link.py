"""What the QR code of a paper holds."""

from typing import Any
from urllib.parse import urlencode

from services.kit.settings import Settings
from services.law.numbering import check_character


def link_of(settings: Settings, row: Any) -> str:
    """Where the QR code of a paper leads: the page that checks it. Without an address it holds number and hash alone."""
    public = str(settings.section("papers").get("public", "")).rstrip("/")
    if not public:
        return f"{row.number} {row.paper_id}".strip()
    asked = {"n": row.number, "c": check_character(row.number)} if row.number else {}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{public}/p/{settings.node}/{row.paper_id}{query}"

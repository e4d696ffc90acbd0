"""Papers that were issued are set in type beside the writer, and their files kept."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from services.enforcement.paper.model import CasePaper, PaperFile, PaperForm, PaperTemplate
from services.kit.paper.setting import Press, own_folder
from services.kit.paper.template import Shelf, tell_of_others
from services.kit.service import Running
from services.kit.settings import Settings
from services.law.numbering import check_character
from services.law.paper import PAPERS

SHELF = Shelf(
    Path(__file__).parent / "templates",
    tuple(PAPERS),
    ("paper.typ", "measure.typ", "enforcement.typ", "inspection.typ"),
)


def link_of(settings: Settings, row: Any) -> str:
    """Where the QR code of a paper leads: the page that checks it. Without an address it holds number and hash alone."""
    public = str(settings.section("papers").get("public", "")).rstrip("/")
    if not public:
        return f"{row.number} {row.paper_id}".strip()
    asked = {"n": row.number, "c": check_character(row.number)} if row.number else {}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{public}/p/{settings.node}/{row.paper_id}{query}"


PRESS = Press(
    CasePaper,
    PaperFile,
    PaperTemplate,
    PaperForm,
    SHELF,
    {kind: paper.zh for kind, paper in PAPERS.items()},
    link_of,
)


async def set_papers(running: Running) -> None:
    """For ever. A file of the city's own folder that sets no paper of a department is told of."""
    tell_of_others(own_folder(running.settings), (*SHELF.shared, *(f"{kind}.typ" for kind in PAPERS)))
    await PRESS.set_papers(running)

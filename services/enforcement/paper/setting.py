"""Papers that were issued are set in type beside the writer, and their files kept."""

from pathlib import Path

from services.enforcement.paper.model import CasePaper, PaperFile, PaperForm, PaperTemplate
from services.kit.paper.link import link_of
from services.kit.paper.setting import Press, own_folder
from services.kit.paper.template import Shelf, tell_of_others
from services.kit.service import Running
from services.law.paper import PAPERS

SHELF = Shelf(
    Path(__file__).parent / "templates",
    tuple(PAPERS),
    ("paper.typ", "measure.typ", "enforcement.typ", "inspection.typ", "permit.typ"),
)


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

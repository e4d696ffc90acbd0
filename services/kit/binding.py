"""The law that binds at a node, as its settings name it: read without a database or a network."""

from functools import lru_cache
from pathlib import Path

from services.kit.settings import BadSettings, Settings
from services.law.judged import refuse_unjudged
from services.law.layer import toml_files
from services.law.parameters import Layers, load_layers, national, shipped


def binding(settings: Settings) -> tuple[Layers, dict[str, str]]:
    """The layers of a node, and the packs of fields that no pack names itself.

    Raises BadSettings, ValueError for a bad layer file.
    `[law] layers` are the files or folders of province, city, packs and the agency itself, or the names of such as are shipped;
    `layer` is the city's by name.
    `[law.sectors]` names the pack of bodies of fields that no pack names itself.
    """
    law = settings.section("law")
    files = [shipped(f) or settings.path.parent / f for f in law.get("layers", ())]
    contents = tuple(each.read_bytes() for file in files for each in toml_files(file))
    layers = _layers(tuple(files), contents, law.get("layer", ""), settings.kind == "city")
    sectors = dict(law.get("sectors", {}))
    if unknown := {name for name in sectors.values() if name} - {*layers.sectors}:
        raise BadSettings(f"{settings.path}: [law] there is no sector {min(unknown)}")
    return layers, sectors


@lru_cache(16)
def _layers(files: tuple[Path, ...], _contents: tuple[bytes, ...], name: str, of_city: bool) -> Layers:
    """The layers of a node, read once for all of its services: what is worked out from them is worked out once too."""
    layers = refuse_unjudged(load_layers(files, name)) if files else Layers(national())
    # what an agency orders for itself is nobody else's: the city holds no department to it
    return layers.without_agency() if of_city else layers

"""Whose rules bind in a city of the tests: the nation's, the province's, the example city's and the example agency's."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from services.law.layer import Parameter
from services.law.parameters import Layers, load_layers, shipped
from tests.trust import PLAIN

CITY_LAYER = "example-city"
LAYERS = ("guangdong", CITY_LAYER, "example-agency")
SECTION = {"layers": list(LAYERS), "layer": CITY_LAYER}
"""The [law] section of a node of that city."""
LAW_TOML = f'[law]\nlayers = {json.dumps(LAYERS)}\nlayer = "{CITY_LAYER}"\n'
"""The same, as it stands in a node's file."""
TOML = LAW_TOML + PLAIN
"""The same in the file of a node that speaks plain text."""


def example_law() -> Layers:
    """What binds at a node of that city."""
    return load_layers([file for name in LAYERS if (file := shipped(name))], CITY_LAYER)


def also_set(layers: Layers, numbers: Mapping[str, Parameter]) -> Layers:
    """The same, with numbers that the city sets besides."""
    city = layers.layer(CITY_LAYER)
    assert city is not None, "no example city"
    city = replace(city, parameters={**city.parameters, **numbers})
    return Layers(layers.national, layers.layer("guangdong"), city, agency=layers.agency)


def layer_file(folder: Path, name: str) -> Path:
    """A copy of a shipped layer in a folder."""
    file = shipped(name)
    assert file is not None, name
    copy = folder / file.name
    copy.write_bytes(file.read_bytes())
    return copy

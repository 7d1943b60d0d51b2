"""A Cluster that was there before: its maker's settings stay, unless others are asked for in words."""

from function.app import Manifest
from function.components.database.api import Database

WORDS = {
    "instances": {"instances"},
    "resources": {"resources"},
    "backup": {"plugins", "serviceAccountTemplate"},
    "pooler": {"certificates"},
}
"""Field of the database → what of a Cluster's spec it decides."""
HELD = {"bootstrap", "imageName", "storage"}
"""Always stated, and as they are: no default ever decides over data."""


def in_words(spec: Manifest, asked: Database) -> Manifest:
    """Of a Cluster's spec only what holds its data, and what a developer asks for.

    What we don't state stays its maker's: server-side apply leaves it alone. A default would make a
    database that ran with 16Gi run with 1Gi.
    """
    words = {key for field in WORDS.keys() & asked.model_fields_set for key in WORDS[field]}
    stated = {key: value for key, value in spec.items() if key in HELD | words}
    named = set(asked.parameters) | ({"shared_buffers"} if "resources" in words else set())
    parameters = spec["postgresql"]["parameters"]
    own = {name: value for name, value in parameters.items() if name in named}
    return stated | ({"postgresql": {"parameters": own}} if own else {})

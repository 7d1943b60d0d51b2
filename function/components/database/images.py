"""PostgreSQL's images: which one a database runs, and what it has."""

import re

from function.api.database import Database
from function.api.platform import IMAGES
from function.database_facts import DatabaseFacts
from function.place import Place

OWN = re.compile(r"ghcr\.io/cloudnative-pg/postgresql:[^@]*-(standard|system)-[a-z]+(@.*)?")
"""Images of CloudNativePG with all its extensions. `minimal` has none; those of other images are unknown."""

DIGITS = 18
"""Most digits of a number in a tag: Go reads no number of 20, and so CloudNativePG has no major then."""


def image_of(place: Place, asked: Database, version: int, facts: DatabaseFacts) -> str | None:
    """The image of a database of a major: the platform's, else the one that runs, else the built-in one.

    An adopted Cluster keeps its maker's image, which may have other extensions, until its major is written.
    """
    running = facts.image if major(facts.image) == version else None
    if running and facts.adopted and asked.version is None:
        return running
    return place.platform.database.image(version) or running or IMAGES.get(version)


def major(image: str | None) -> int | None:
    """The PostgreSQL major of an image: the number at the beginning of its tag.

    As CloudNativePG reads it: machinery 0.5, pkg/image/reference and pkg/postgres/version. A colon before
    the last slash is a registry's port, and a digest isn't a tag.
    """
    named = re.sub(r"@sha256:[a-fA-F0-9]+$", "", image or "")
    tag = re.search(r":([^/]+)$", named)
    version = re.match(r"([0-9]\.?)+", tag[1]) if tag else None
    numbers = version[0].split(".") if version else [""]
    # CloudNativePG doesn't take a number with a point at its end: it expects the minor behind the point.
    return int(numbers[0]) if all(numbers[:2]) and len(numbers[0]) <= DIGITS else None

"""Extensions that need the Platform's word: CloudNativePG creates them as superuser."""

from function.api.database import Database
from function.components.database.known_extensions import ADDED, CONTRIB, MODULES, OF_MAJORS
from function.place import Place

DANGEROUS = {
    "file_fdw": "reads files and runs programs on the database server",
    "adminpack": "writes files on the database server",
    "dblink": "opens network connections from the database server",
    "postgres_fdw": "opens network connections from the database server",
    "pg_surgery": "can destroy rows",
}
"""Of PostgreSQL's own extensions those that need the word, and why: their pages in its manual."""
HARMLESS = (CONTRIB | ADDED | MODULES | OF_MAJORS.keys()) - DANGEROUS.keys()
"""The others of PostgreSQL and CloudNativePG. They add types, indexes, functions and views."""


def unallowed_extensions(place: Place, asked: Database) -> list[str]:
    """Why extensions are refused, as sentences.

    What comes with an image of the platform's own may be an untrusted language, or reach files and the
    network: only known extensions need no word.
    """
    allowed = HARMLESS.union(place.platform.database.allowed_extensions)
    return [
        f"spec.database.extensions: {name} {DANGEROUS.get(name, 'may reach more than the database')}, and "
        "CloudNativePG creates it as superuser: the platform team must allow it in the Platform's "
        "database.allowedExtensions"
        for name in asked.extensions
        if name not in allowed
    ]

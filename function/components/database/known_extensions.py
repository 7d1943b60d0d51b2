"""The extensions that CloudNativePG's images have, and what to write for one that they don't."""

import difflib
import re

from function.api.database import Database
from function.components.database.hold import hold_version
from function.components.database.images import OWN, image_of
from function.database_facts import DatabaseFacts
from function.place import Place

CONTRIB = frozenset(
    """
    amcheck autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw
    fuzzystrmatch hstore insert_username intagg intarray isn lo ltree moddatetime pageinspect pg_buffercache
    pg_freespacemap pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto
    pgrowlocks pgstattuple plpgsql postgres_fdw refint seg sslinfo tablefunc tcn tsm_system_rows
    tsm_system_time unaccent uuid-ossp xml2
    """.split()  # noqa: SIM905  # A list of fifty strings would fill the page.
)
"""PostgreSQL's own extensions, in all majors from 15 to 18. Those for PL/Perl and PL/Python are elsewhere."""
OF_MAJORS = {"adminpack": (15, 16), "old_snapshot": (15, 16), "pg_logicalinspect": (18,)}
"""PostgreSQL's own extensions of only some majors."""
ADDED = frozenset({"pgaudit", "vector"})
"""What the standard image adds: `extensions` in postgres-containers' docker-bake.hcl, without a module."""
MODULES = frozenset({"auto_explain", "pg_failover_slots"})
"""Modules that CloudNativePG loads for their parameters, and that no database creates."""

PACKAGE = re.compile(r"(postgresql-([0-9]+-)?)?(?P<name>.+?)(-[0-9.]+)?")
"""Names of Linux packages: postgresql-17-pgvector, or pgvector-17."""
RENAMED = {"pgvector": "vector"}
"""Extensions that have another name than their package."""


def extensions_of(version: int) -> frozenset[str]:
    """The extensions that CloudNativePG's standard image of a major has."""
    return CONTRIB | ADDED | {name for name, majors in OF_MAJORS.items() if version in majors}


def unknown_extensions(place: Place, asked: Database, facts: DatabaseFacts) -> list[str]:
    """Why extensions are refused. Nothing is refused where the extensions of the image are unknown."""
    version, _ = hold_version(place, asked, facts)
    if version is None or facts.catalog or facts.state == "unanswered":
        return []
    if not OWN.fullmatch(image_of(place, asked, version, facts) or ""):
        return []
    known = extensions_of(version)
    missing = [name for name in asked.extensions if name not in known]
    messages = [f"spec.database.extensions: {instead(name, version, known)}" for name in missing]
    if "pgaudit" in asked.extensions and not any(name.startswith("pgaudit.") for name in asked.parameters):
        messages.append(
            "spec.database.extensions: pgaudit must be loaded before it is created, which a parameter of its "
            "own does: write database.parameters, such as pgaudit.log: ddl"
        )
    return messages


def instead(name: str, version: int, known: frozenset[str]) -> str:
    """The remedy for an extension that an image doesn't have."""
    if name in MODULES:
        return f"{name} isn't created, its parameters alone load it: write {name}.… in database.parameters"
    if packaged := PACKAGE.fullmatch(name):
        within = RENAMED.get(packaged["name"], packaged["name"])
        if within in known:
            return f"{name} is a package; write {within}, as CREATE EXTENSION does"
    near = difflib.get_close_matches(name, sorted(known), n=1)
    hint = f", did you mean {near[0]}? If not," if near else ";"
    return (
        f"CloudNativePG's image of PostgreSQL {version} has no {name}{hint} the platform team can name an "
        "image that has it in the Platform's database.images, and allow it in database.allowedExtensions"
    )

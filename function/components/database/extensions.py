"""Extensions in the database."""

from function.app import App, Manifest, Object
from function.components.database.api import Database
from function.components.database.client import COMPONENT
from function.read import at, items, number, text


def extensions(app: App, database: Database) -> Manifest:
    """CloudNativePG's Database, for its extensions. Whatever happens to it, the database stays."""
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Database",
        "metadata": app.metadata(COMPONENT),
        "spec": {
            "cluster": {"name": app.named(COMPONENT)},
            "name": database.name,
            "owner": database.name,
            "databaseReclaimPolicy": "retain",
            "extensions": [{"name": name, "ensure": "present"} for name in database.extensions],
        },
    }


def created(database: Object, *, asleep: bool) -> str:
    """Why not all extensions are there. CloudNativePG creates them once the database is awake."""
    if asleep:
        return ""
    if number(database, "status", "observedGeneration") < number(database, "metadata", "generation"):
        return "extensions not created yet"
    told = [*items(database, "status", "extensions"), at(database, "status")]
    wrong = [text(one, "message") for one in told if at(one, "applied") is False]
    if wrong or at(database, "status", "applied") is not True:
        return f"extensions: {next(filter(None, wrong), 'not created yet')}"
    return ""

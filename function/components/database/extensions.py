"""Extensions in the database."""

from function.app import App, Object
from function.components.database.keys import COMPONENT
from function.effective_database import EffectiveDatabase
from function.place import Manifest
from function.read import at, items, number, text


def extensions(app: App, database: EffectiveDatabase) -> Manifest:
    """CloudNativePG's Database object, for its extensions. The database stays when it is deleted."""
    return {
        "apiVersion": "postgresql.cnpg.io/v1",
        "kind": "Database",
        "metadata": app.metadata(COMPONENT),
        "spec": {
            "cluster": {"name": app.named(COMPONENT)},
            "name": database.name,
            "owner": database.name,
            # Deleting this object must not drop the database that it names.
            "databaseReclaimPolicy": "retain",
            "extensions": [{"name": name, "ensure": "present"} for name in database.extensions],
        },
    }


def extensions_problem(database: Object, *, asleep: bool) -> str:
    """Why not all extensions exist; empty if they do. While the database is asleep, none is waited for."""
    if asleep:
        return ""
    if number(database, "status", "observedGeneration") < number(database, "metadata", "generation"):
        return "extensions not created yet"
    results = [*items(database, "status", "extensions"), at(database, "status")]
    failures = [text(result, "message") for result in results if at(result, "applied") is False]
    if failures or at(database, "status", "applied") is not True:
        return f"extensions: {next(filter(None, failures), 'not created yet')}"
    return ""

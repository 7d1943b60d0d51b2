"""The database as a developer wrote it, also after its removal."""

import pydantic

from function.api.database import Database
from function.app import App
from function.database_facts import DatabaseFacts


def requested(app: App) -> Database:
    """The database as it is asked for, or was last."""
    return app.asked.database or last_requested(app.facts.database)


def last_requested(facts: DatabaseFacts) -> Database:
    """The database as it was last asked for. If no record can be read, the holds and the instances remain."""
    try:
        return Database.model_validate_json(facts.last_requested or "")
    except pydantic.ValidationError:
        return Database().model_copy(update={"instances": facts.instances})

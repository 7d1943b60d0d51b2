"""What others do while the database isn't up."""

from function.app import App, Seen
from function.components.database.kept import KEY
from function.read import number


def hibernates(app: App) -> bool:
    """Whether the database is to sleep."""
    return app.spec.database is not None and bool(app.spec.database.hibernate)


def serves(seen: Seen) -> bool:
    """Whether an instance is ready."""
    return number(seen.objects.get(KEY), "status", "readyInstances") > 0

"""Stories of people with a browser, told in `browser/stories`."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.golden_path.processes import checked_output, program_path
from tests.golden_path.stack import Site, installed

BROWSER = Path(__file__).parent / "browser"
SEED = """\
TRUNCATE notes;
INSERT INTO notes (text, author, created_at)
SELECT 'Seeded note ' || lpad(i::text, 2, '0'), 'grace', now() - (26 - i) * interval '1 hour'
FROM generate_series(1, 25) AS i ORDER BY i
"""
NEW = "SELECT text, author FROM notes WHERE text NOT LIKE 'Seeded%' ORDER BY id"

Tell = Callable[[str], list[list[str]]]
"""Tells a story on freshly seeded notes. Returns those that it leaves, and whose they are."""


def teller(site: Site, node: Mapping[str, str], folder: Path) -> Tell:
    """Who tells stories of a site. Pictures go to NODEAPP_ARTIFACTS, else to the folder."""
    artifacts = Path(os.environ.get("NODEAPP_ARTIFACTS", folder)) / "browser"
    artifacts.mkdir(parents=True, exist_ok=True)
    where = {
        "SITE_ORIGIN": site.origin,
        "SITE_ISSUER": site.app.ports.oidc,
        "SITE_CHROMIUM": program_path("chromium", "chromium"),
        "SITE_ARTIFACTS": str(artifacts),
    }
    installed(BROWSER, node)

    def tell(name: str) -> list[list[str]]:
        site.app.database.sql(SEED)
        command = ["node", "--test", "--test-reporter=spec", f"stories/{name}.test.js"]
        checked_output(command, within=300, env={**node, **where}, cwd=BROWSER)
        return site.app.database.sql(NEW)

    return tell

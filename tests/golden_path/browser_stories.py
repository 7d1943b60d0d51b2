"""Stories of people with a browser, told in `browser/stories`."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.golden_path.processes import checked_output, program_path
from tests.golden_path.stack import Site, installed

BROWSER = Path(__file__).parent / "browser"
SEED = """\
TRUNCATE notes;
INSERT INTO people VALUES ('grace', 'Grace') ON CONFLICT DO NOTHING;
INSERT INTO notes (text, author, created_at, updated_at)
SELECT 'Seeded note ' || lpad(i::text, 2, '0'), 'grace', at, at
FROM generate_series(1, 25) AS i, LATERAL (SELECT now() - (26 - i) * interval '1 hour' AS at) AS t ORDER BY i
"""
NEW = "SELECT text, author FROM notes WHERE text NOT LIKE 'Seeded%' ORDER BY id"

PICTURED = """\
TRUNCATE notes;
INSERT INTO people VALUES ('ada', 'Ada'), ('grace', 'Grace') ON CONFLICT DO NOTHING;
INSERT INTO notes (text, author, created_at, updated_at)
SELECT text, author, now() - age::interval, now() - age::interval + edited::interval FROM (VALUES
  ('Orders are up 12 % on last week. The new checkout is live since Monday.', 'grace', '2 days', '0'),
  ('The import ran late: the supplier sent two files. Both are in.', 'ada', '26 h', '0'),
  ('Release 1.4 is in production. Revert the commit if pages get slow.', 'grace', '5 h', '9 min'),
  ('Numbers for the board meeting are final. The targets stay until Friday.', 'ada', '40 min', '0')
) AS written (text, author, age, edited)
"""
"""Notes for pictures that people look at."""

Tell = Callable[..., list[list[str]]]
"""Tells a story, by its name, on freshly seeded notes. Returns those that it leaves, and whose they are."""


def artifacts(site: Site) -> Path:
    """Where pictures of a site go: under NODEAPP_ARTIFACTS, else into its folder."""
    made = Path(os.environ.get("NODEAPP_ARTIFACTS", site.app.folder)) / "browser"
    made.mkdir(parents=True, exist_ok=True)
    return made


def teller(site: Site, node: Mapping[str, str]) -> Tell:
    """Who tells stories of a site."""

    def tell(name: str, seed: str = SEED) -> list[list[str]]:
        site.app.database.sql(seed)
        run_story(name, site.origin, site.app.ports.oidc, artifacts(site), node)
        return site.app.database.sql(NEW)

    return tell


def run_story(name: str, origin: str, issuer: str, folder: Path, node: Mapping[str, str]) -> None:
    """Tell a story of the app at an origin. Pictures go to the folder."""
    where = {
        "SITE_ORIGIN": origin,
        "SITE_ISSUER": issuer,
        "SITE_CHROMIUM": program_path("chromium", "chromium"),
        "SITE_ARTIFACTS": str(folder),
    }
    installed(BROWSER, node)
    command = ["node", "--test", "--test-reporter=spec", f"stories/{name}.test.js"]
    checked_output(command, within=300, env={**node, **where}, cwd=BROWSER)

"""Record what CloudNativePG's parser makes of schedules: `python -m tests.robfig`. Needs Go."""

import json
import random
import subprocess
from pathlib import Path

from tests import arguments
from tests.tools import tool

HERE = Path(__file__).parent
RECORDED = HERE / "verdicts.json"
HOW_MANY = 1500
ANY = "* * * ? */2 */1 */9 ?/3 *,1"
BAD = "x 60 -1 1- 1-2-3 1/0 1/-1 1/2/3 5-1 2-1/3 0x1 1.5 L 1#2 @daily"
FIELDS = (
    "0 00 59 007 5-10 0-59/15 */15 1,2,3 30/10 10-10",
    "0 2 23 02 0-23/2 22-2 20/2",
    "1 28 29 30 31 0 32 30-31 31-31 29-31 30,31 29/1 2/31 31/5 */31 1,31",
    "1 2 12 0 13 feb FEB Feb jan-dec nov-jan sep-4 4-sep 02 2/11 apr,jun 4,6 9,11,02 2-2 feb-3 february 2/5",
    "0 6 7 1-5 sun SUN Sat sat-sun fri-mon MON-FRI mon-5 5-mon sat,sun 0-6 */7 6/1 sunday mon-fri/2 SAT-0",
)
"""Items of each field, of which some are wrong."""
SPACES = [" ", " ", " ", "  ", "\t", " \t ", "\n"]


def drawn(source: random.Random) -> str:
    """A schedule, of which most fields are right."""
    fields = [source.choice(source.choices([ANY, pool, BAD], [8, 8, 0.2])[0].split()) for pool in FIELDS]
    count = source.choices([5, 3, 6, 0], [100, 1, 1, 1])[0]
    return source.choice(SPACES).join([*fields, "*"][:count]) + source.choice(["", "", "", " ", "\n"])


def main() -> None:
    """Ask, and keep the answers."""
    source = random.Random(0)  # noqa: S311  # The same ones each time.
    schedules = sorted({drawn(source) for _ in range(HOW_MANY)})
    asked = "".join(json.dumps(each) + "\n" for each in schedules)
    command = [tool("go"), "run", "."]
    verdicts = subprocess.check_output(command, cwd=HERE, input=asked, text=True).split()  # noqa: S603  # Ours.
    RECORDED.write_text(json.dumps(dict(zip(schedules, verdicts, strict=True)), indent=0) + "\n")


if __name__ == "__main__":
    arguments.none("tests.robfig", __doc__)
    main()

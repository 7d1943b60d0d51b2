"""Write example/dashboard-deploy anew: what the template makes of the example's form."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import arguments
from tests.generate import ROOT
from tests.golden_path.scaffolding import clone, contents, node_env, scaffold


def main() -> None:
    """Scaffold, and keep the deploy repository's files."""
    with TemporaryDirectory() as scratch:
        folders = [Path(scratch, name) for name in ("bin", "work", "clones")]
        for folder in folders:
            folder.mkdir()
        binaries, work, clones = folders
        report = scaffold(node_env(binaries), work)
        if report["run"]["status"] != "completed":
            sys.exit("\n".join(report["run"]["log"]))
        made = clone(report, clones) / "dashboard-deploy"
        example = ROOT / "example" / "dashboard-deploy"
        shutil.rmtree(example, ignore_errors=True)
        for name in contents(made):
            (example / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(made / name, example / name)


if __name__ == "__main__":
    arguments.none("tests.golden_path", __doc__)
    main()

"""nodeapp diff with a revision that has links."""

from pathlib import Path

from tests.console import NODEAPP, Console
from tests.git import begin


def test_a_link_out_of_the_repository_is_left_out(shell: Console) -> None:
    """A revision with a link to an absolute path is compared like others. Nothing behind the link is read."""
    shell.write("app/nodeapp.yaml", NODEAPP)
    Path("elsewhere").symlink_to(Path.cwd().parent)
    begin(Path())
    shell.write("app/nodeapp.yaml", NODEAPP.replace("shop:1.0", "shop:1.1"))

    done = shell.run("diff", "HEAD", "--in", "app/nodeapp.yaml")

    assert "ghcr.io/acme/shop:1.0 becomes ghcr.io/acme/shop:1.1" in done.stdout
    assert done.exit_code == 0

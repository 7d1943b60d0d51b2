"""nodeapp diff with a revision: which of its files are read, and what they are called."""

import os
from pathlib import Path

import pytest

from tests.console import NODEAPP, Console
from tests.git import begin, git

NEWER = NODEAPP.replace("shop:1.0", "shop:1.1")
MOVED = "ghcr.io/acme/shop:1.0 becomes ghcr.io/acme/shop:1.1"


@pytest.fixture
def repository(shell: Console) -> Console:
    """A repository with one commit of two apps, and an edit of the first one."""
    shell.write("apps/a/nodeapp.yaml", NODEAPP)
    shell.write("apps/b/nodeapp.yaml", NODEAPP.replace("name: shop", "name: cafe"))
    shell.write("broken.yaml", "kind: [")
    begin(Path.cwd())
    shell.write("apps/a/nodeapp.yaml", NEWER)
    return shell


def test_every_way_to_write_a_path_means_the_revision(repository: Console) -> None:
    """An absolute path, or one with .., is looked up in the revision, not in the files."""
    here = Path.cwd()
    for inside in ("./apps/a/", "apps/b/../a", f"{here}/apps/a", f"../{here.name}/apps/a"):
        done = repository.run("diff", "HEAD", "--in", inside)

        assert MOVED in done.stdout, done.stderr
        assert "cafe" not in done.stdout


def test_nothing_outside_of_the_repository_is_read(repository: Console) -> None:
    """One sentence, and exit code 2."""
    for arguments in (("HEAD", "--in", "/etc"), ("HEAD:../../etc",), ("HEAD:/etc/passwd",)):
        done = repository.run("diff", *arguments)

        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.endswith(f": is outside of the Git repository {Path.cwd().resolve()}\n")


def test_a_path_in_a_revision_is_compared_with_the_same_path(
    repository: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without NEW and --in, the other apps of the repository aren't new ones."""
    done = repository.run("diff", "HEAD:apps/a/nodeapp.yaml")
    assert MOVED in done.stdout
    assert "cafe" not in done.stdout

    monkeypatch.chdir("apps")
    assert MOVED in repository.run("diff", "HEAD:./a").stdout


def test_a_problem_in_a_revision_has_its_name(repository: Console) -> None:
    """Git's name of the file, and not that of a temporary folder."""
    done = repository.run("diff", "HEAD", "--in", "broken.yaml")

    assert done.stderr.startswith("Error: HEAD:broken.yaml:2:1: isn't YAML: ")


def test_a_name_of_a_branch_and_a_folder_is_refused(repository: Console) -> None:
    """As Git refuses it: either answer would be wrong for somebody."""
    Path("main").mkdir()

    done = repository.run("diff", "main", "--in", "apps")

    assert done.stderr == (
        "Error: main: is in the working directory, and is a revision too: write ./main for the files, "
        "or refs/heads/main for the branch\n"
    )
    assert done.exit_code == 2
    assert MOVED in repository.run("diff", "refs/heads/main", "--in", "apps").stdout


def test_a_shallow_clone_says_so(
    repository: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is what a pull request's check meets first."""
    git(Path.cwd(), "commit", "--quiet", "--all", "--message", "edit")
    git(Path.cwd(), "clone", "--quiet", "--depth", "1", f"file://{Path.cwd()}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")

    done = repository.run("diff", "HEAD^")

    assert done.stderr.endswith(
        "here: the clone is shallow; fetch what it lacks, such as by fetch-depth: 0 of actions/checkout\n"
    )
    assert done.exit_code == 2


def test_a_range_is_no_revision(repository: Console) -> None:
    """Who writes it as for git diff is told how to write it here."""
    done = repository.run("diff", "main..HEAD")

    assert done.stderr.endswith(": name both revisions, as in nodeapp diff main feature\n")
    assert done.exit_code == 2


def test_a_bare_repository_has_revisions(
    repository: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a server's hook has one."""
    git(Path.cwd(), "commit", "--quiet", "--all", "--message", "edit")
    git(Path.cwd(), "clone", "--quiet", "--bare", os.curdir, str(tmp_path / "bare"))
    monkeypatch.chdir(tmp_path / "bare")

    assert MOVED in repository.run("diff", "main^", "main", "--in", "apps").stdout


def test_what_git_refuses_is_repeated(repository: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository of somebody else, as in a container of CI, with Git's own remedy."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    done = repository.run("diff", "HEAD")

    assert "detected dubious ownership" in done.stderr
    assert "git config --global --add safe.directory" in done.stderr
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)


def test_an_app_of_two_clusters_is_two(shell: Console) -> None:
    """The same app in two files is compared in each of them. None is left out."""
    for cluster in ("eu", "us"):
        shell.write(f"before/{cluster}/nodeapp.yaml", NODEAPP)
        shell.write(f"after/{cluster}/nodeapp.yaml", NEWER if cluster == "eu" else NODEAPP)

    done = shell.run("diff", "before", "after")

    assert "NodeApp shop/shop in eu/nodeapp.yaml\n  Restarts:" in done.stdout
    assert "NodeApp shop/shop in us/nodeapp.yaml\n  Nothing changes.\n" in done.stdout


def test_a_fleet_in_one_folder_has_the_apps_of_all_clusters(shell: Console) -> None:
    """Each counts."""
    for cluster in ("eu", "us"):
        shell.write(f"apps/{cluster}/nodeapp.yaml", NODEAPP)
    platform = (
        "apiVersion: nodeapp.platform.io/v1beta1\nkind: Platform\nmetadata: {name: default}\nspec: {}\n"
    )
    shell.write("platform.yaml", platform)

    done = shell.run("diff", "--platform", "platform.yaml", "platform.yaml", "apps")

    assert done.stdout == "2 apps: nothing changes\n"


def test_an_app_that_a_file_has_twice_is_refused(shell: Console) -> None:
    """Nobody knows which of the two counts."""
    shell.write("before.yaml", NODEAPP)
    shell.write("after.yaml", f"{NODEAPP}---\n{NEWER}")

    done = shell.run("diff", "before.yaml", "after.yaml")

    assert done.stderr == "Error: after.yaml:14:3: metadata.name: is there twice: NodeApp shop/shop\n"
    assert done.exit_code == 1

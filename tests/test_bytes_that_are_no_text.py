"""What the system hands the CLI needn't be UTF-8: names of folders, and what other programs say."""

import os
import sys
from pathlib import Path

import pytest

from function.cli.fleet.servers import running
from function.cli.fleet.sources import Release
from function.cli.sources import UnusableError
from tests.console import Console, head
from tests.git import begin

LAST_WORDS = "import sys; sys.stderr.buffer.write('gehört jemandem'.encode('latin-1')); sys.exit(1)"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_repository_in_a_folder_whose_name_is_no_text(
    shell: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its revisions are compared as anywhere else."""
    folder = tmp_path / os.fsdecode(b"f\xfcr\xe2\x80\xa8 alle")
    folder.mkdir()
    monkeypatch.chdir(folder)
    shell.write("nodeapp.yaml", head())
    begin(folder)

    done = shell.run("diff", "HEAD")

    assert (done.stderr, done.exit_code) == ("", 0)
    assert "Nothing changes." in done.stdout


def test_a_release_whose_last_words_are_no_text(tmp_path: Path) -> None:
    """They are shown as far as they are text."""
    (tmp_path / "function").mkdir()
    (tmp_path / "function" / "__init__.py").touch()
    (tmp_path / "function" / "main.py").write_text(LAST_WORDS, encoding="utf-8")

    with (
        pytest.raises(UnusableError, match=r"its function doesn't start.*geh�rt jemandem"),
        running(Release("old", tmp_path, frozenset()), Path(sys.executable)),
    ):
        pass

"""nodeapp diff for a comment on a pull request, and for programs."""

import json

from tests.console import Console
from tests.diffs import edited


def test_markdown_escapes_what_it_quotes(shell: Console) -> None:
    """A comment has a mark by which it is found again, and no value of a spec becomes mark-up."""
    done = edited(shell, ("LOG_LEVEL: info", "LOG_LEVEL: '```'"), options=("--format", "markdown"))

    lines = done.stdout.splitlines()
    assert lines[0] == "<!-- nodeapp diff -->"
    assert "- Deployment shop-backend: variables LOG\\_LEVEL" in lines
    assert "````diff" in lines
    assert lines.count("````") == 1


def test_json_is_for_programs(shell: Console) -> None:
    """Every change has a kind and a message."""
    done = edited(shell, ("20Gi", "40Gi"), options=("--format", "json"))

    [app] = json.loads(done.stdout)
    assert app["app"] == {"place": "", "namespace": "shop", "name": "shop"}
    assert [change["kind"] for change in app["changes"]] == ["irreversible"]
    assert "+    size: 40Gi" in app["objects"]

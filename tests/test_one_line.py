"""A problem is one line, whatever is written: no key makes it look like another one."""

import pytest

from tests.console import Console, spec
from tests.refusals import refusal
from tests.simulator import APP

KEY = r'"\e[31mimage\napp.yaml:1:1: spec: is fine"'
SHOWN = r"\x1b[31mimage\napp.yaml:1:1: spec: is fine"


@pytest.mark.parametrize("arguments", [(), ("--format", "github")])
def test_a_key_can_not_end_a_line_or_move_the_cursor(shell: Console, arguments: tuple[str, ...]) -> None:
    """In the report of a check, and in GitHub's."""
    app = shell.write("app.yaml", spec(f"team: web\nbackend: {{{KEY}: x}}\n"))

    done = shell.run("check", *arguments, app)

    problem, count = done.stdout.splitlines()
    assert f"spec.backend.{SHOWN}: is unknown; " in problem
    assert count == "1 problem"


def test_a_condition_is_one_line() -> None:
    """The key is shown as YAML would write it."""
    backend = APP["backend"] | {"env": {"A\nB": 1}}
    assert refusal(APP | {"backend": backend}, {}).startswith("spec.backend.env.A\\nB: must be text; ")

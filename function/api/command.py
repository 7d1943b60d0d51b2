"""Commands of containers: lists of words."""

import re
from typing import Annotated

from pydantic import Field

from function.api.model import Rule

Words = Annotated[list[Annotated[str, Field(max_length=4096)]], Field(min_length=1, max_length=64)]

ONE_WORD = "must have each word as an item of its own: [npm, run, migrate], not [npm run migrate]"
SHELL = r"-[a-z]*c"
"""The option of a shell whose next word is a whole script."""


def one_string(words: list[str] | None) -> bool:
    """Whether arguments are one string with spaces."""
    return words is not None and len(words) == 1 and " " in words[0].strip()


BLANK = r"[ \t\r\n]"

Command = Annotated[
    Words,
    Rule(
        "self[0].trim() != ''", lambda words: bool(words[0].strip()), "must begin with a program, such as npm"
    ),
    # No program has a name with a blank, whatever follows: [node server.js, --port=80] fails in the pod too.
    Rule(f"!self[0].matches(r'{BLANK}')", lambda words: not re.search(BLANK, words[0]), ONE_WORD),
]


def ends_in_shell(command: list[str] | None) -> bool:
    """Whether a command ends in a shell's -c: then its argument is a script, in one string."""
    return bool(command and re.fullmatch(SHELL, command[-1]))


ARGS_IN_ONE_STRING = Rule(
    "!has(self.args) || self.args.size() != 1 || !self.args[0].trim().contains(' ') || "
    f"(has(self.command) && self.command[self.command.size() - 1].matches('^{SHELL}$'))",
    lambda workload: not one_string(workload.args) or ends_in_shell(workload.command),
    "args must have each word as an item of its own: [--port, 8080], not [--port 8080]",
)
"""A rule of a model with command and args."""

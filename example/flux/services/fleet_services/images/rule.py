"""Which images are moved: only those that automation itself wrote last.

Flux's ImageUpdateAutomation writes the newest image again whenever another one is there, so it undoes a git
revert within a minute. Here, a line is moved only if it still has the image that automation put there last.
A revert, or any other edit by hand, ends that by itself, and only another edit restores it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LINE = re.compile(
    r"""^(?P<before>[^#\n]*?:[ ]+)(?P<value>""|''|"[^"\s]+"|'[^'\s]+'|[^\s"'#]+)"""
    r"""(?P<after>[ ]+\#[ ]*\{"\$imagepolicy":[ ]*"(?P<policy>[^":]+:[^":]+)"\}[ ]*\r?)$""",
    re.MULTILINE,
)
"""A line with an image and its policy. One with another word before the policy, such as pinned, isn't one."""

TRAILER = "Image-Automation"
"""Lines of a commit message with what automation put into the file: policy=image."""


@dataclass
class Moves:
    """What becomes of a file."""

    text: str
    moved: dict[str, str] = field(default_factory=dict)
    """Policy → the image that it gets."""
    kept: dict[str, str] = field(default_factory=dict)
    """Policy → the image that a person put there."""
    policies: set[str] = field(default_factory=set)
    """All policies in the file."""


def moves(text: str, newest: Mapping[str, str], last: Mapping[str, str]) -> Moves:
    """Move images to the newest ones.

    `newest`: policy → the image that it selects. `last`: policy → the image that automation put there last.
    An empty image is always replaced: it is the first one, or a person asked for it.
    """
    result = Moves(text)

    def moved(line: re.Match[str]) -> str:
        policy, value = line["policy"], line["value"].strip("\"'")
        result.policies.add(policy)
        image = newest.get(policy)
        if image is None or image == value:
            return line[0]
        if value and value != last.get(policy):
            result.kept[policy] = value
            return line[0]
        result.moved[policy] = image
        return f"{line['before']}{image}{line['after']}"

    result.text = LINE.sub(moved, text)
    return result


def message(environment: str, moved: Mapping[str, str], last: Mapping[str, str]) -> str:
    """The message of a commit, which remembers what automation put into the file."""
    names = ", ".join(
        f"{policy.partition(':')[2]} {image.rpartition(':')[2]}" for policy, image in moved.items()
    )
    trailers = "\n".join(f"{TRAILER}: {policy}={image}" for policy, image in {**last, **moved}.items())
    return f"feat({environment}): deploy {names}\n\n{trailers}\n"


def remembered(text: str) -> dict[str, str] | None:
    """What a commit message remembers; None if it isn't automation's."""
    pairs = re.findall(rf"^{TRAILER}: ([^=\s]+)=(\S+)\r?$", text, re.MULTILINE)
    return dict(pairs) if pairs else None

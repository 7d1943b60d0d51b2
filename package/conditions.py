"""docs/reasons.yaml → the page about conditions: what each reason means, and what to do."""

from collections.abc import Mapping
from typing import Any

from function.accept import ACCEPTED, POLICY_COMPLIANT
from function.compose import COMPONENTS
from function.plan import SPEC_HONORED
from function.report import ConditionType
from package.field_text import wrapped

Reasons = Mapping[str, Any]
"""Condition → what it is about, and its reasons with their texts, while it is True (good) and False (bad)."""

ANYWHERE = "anywhere"

INTRO = """\
<!-- Generated from docs/reasons.yaml by: uv run python -m tests.generate -->

# Conditions and their reasons

`kubectl describe nodeapp APP` shows these conditions, each with a reason and a message.
The message names the part, the cause and the remedy. This page says of each reason what it means.

- Those marked *holds back Ready* must be True before the app is Ready.
- An app has no condition for a part that it never had.
- If `Accepted` is `Unknown`, Crossplane itself can't go on:
  [troubleshooting](troubleshooting.md#crossplanes-own-messages).
"""


def types() -> list[ConditionType]:
    """All types of conditions, in the order in which an app has them."""
    every = (ACCEPTED, POLICY_COMPLIANT, SPEC_HONORED, *(each.condition for each in COMPONENTS))
    return [type_ for type_ in every if type_]


def page(reasons: Reasons) -> str:
    """The page."""
    parts = [INTRO, "## Any condition\n", *listed(reasons[ANYWHERE])]
    for type_ in types():
        about = reasons[type_.name]["about"] + (" *Holds back Ready.*" if type_.gates else "")
        parts += [f"## {type_.name}\n", *marked(about), *listed(reasons[type_.name])]
    return "\n".join(parts).rstrip() + "\n"


def listed(texts: Mapping[str, Any]) -> list[str]:
    """The reasons of a condition, as a list for each status."""
    lines = []
    for status, key in (("True", "good"), ("False", "bad")):
        for reason, text in texts.get(key, {}).items():
            lines += marked(f"**`{reason}`** ({status}): {text}", "- ")[:-1]
    return [*lines, ""]


def marked(text: str, bullet: str = "") -> list[str]:
    """Markdown in short lines."""
    return wrapped(text, bullet, markdown=True)

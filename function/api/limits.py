"""How long a request may take, and how large it may be."""

import re
from typing import Annotated

from pydantic import Field

from function.api.duration import seconds
from function.api.model import Rule, matches
from function.api.quantity import size

LONGEST = "24h"
LARGEST = "10Gi"
TIMEOUT = r"[1-9][0-9]{0,5}[smh]"
BODY_SIZE = r"[1-9][0-9]{0,9}[KMG]i"


Timeout = Annotated[
    str,
    Field(max_length=7),
    matches(TIMEOUT, "must be a time in s, m or h, such as 90s"),
    Rule(
        f"!self.matches(r'^(?:{TIMEOUT})$') || duration(self) <= duration('{LONGEST}')",
        lambda text: not re.fullmatch(TIMEOUT, text) or seconds(text) <= seconds(LONGEST),
        f"must be at most {LONGEST}",
    ),
]
"""A time. The upper bound refuses a slip of the keyboard."""

BodySize = Annotated[
    str,
    Field(max_length=12),
    matches(BODY_SIZE, "must be a size in Ki, Mi or Gi, such as 50Mi"),
    Rule(
        f"!self.matches(r'^(?:{BODY_SIZE})$') || quantity(self).compareTo(quantity('{LARGEST}')) <= 0",
        lambda text: not re.fullmatch(BODY_SIZE, text) or size(text) <= size(LARGEST),
        f"must be at most {LARGEST}; larger files are better sent to an object store",
    ),
]
"""A size of bodies. Controllers keep a body in memory or on disk until all of it has come."""

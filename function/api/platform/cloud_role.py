"""`cloudRole` of a Platform: how pods get a role of the cloud."""

import re
from typing import Annotated

from function.api.fields import Annotations, Labels
from function.api.model import Model, Rule

FILLED = r"([^{}]|\{namespace\}|\{app\})*"

RoleAnnotations = Annotated[
    Annotations,
    Rule(
        f"self.all(name, self[name].matches(r'^(?:{FILLED})$'))",
        lambda annotations: all(re.fullmatch(FILLED, value) for value in annotations.values()),
        "must have no other words in braces than {namespace} and {app}, which are filled in",
    ),
]


class CloudRole(Model):
    """The role of the cloud that an app's pods get if its NodeApp says cloudRole."""

    annotations: RoleAnnotations = {}
    """Annotations of their ServiceAccount, such as eks.amazonaws.com/role-arn. {namespace} and {app} are
    filled in, so that each app has a role of its own."""
    pod_labels: Labels = {}
    """Labels of their pods, such as azure.workload.identity/use. A change restarts them."""

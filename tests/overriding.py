"""An app with overrides, and a Platform that allows all of them."""

from typing import Any

from tests.refusals import Spec
from tests.simulator import APP

ALL = {"overrides": ["*"]}
IN_POD = {"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["legacy"]}], "terminationGracePeriodSeconds": None}
POD: Spec = {"spec": {"template": {"spec": IN_POD}}}


def overriding(**patches: Any) -> Spec:
    """An app with these overrides, spelt with _ for -."""
    return APP | {"overrides": {key.replace("_", "-"): patch for key, patch in patches.items()}}

"""A container's `resources`: the asked ones over defaults."""

from collections.abc import Mapping

from function.api.quantity import size
from function.api.resources import Resources
from function.place import Manifest


def filled(asked: Resources, *, requests: Mapping[str, str], limits: Mapping[str, str]) -> Manifest:
    """The manifest's `resources`: the asked ones over defaults.

    Kubernetes refuses a request above its limit, so a default is raised or lowered to what is asked.
    """
    stated = asked.requests.stated()
    whole = {"requests": {**requests, **stated}, "limits": {**limits, **asked.limits.stated()}}
    for name, request in whole["requests"].items():
        limit = whole["limits"].get(name)
        if limit and size(request) > size(limit):
            whole["limits" if name in stated else "requests"][name] = request if name in stated else limit
    return dict(whole)

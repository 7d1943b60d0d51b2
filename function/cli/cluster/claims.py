"""Find the NodeApp that a command is about."""

import difflib
import re

from function.api.names import CLAIM, GROUP
from function.app import Object
from function.cli.cluster.kubectl import AbsentError, ClusterError, ForbiddenError, Kubectl, NoKindError
from function.read import items, text

NODEAPPS = f"nodeapps.{GROUP}"
NAME = re.compile(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?")
"""What Kubernetes takes as a name. kubectl would take others for options, or for several objects."""


def find(kubectl: Kubectl, name: str) -> Object:
    """The NodeApp of a name. Raises ClusterError with one sentence that says what to do."""
    if not NAME.fullmatch(name):
        kind, slash, rest = name.rpartition("/")
        meant = f"write {rest} alone" if kind and slash and NAME.fullmatch(rest) else "it is such as shop"
        message = f"{name!r} is no name of a NodeApp; {meant}"
        raise ClusterError(message)
    try:
        found: Object = kubectl.get(NODEAPPS, name)
    except AbsentError as error:
        raise absent(kubectl, name) from error
    except ForbiddenError as error:
        may = kubectl.typed("auth", "can-i", "get", NODEAPPS)
        message = f"you may not see NodeApps here: {error.message}; {may} says when you may"
        raise ClusterError(message) from error
    except NoKindError as error:
        message = "the cluster has no NodeApps: the platform team must install the API (docs/install.md)"
        raise ClusterError(message) from error
    return found


def absent(kubectl: Kubectl, name: str) -> ClusterError:
    """That there is no such app, with the names that there are."""
    try:
        there = [text(each, "metadata", "name") or "" for each in items(kubectl.get(NODEAPPS), "items")]
    except ClusterError:
        there = []
    near = difflib.get_close_matches(name, there, n=1)
    where = f"namespace {kubectl.namespace}" if kubectl.namespace else "the context's namespace"
    hint = f"; did you mean {near[0]}?" if near else f"; it has {', '.join(sorted(there))}" if there else ""
    everywhere = Kubectl(None, kubectl.context).typed("get", NODEAPPS, "-A")
    other = f"; {everywhere} lists those of all namespaces" if not there else ""
    return ClusterError(f"{CLAIM} {name} isn't in {where}{hint}{other}")

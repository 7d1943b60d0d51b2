"""The facts of ExternalSecrets: which ones the app has, and which that it wants are of somebody else."""

from function.api.names import HASH
from function.app import Object, Observed
from function.components import optional
from function.facts import SecretsFacts
from function.identity import stands_for
from function.read import at, items, text

PREFIX = "secret-"
"""Begin of the key of an ExternalSecret, and of the requirement for one."""


def read(observed: Observed) -> SecretsFacts:
    """Which ExternalSecrets the app has, and which of those that it wants are not its own."""
    # A key of another kind is of another step of the pipeline.
    named_alike = sorted(key for key in observed.composed if key.startswith(PREFIX))
    keys = [key for key in named_alike if is_one(observed.composed[key])]
    found = sorted(key for key in observed.required if key.startswith(PREFIX))
    others = (key for key in found if any(not is_ours(observed, each) for each in observed.required[key]))
    return SecretsFacts(
        composed=tuple(key.removeprefix(PREFIX) for key in keys),
        answered=tuple(key.removeprefix(PREFIX) for key in found),
        others=tuple(key.removeprefix(PREFIX) for key in others),
        api=optional.read(observed, optional.EXTERNAL_SECRETS, *keys),
    )


def is_one(composed: Object) -> bool:
    """Whether it is an ExternalSecret."""
    return text(composed, "kind") == "ExternalSecret"


def is_ours(observed: Observed, found: Object) -> bool:
    """Whether an ExternalSecret that isn't composed was made for this app, by an XR that is gone."""
    owned = any(
        at(each, "uid") != at(observed.xr, "metadata", "uid")
        for each in items(found, "metadata", "ownerReferences")
    )
    app, _ = stands_for(observed.xr)
    composed = text(found, "metadata", "annotations", HASH)
    part_of = text(found, "metadata", "labels", "app.kubernetes.io/part-of")
    leaving = at(found, "metadata", "deletionTimestamp")
    return bool(composed and part_of == app and not owned and not leaving)

"""When Flux calls an object current or failed: CEL for `healthCheckExprs`, written from the models.

Flux evaluates `failed` before `current`. If neither is true, or a field is missing, it goes on waiting.
"""

from function.api.nodeapp import KEYS
from function.place import Manifest

NAME = "health"
"""The ConfigMap that carries the expressions to those who copy them."""
NODEAPP_CONDITIONS = ("Synced", "Ready")
PACKAGE_CONDITIONS = ("Installed", "Healthy")
"""What must be True of a NodeApp, and of a package, for its present generation."""


def same(part: str) -> str:
    """Whether a part of the status repeats the spec, in all of our own keys.

    Crossplane adds keys of its own to the spec, and copies old conditions to a new generation of a claim.
    So only this tells which spec the status is about.
    """
    keys = ", ".join(f"'{key}'" for key in KEYS)
    there, equal = f"(k in spec) == (k in status.{part})", f"spec[k] == status.{part}[k]"
    return f"[{keys}].all(k, {there} && (!(k in spec) || {equal}))"


def true(*types: str) -> str:
    """Whether conditions are True for this generation. A condition that is missing isn't."""
    named = ", ".join(f"'{each}'" for each in types)
    of_this_generation = "has(c.observedGeneration) && c.observedGeneration == metadata.generation"
    holds = f"c.type == t && c.status == 'True' && {of_this_generation}"
    return f"has(status.conditions) && [{named}].all(t, status.conditions.exists(c, {holds}))"


def nodeapp_failed() -> str:
    """A NodeApp's spec is refused, and it is this one."""
    return f"has(status.refused) && {same('refused')}"


def nodeapp_current() -> str:
    """What a NodeApp asks for is what runs."""
    ready = "has(status.accepted) && has(status.ready) && status.ready"
    return f"{ready} && {same('accepted')} && {true(*NODEAPP_CONDITIONS)}"


def package_current() -> str:
    """A Function or Configuration serves from the package that its spec names.

    Right after an upgrade its conditions are still those of the revision before: `currentIdentifier` tells.
    There is no `failed`: a package that is being installed says the same as one that will never be Healthy.
    """
    served = "has(status.currentIdentifier) && status.currentIdentifier == spec.package"
    return f"{true(*PACKAGE_CONDITIONS)} && {served}"


def config_map() -> Manifest:
    """All expressions, for a kustomization that copies them. It isn't applied."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": NAME, "annotations": {"config.kubernetes.io/local-config": "true"}},
        "data": {
            "nodeapp-failed": nodeapp_failed(),
            "nodeapp-current": nodeapp_current(),
            "package-current": package_current(),
        },
    }

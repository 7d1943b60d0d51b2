"""SecretsReady: whether all Secrets are as the store has them."""

from collections.abc import Sequence

from function.app import Object, Observed
from function.components.background import together
from function.components.secret_store.facts import PREFIX
from function.facts import SecretsFacts
from function.read import condition, number, text
from function.report import NOT_READY, PROGRESSING, Condition, ConditionType, Problem, Report, Why

READY = ConditionType("SecretsReady", part="secrets", gates=True)


def without_api(facts: SecretsFacts) -> Condition:
    """SecretsReady while no ExternalSecret can be composed."""
    if not facts.api.missing:
        return READY.false("LookingUp", "looks whether the cluster has ExternalSecrets")
    message = (
        "the Platform names a secretStore, but the cluster has no ExternalSecrets; the platform team must "
        "install External Secrets Operator, or take secretStore out of the Platform"
    )
    return READY.lacking("NoExternalSecrets", message)


def problem(found: Object) -> Problem | None:
    """Why the Secret isn't what the store has, in the operator's own words."""
    said = condition(found, "Ready")
    if said.get("status") == "False":
        name, namespace = (text(found, "metadata", key) for key in ("name", "namespace"))
        cause = ": ".join(filter(None, (text(said, "reason"), text(said, "message"))))
        return Problem(NOT_READY, f"{cause}; kubectl describe externalsecret {name} -n {namespace} says why")
    # It begins with the generation that was synced: GetResourceVersion in pkg/controllers/util.
    synced = (text(found, "status", "syncedResourceVersion") or "").partition("-")[0]
    if said.get("status") != "True" or synced != str(number(found, "metadata", "generation")):
        return Problem(PROGRESSING, "waits for External Secrets Operator")
    return None


def report(names: Sequence[str], observed: Observed, why: Why) -> Report:
    """Whether all Secrets are as the store has them, those by others' ExternalSecrets among them."""
    conditions = {name: one(name, observed, why) for name in names}
    return Report([together(READY, conditions, "Synced")])


def one(name: str, observed: Observed, why: Why) -> Condition:
    """Whether one Secret is as the store has it."""
    key = f"{PREFIX}{name}"
    if key in why:
        return READY.of_objects({key: why[key]})
    found = observed.required.get(key)
    if not found:
        return READY.false("LookingUp", "looks whether somebody else made its ExternalSecret")
    other = problem(found[0])
    return READY.false(*other) if other else READY.true("Synced")

"""Secrets from the platform's store: an ExternalSecret for each Secret that the app names.

External Secrets Operator makes the Secret of it, and keeps that equal to the store. An ExternalSecret has the
name of its Secret. So apps of a namespace that name the same Secret share the ExternalSecret of the one that
was first, and one that somebody made by hand stays as it is.
"""

from collections.abc import Sequence
from functools import partial

from function.api.names import HASH
from function.api.nodeapp import Spec
from function.api.platform.secret_store import SecretStore
from function.app import App, Component, Lookup, Object, Observed, Part, absent
from function.components import optional
from function.components.background import together
from function.components.owned_secrets import DATABASE_USER, named, owner
from function.facts import SecretsFacts
from function.identity import stands_for
from function.place import Manifest, Place
from function.read import at, condition, items, number, text
from function.report import NOT_READY, PROGRESSING, Condition, ConditionType, Problem, Report, Why

READY = ConditionType("SecretsReady", part="secrets", gates=True)
API_VERSION = "external-secrets.io/v1"
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


def resolve(place: Place, asked: Spec, facts: SecretsFacts) -> tuple[Sequence[str], list[str]]:  # noqa: ARG001  # One signature for all.
    """The names of the Secrets that the store has, sorted: all that the app names and nobody else makes."""
    if place.platform.secret_store is None:
        return (), []
    processes = (asked.frontend, asked.backend, *asked.workers.values(), *asked.jobs.values())
    names = {name for process in processes for _, name in named(process)} - {f"{place.name}{DATABASE_USER}"}
    return tuple(sorted(name for name in names if not owner(place, name))), []


def build(app: App) -> Part:
    """An ExternalSecret for each Secret, as soon as it is known that nobody else has one of that name."""
    store, facts = app.platform.secret_store, app.facts.secrets
    # Those of a database that was adopted may have any name.
    names = [each for each in app.spec.secrets if each != app.facts.database.app_secret]
    if store is None or not names:
        return absent(READY)
    lookups = optional.lookups(optional.EXTERNAL_SECRETS, facts.api)
    if not facts.api.usable:
        return Part(report=lambda observed, why: Report([without_api(facts)]), lookups=lookups)
    lookups |= {
        f"{PREFIX}{name}": Lookup(API_VERSION, "ExternalSecret", name, app.namespace)
        for name in names
        if name not in facts.composed
    }
    free = set(facts.answered) - set(facts.others)
    own = [name for name in names if name in facts.composed or name in free]
    resources = {f"{PREFIX}{name}": external_secret(app, store, name) for name in own}
    checks = dict.fromkeys(resources, problem)
    return Part(resources, partial(report, names), checks=checks, lookups=lookups)


def external_secret(app: App, store: SecretStore, name: str) -> Manifest:
    """What External Secrets Operator makes a Secret of."""
    return {
        "apiVersion": API_VERSION,
        "kind": "ExternalSecret",
        "metadata": {"name": name, "namespace": app.namespace, "labels": app.labels("secret")},
        "spec": {
            "secretStoreRef": {"kind": store.kind or "ClusterSecretStore", "name": store.name},
            "target": {
                # The Secret stays if the ExternalSecret goes: else taking secretStore out of the Platform
                # would delete what the pods of all apps need to start.
                "creationPolicy": "Orphan",
                # Without a template, the Secret gets all labels and annotations of this object.
                "template": {"metadata": {"labels": app.app_labels()}},
            },
            "dataFrom": [{"extract": {"key": store.path_of(app.namespace, name)}}],
        },
    }


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


SECRETS = Component(name="secrets", condition=READY, read=read, resolve=resolve, build=build)

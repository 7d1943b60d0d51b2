"""What the store makes: an ExternalSecret for each Secret that is nobody else's."""

from collections.abc import Sequence

from function.api.nodeapp import Spec
from function.api.platform.secret_store import SecretStore
from function.app import App, Bound, Component, Lookup, Part, absent
from function.components import optional
from function.components.owned_secrets import DATABASE_USER, named, owner
from function.components.secret_store.condition import READY, problem, report, without_api
from function.components.secret_store.facts import PREFIX, read
from function.facts import SecretsFacts
from function.place import Manifest, Place
from function.report import Report

API_VERSION = "external-secrets.io/v1"


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
    return Part(resources, Bound(report, names), checks=checks, lookups=lookups)


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


SECRETS = Component(name="secrets", condition=READY, read=read, resolve=resolve, build=build)

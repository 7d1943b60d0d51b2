"""The two APIs: what is accepted, what is refused and in which words, and the schema that Kubernetes gets."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pydantic
import pytest
import yaml

from function import accept
from function.api.model import RULES
from function.api.nodeapp import KEYS, Spec
from function.api.openapi import openapi
from function.api.platform import PROFILES, Platform
from function.cli.apps import CROSSPLANE
from function.compose import COMPONENTS
from function.explain import sentences, unknown
from package import generate as schema

HERE = Path(__file__).parent
ACCEPTED: list[Any] = yaml.safe_load((HERE / "accepted.yaml").read_text())
REFUSED: list[Any] = yaml.safe_load((HERE / "refused.yaml").read_text())
PLATFORMS_REFUSED: list[tuple[Any, str]] = [
    ({"environment": "staging"}, "spec: environment must be dev, prod or a key of profiles"),
    (
        {"domain": "badacme.dev", "domains": ["acme.dev"]},
        "spec: domain must be or lie under one of domains, or no generated host would be accepted",
    ),
    (
        {"gateway": {"name": "public", "namespace": "infra", "redirectSectionName": "http"}},
        (
            "spec.gateway: redirectSectionName needs sectionName, and another listener than that: else the "
            "redirect would lead to itself"
        ),
    ),
    (
        {"gateway": {"name": "p", "namespace": "n", "sectionName": "a", "redirectSectionName": "a"}},
        "spec.gateway: redirectSectionName needs sectionName",
    ),
    ({"gateway": {"name": "public"}}, "spec.gateway.namespace: is required"),
    ({"domains": ["*.acme.dev"]}, "spec.domains.0: must be a host name such as dashboard.acme.dev"),
    (
        {"database": {"images": {"17": "pg:18.1"}}},
        (
            "spec.database.images: must give each major an image whose tag begins with it, such as "
            '"17": "ghcr.io/cloudnative-pg/postgresql:17.11-standard-trixie"'
        ),
    ),
    (
        {"database": {"images": {"9": "pg:9"}}},
        'spec.database.images: must have the keys "15", "16", "17" or "18"',
    ),
    ({"labels": {"cost center": "1"}}, "spec.labels: must have keys such as acme.dev/cost-center"),
    (
        {"labels": {"team": "a b"}},
        "spec.labels: must have values of at most 63 letters, digits, -, _ and .",
    ),
    (
        {"env": {"PGHOST": "x"}},
        (
            "spec.env: must not set DATABASE_URL, PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, PGSSLMODE, "
            "PGSSLROOTCERT or NODE_EXTRA_CA_CERTS: the platform sets them where an app has a database"
        ),
    ),
    (
        {"cloudRole": {"annotations": {"acme.dev/role": "{namespace}-{name}"}}},
        "spec.cloudRole.annotations: must have no other words in braces than {namespace} and {app}",
    ),
    *(
        (
            {"secretStore": {"name": "vault", "path": path}},
            "spec.secretStore.path: must have {secret} once, and {namespace} at most once; between them",
        )
        for path in (
            "a/{namespace}",
            "{namespace}-{secret}",
            "{secret}{namespace}",
            "{app}/{secret}",
            "{secret}/ ",
        )
    ),
    (
        {"secretStore": {"name": "vault", "path": "apps/{secret}"}},
        "spec.secretStore: path must have {namespace} where all namespaces share a ClusterSecretStore",
    ),
    (
        {"secretStore": {"name": "vault", "kind": "Vault"}},
        "spec.secretStore.kind: must be 'ClusterSecretStore' or",
    ),
    ({"profiles": {"dev": {"replicas": -1}}}, "spec.profiles.dev.replicas: must be at least 0, not -1"),
    *(
        ({"registries": ["ghcr.io/acme", wrong]}, "spec.registries.1: must be a registry, or a path in one")
        for wrong in ("acme", "https://ghcr.io", "ghcr.io/acme/app:1", "ghcr.io/Acme", "ghcr.io/acme/*", "")
    ),
    (
        {"ingress": {"allowedAnnotations": ["nginx.ingress.kubernetes.io/*"]}},
        "spec.ingress.allowedAnnotations.0: must be the name of an annotation, such as acme.dev/cost-center",
    ),
    ({"overrides": ["Backend"]}, "spec.overrides.0: must be the key of a composed object"),
    ({"limits": {"replicas": 0}}, "spec.limits.replicas: must be at least 1, not 0"),
    ({"limits": {"instances": 10}}, "spec.limits.instances: must be at most 9, not 10"),
    ({"limits": {"storage": "1Mi"}}, "spec.limits.storage: must be at least 1Gi, not '1Mi'"),
    ({"limits": {"cpu": "500"}}, "spec.limits.cpu: must be at most 128 cores"),
    ({"limits": {"memory": "4m"}}, "spec.limits.memory: must be at least 4Mi"),
]
"""The spec of a Platform, and how the messages about it begin."""


@pytest.mark.parametrize("spec", ACCEPTED, ids=str)
def test_accepts(spec: Any) -> None:
    """What is within bounds is accepted as it is."""
    assert Spec.model_validate(spec).model_dump(by_alias=True, exclude_unset=True).keys() == spec.keys()


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["says"])
def test_refuses(case: Any) -> None:
    """What is out of bounds is refused with one sentence: the field, what is wrong, what to write."""
    with pytest.raises(pydantic.ValidationError) as error:
        Spec.model_validate(case["spec"])
    assert sentences(error.value, Spec, "spec") == [case["says"]]


def test_every_rule_refuses_something() -> None:
    """Each rule of the spec is seen to refuse a spec, by the function and by a real API server."""
    messages = {
        rule["message"]
        for _, node in nodes(xrd_schema()["properties"]["spec"])
        for rule in node.get(RULES, ())
    }
    untried = {message for message in messages if not any(message in case["says"] for case in REFUSED)}
    assert not untried, f"add a row to tests/refused.yaml that each of these rules refuses: {untried}"


@pytest.mark.parametrize(("spec", "says"), PLATFORMS_REFUSED)
def test_refuses_a_platform(spec: Any, says: str) -> None:
    """A Platform is judged as a NodeApp is."""
    with pytest.raises(pydantic.ValidationError) as error:
        Platform.model_validate(spec)
    [sentence] = sentences(error.value, Platform, "spec")
    assert sentence.startswith(says)


def test_profiles_overlay() -> None:
    """A profile overlays the built-in one of its name; a new one starts from prod."""
    spec = {"profiles": {"dev": {"replicas": 3}, "staging": {"database": {"instances": 1}}}}
    platform = Platform.model_validate(spec)
    dev, staging = platform.defaults("dev"), platform.defaults("staging")
    assert dev == replace(PROFILES["dev"], replicas=3)
    assert staging is not None
    assert (staging.replicas, staging.database.instances, staging.database.storage) == (2, 1, "20Gi")
    assert platform.defaults("nope") is None


def test_typos_have_a_hint() -> None:
    """An unknown key is told with the nearest known one, wherever it stands."""
    given = {"profiles": {"dev": {"replica": 1}}, "databse": {}, "ingress": {"x": 1}}
    assert [(".".join(map(str, where)), message) for where, message in unknown(Platform, given)] == [
        ("profiles.dev.replica", "is unknown; did you mean replicas?"),
        ("databse", "is unknown; did you mean database?"),
        (
            "ingress.x",
            "is unknown; known are className, controller, clusterIssuer, annotations, allowedAnnotations",
        ),
    ]


def nodes(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema within a schema, with its path."""
    yield path, node
    for key, inner in node.get("properties", {}).items():
        yield from nodes(inner, f"{path}.{key}")
    for word in ("items", "additionalProperties"):
        if isinstance(node.get(word), dict):
            yield from nodes(node[word], f"{path}[]")


def xrd_schema() -> dict[str, Any]:
    """The schema that the XRD carries."""
    openapi: dict[str, Any] = schema.classic()["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    return openapi


@pytest.mark.parametrize("whole", [xrd_schema(), openapi(Platform)], ids=["NodeApp", "Platform"])
def test_schema_is_a_manual(whole: Any) -> None:
    """Every field is described, none has a default, and every rule has its message."""
    for path, node in nodes(whole):
        assert "default" not in node, path
        assert path in ("", ".spec", ".status") or path.endswith("[]") or node.get("description"), path
        assert all(rule["message"] for rule in node.get(RULES, ())), path


def test_columns_show_what_there_is() -> None:
    """Every printer column's path is a field of the status, of the column's type, or a condition's status."""
    fields = dict(nodes(xrd_schema()))
    conditions = {accept.ACCEPTED, *(each.condition for each in COMPONENTS if each.condition)}
    types = {f".status.conditions[?(@.type=='{each.name}')].status": "string" for each in conditions}
    for _, type_, path, _ in schema.COLUMNS:
        assert type_ == (types.get(path) or fields[path]["type"])


def test_no_key_is_crossplanes() -> None:
    """Crossplane's own keys of a claim's or XR's spec would replace ours of the same name."""
    theirs = {*CROSSPLANE, "publishConnectionDetailsTo"}
    assert not theirs & set(KEYS)

"""Specs of NodeApps and Platforms that are accepted, and those that are refused, with the sentences."""

from pathlib import Path
from typing import Any

import yaml

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
    *(
        ({"database": {"images": {"17": image}}}, "spec.database.images: must give each major an image whose")
        for image in (
            "https://ghcr.io/acme/pg:17",
            "ghcr.io/Acme/pg:17",
            "ghcr.io//pg:17",
            "pg:17.1 ",
            "pg:17@x",
        )
    ),
    (
        {"database": {"images": {"9": "pg:9"}}},
        'spec.database.images: must have the keys "15", "16", "17" or "18"',
    ),
    ({"labels": {"cost center": "1"}}, "spec.labels: must have keys such as acme.dev/cost-center"),
    ({"labels": {"acme..dev/cost": "1"}}, "spec.labels: must have keys such as acme.dev/cost-center"),
    ({"labels": {"acme-.dev/cost": "1"}}, "spec.labels: must have keys such as acme.dev/cost-center"),
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
    (
        {"profiles": {"Staging": {}}},
        "spec.profiles: must have the names of environments as keys: lower case letters, digits and -",
    ),
    *(
        ({"pods": {"tolerations": [toleration]}}, f"spec.pods.tolerations.0{says}")
        for toleration, says in (
            ({"value": "gpu"}, ": must have a key, or operator: Exists for all taints"),
            ({"key": "a", "operator": "Exists", "value": "b"}, ": must have no value beside operator"),
            ({"key": "a", "tolerationSeconds": 60}, ": must have effect: NoExecute beside tolerationSeconds"),
            ({"key": "a b"}, ".key: must be the key of a taint, such as acme.dev/gpu, not 'a b'"),
            ({"key": "a", "value": "b c"}, ".value: must be the value of a taint"),
        )
    ),
    *(
        (
            {"database": {"objectStore": {"destinationPath": "s3://b", "endpointURL": address}}},
            "spec.database.objectStore.endpointURL: must begin with https:// or http://, such as https://minio",
        )
        for address in ("minio.acme.dev", "minio:9000", "s3://minio", "https://", "https:// minio")
    ),
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

"""Names of Secrets and ConfigMaps that an app may read, and those that the platform keeps for itself."""

import re
from typing import Annotated

from pydantic import Field

from function.api.fields import LABEL, ObjectName
from function.api.model import Rule

KEPT = (
    r".*-db-(ca|server|pooler|pull-secret)"
    r"|.*-(superuser|replication)"
    r"|(cnpg|barman-cloud)-.*"
    r"|sh\.helm\.release\..*"
    r"|bootstrap-token-.*"
    r"|.*-(token|dockercfg)-[bcdfghjklmnpqrstvwxz2456789]{5}"
)
"""Secrets that CloudNativePG, its plugin, Helm and Kubernetes make for themselves.

Of a database `<app>-db`: its CA with the private key, its server's certificate, the poolers', and a copy of
the operator's pull secret (suffixes in cluster_types.go of cloudnative-pg, release 1.30). Of any Cluster: the
superuser's password, and the certificate that may replicate. Of the operator and the plugin: their own.
Helm keeps the values of a release. A token of a service account, or a bootstrap token, opens the API server;
Kubernetes generates names without vowels (SafeEncodeString in apimachinery).
"""
NOT_KEPT = (
    "must not be one that the platform keeps for itself: of databases (*-db-ca, *-db-server, *-db-pooler, "
    "*-replication, *-superuser, cnpg-*, barman-cloud-*), Helm (sh.helm.release.*), or tokens of Kubernetes; "
    "put what the app needs into a Secret of its own"
)

AppObject = Annotated[
    ObjectName,
    Rule(f"!self.matches(r'^(?:{KEPT})$')", lambda name: not re.fullmatch(KEPT, name), NOT_KEPT),
]
"""The name of a Secret or ConfigMap that is the app's."""

SecretKey = Annotated[
    str,
    Field(max_length=512),
    Rule(
        rf"self.matches(r'^(?:{LABEL}(\.{LABEL})*/(\.?[-_A-Za-z0-9][-._A-Za-z0-9]*))$')",
        lambda text: bool(re.fullmatch(rf"{LABEL}(\.{LABEL})*/(\.?[-_A-Za-z0-9][-._A-Za-z0-9]*)", text)),
        "must be <secret>/<key>, such as dashboard-stripe/api-key",
    ),
    Rule(
        f"!self.matches(r'^(?:{KEPT})/')",
        lambda text: not re.fullmatch(KEPT, text.partition("/")[0]),
        NOT_KEPT,
    ),
]
"""One key of a Secret that is the app's."""

"""The platform engineer's settings: one `Platform` object governs all apps of a cluster."""

import re
from typing import Annotated, ClassVar

from pydantic import Field

from function.api.environment import PlatformEnv
from function.api.fields import LABEL, Host, Label, Labels, ObjectName
from function.api.model import Model, Rule
from function.api.platform.cloud_role import CloudRole
from function.api.platform.database import DatabasePlatform
from function.api.platform.defaults import PROFILES, Defaults
from function.api.platform.gateway import GatewayPlatform
from function.api.platform.ingress import IngressPlatform
from function.api.platform.pods import Pods
from function.api.platform.policy import Key, Limits, Registry
from function.api.platform.profile import Profile
from function.api.platform.secret_store import SecretStore

environments = Rule(
    f"self.all(name, name.matches(r'^(?:{LABEL})$'))",
    lambda profiles: all(re.fullmatch(LABEL, name) for name in profiles),
    "must have the names of environments as keys: lower case letters, digits and -, such as staging",
)
"""No NodeApp can name another environment."""


class Network(Model):
    """Who may reach what within the cluster."""

    ingress_namespaces: Annotated[list[Label], Field(max_length=16)] = []
    """Namespaces of the pods that route traffic to apps, of a Gateway or of an Ingress controller. If it is
    set, only these reach frontends and backends, besides the app itself and whoever allowFrom names. Set
    monitoringNamespaces too: Prometheus may reach the port with the metrics, which is the backend's own
    unless metricsPort is another. Leave it empty if the pods use the network of their node: a policy can't
    select those. Empty: all."""
    monitoring_namespaces: Annotated[list[Label], Field(max_length=16)] = []
    """Namespaces that may read metrics. Empty: all."""


class Prometheus(Model):
    """The Prometheus operator of this cluster."""

    labels: Labels = {}
    """Labels of every PodMonitor and PrometheusRule, by which Prometheus selects them, such as
    release: kube-prometheus-stack. Its podMonitorSelector and ruleSelector say which it wants."""


class Platform(Model):
    """The platform team's settings for all NodeApps of a cluster.

    There is one object, named `default`. Without it the built-in defaults apply.
    """

    environment: Label = "prod"
    """Profile of NodeApps that name none."""
    domain: Host | None = None
    """Parent of generated host names: <app>.<domain>, or <app>--<namespace>.<domain> where the two differ."""
    domains: Annotated[list[Host], Field(max_length=16)] = []
    """Domains that hosts of apps must be, or lie under. Empty: any. Apps that run keep their hosts."""
    team_from_namespace: bool = False
    """Refuse a NodeApp whose team isn't the value of the label platform.io/team of its namespace. Only who
    may label namespaces then decides who owns an app. Existing apps keep running."""
    registries: Annotated[list[Registry], Field(max_length=64)] = []
    """Where images of apps may come from: registries, or paths in them, such as ghcr.io/acme, which has
    ghcr.io/acme/shop and not ghcr.io/acme-shop. Docker Hub is docker.io, and its own images are in
    docker.io/library. Empty: any. Existing apps keep running."""
    limits: Limits = Limits()
    """The most that NodeApps may write. Defaults and profiles are the platform's own word, so they aren't
    limited. An app that runs with more keeps running."""
    overrides: Annotated[list[Key], Field(max_length=64)] = []
    """Keys of composed objects that NodeApps may change with `overrides`, such as backend-deployment, or
    worker-*-deployment for those of all workers. `nodeapp render -o tree` prints the keys of an app.
    What holds data, identity and security can't be changed anyway, but much else can, so allow few.
    Empty: none."""
    env: PlatformEnv = {}
    """Environment variables of every frontend, backend, worker and job, such as OIDC_ISSUER: where people
    sign in is then the same for all halves of an app. A variable of the app with the same name wins. A change
    restarts the pods of all apps."""
    image_pull_secrets: Annotated[list[ObjectName], Field(max_length=16)] = []
    """Secrets for pulling images, by name. Each app's namespace needs its own copy."""
    secret_store: SecretStore | None = None
    """Where the Secrets come from that NodeApps name. External Secrets Operator must be installed. The store
    must first have what the Secrets of existing apps have, as these are overwritten. Without it, each team
    makes the Secrets of its apps."""
    gateway: GatewayPlatform | None = None
    """The Gateway that routes traffic to apps, by Gateway API. Its listeners must let in routes of the apps'
    namespaces, and have the certificates of the apps' hosts. Without a gateway, apps have Ingresses."""
    ingress: IngressPlatform = IngressPlatform()
    """Ingresses, where there is no gateway."""
    database: DatabasePlatform = DatabasePlatform()
    """What databases have in common."""
    prometheus: Prometheus | None = None
    """The Prometheus operator. Set it where that is installed: apps are then monitored. {} is enough."""
    network: Network = Network()
    """Who may reach what within the cluster."""
    pods: Pods = Pods()
    """Where pods of frontends, backends, workers and jobs run, and with which priority. A change restarts
    the pods of all apps."""
    cloud_role: CloudRole | None = None
    """How pods get a role of the cloud, such as access to its buckets, if their NodeApp says cloudRole."""
    reloader: bool = False
    """Stakater Reloader is installed: pods are replaced when a Secret or ConfigMap changes that their NodeApp
    names."""
    profiles: Annotated[dict[str, Profile], Field(max_length=64), environments] = {}
    """Defaults by environment. dev and prod are built in, and a profile changes the values that it has.
    A new profile starts from prod's values."""
    labels: Labels = {}
    """Labels of every composed object, but not of pods: a changed label would restart them."""
    allow_older_function: bool = False
    """Let a function compose apps that a newer one composed. It deletes the objects that it doesn't know."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "!has(self.environment) || self.environment in ['dev', 'prod'] "
            "|| (has(self.profiles) && self.environment in self.profiles)",
            lambda platform: platform.environment in platform.known(),
            "environment must be dev, prod or a key of profiles",
        ),
        Rule(
            "!has(self.domain) || !has(self.domains) || size(self.domains) == 0 "
            "|| self.domains.exists(d, self.domain == d || self.domain.endsWith('.' + d))",
            lambda platform: platform.domain is None or platform.allows(platform.domain),
            "domain must be or lie under one of domains, or no generated host would be accepted",
        ),
    )

    def allows(self, host: str) -> bool:
        """Whether an app may have a host."""
        return not self.domains or any(
            host == domain or host.endswith(f".{domain}") for domain in self.domains
        )

    def known(self) -> list[str]:
        """The environments that have a profile."""
        return sorted(PROFILES.keys() | self.profiles)

    def defaults(self, environment: str | None) -> Defaults | None:
        """The defaults of an environment; None where there is no such profile."""
        name = environment or self.environment
        base = PROFILES.get(name, PROFILES["prod"])
        return base.overlaid(self.profiles[name]) if name in self.profiles else PROFILES.get(name)

"""What an override may change: of each kind some fields, and nothing that holds data, identity or rights.

A field that isn't listed here can't be overridden. So a new field of Kubernetes or CloudNativePG stays the
platform's until somebody has thought about it.
"""

from functools import cache

Path = tuple[str, ...]
"""Keys from the root of an object down to a field."""

POD = (
    "affinity",
    "dnsConfig",
    "dnsPolicy",
    "enableServiceLinks",
    "hostAliases",
    "hostname",
    "nodeSelector",
    "preemptionPolicy",
    "readinessGates",
    "resourceClaims",
    "runtimeClassName",
    "schedulerName",
    "setHostnameAsFQDN",
    "shareProcessNamespace",
    "subdomain",
    "terminationGracePeriodSeconds",
    "tolerations",
    "topologySpreadConstraints",
)
"""Fields of a pod. Not containers and volumes: a patch replaces whole lists, so images, variables and
security contexts would be frozen. Not what Pod Security's restricted profile is about, nor the priority:
pods of a high one drive those of other apps off the nodes."""

LABELS, ANNOTATIONS = ("metadata", "labels"), ("metadata", "annotations")

FIELDS: dict[str, tuple[str, ...]] = {
    "Deployment": (
        "spec.minReadySeconds",
        "spec.progressDeadlineSeconds",
        "spec.revisionHistoryLimit",
        "spec.strategy",
        "spec.template.metadata.annotations",
        "spec.template.metadata.labels",
        *(f"spec.template.spec.{field}" for field in POD),
    ),
    "CronJob": (
        "spec.failedJobsHistoryLimit",
        "spec.startingDeadlineSeconds",
        "spec.successfulJobsHistoryLimit",
        "spec.jobTemplate.spec.backoffLimit",
        "spec.jobTemplate.spec.ttlSecondsAfterFinished",
        "spec.jobTemplate.spec.template.metadata.annotations",
        "spec.jobTemplate.spec.template.metadata.labels",
        *(f"spec.jobTemplate.spec.template.spec.{field}" for field in POD),
    ),
    "Service": (
        "spec.allocateLoadBalancerNodePorts",
        "spec.externalTrafficPolicy",
        "spec.internalTrafficPolicy",
        "spec.ipFamilies",
        "spec.ipFamilyPolicy",
        "spec.loadBalancerClass",
        "spec.loadBalancerSourceRanges",
        "spec.publishNotReadyAddresses",
        "spec.sessionAffinity",
        "spec.sessionAffinityConfig",
        "spec.trafficDistribution",
        "spec.type",
    ),
    "HorizontalPodAutoscaler": ("spec.behavior", "spec.metrics"),
    "PodDisruptionBudget": ("spec.maxUnavailable", "spec.minAvailable", "spec.unhealthyPodEvictionPolicy"),
    "NetworkPolicy": ("spec.egress", "spec.ingress", "spec.policyTypes"),
    "HTTPRoute": ("spec.rules",),
    # Not its labels of metrics: they could have the name of another app.
    "PodMonitor": ("spec.podMetricsEndpoints", "spec.sampleLimit"),
    # Where instances run, and how much they log. All else decides over data, or is a field of `database`.
    "Cluster": (
        "spec.affinity",
        "spec.description",
        "spec.logLevel",
        "spec.schedulerName",
        "spec.topologySpreadConstraints",
    ),
    "ObjectStore": (
        "spec.instanceSidecarConfiguration.logLevel",
        "spec.instanceSidecarConfiguration.resources",
    ),
    "Pooler": ("spec.deploymentStrategy", "spec.pgbouncer.parameters"),
}
"""Kind → fields. Of every kind labels may be overridden, and annotations but for those kinds in GOVERNED."""

GOVERNED = ("Ingress", "HTTPRoute", "ServiceAccount")
"""Kinds whose annotations can't be overridden. The Platform's ingress.allowedAnnotations says which ones
routes may have. Those of a ServiceAccount give its pods a role of the cloud, and the Platform's cloudRole
says which."""

OF_CLOUDS = ("azure.workload.identity", "eks.amazonaws.com", "iam.amazonaws.com", "iam.gke.io")
"""Domains of labels and annotations by which pods get a role of the cloud."""
RESERVED_LABELS = (
    *("platform.io", "crossplane.io", "cnpg.io", "backstage.io", "kubernetes.io", "k8s.io"),
    *OF_CLOUDS,
)
"""Domains of labels that are selected by: by Services, NetworkPolicies, operators and this function."""
RESERVED_ANNOTATIONS = (
    "platform.io",
    "crossplane.io",
    "cnpg.io",
    *OF_CLOUDS,
    # They take seccomp and AppArmor away from containers.
    "security.alpha.kubernetes.io",
    "security.beta.kubernetes.io",
)
"""Domains of annotations that this function, Crossplane, CloudNativePG and the kubelet act on."""


@cache
def fields(kind: str) -> tuple[Path, ...]:
    """The fields of a kind that an override may change, labels and annotations among them."""
    of_all = (LABELS,) if kind in GOVERNED else (ANNOTATIONS, LABELS)
    return (*of_all, *(tuple(path.split(".")) for path in FIELDS.get(kind, ())))


def is_reserved(key: str, domains: tuple[str, ...]) -> bool:
    """Whether the key of a label or an annotation is of one of the domains, or of one below it."""
    domain = key.partition("/")[0] if "/" in key else ""
    return any(f".{domain}".endswith(f".{each}") for each in domains)

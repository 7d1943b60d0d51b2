"""What the API server adds to objects."""

from tests.simulated.cnpg_defaults import DEFAULTS, cluster, over, present_over
from tests.simulated.server_side_apply import Manifest

DEPLOYMENT = {
    "progressDeadlineSeconds": 600,
    "replicas": 1,
    "revisionHistoryLimit": 10,
    "template": {
        "spec": {"dnsPolicy": "ClusterFirst", "restartPolicy": "Always", "schedulerName": "default-scheduler"}
    },
}
CONTAINER = {"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"}
PROBE = {"failureThreshold": 3, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1}
CRON_JOB = {"suspend": False}
SERVICE = {
    "clusterIP": "10.96.0.10",
    "clusterIPs": ["10.96.0.10"],
    "internalTrafficPolicy": "Cluster",
    "ipFamilies": ["IPv4"],
    "ipFamilyPolicy": "SingleStack",
    "sessionAffinity": "None",
    "type": "ClusterIP",
}


def defaulted(manifest: Manifest) -> Manifest:
    """An object as the API server stores it."""
    spec = manifest.get("spec")
    if not isinstance(spec, dict):
        return manifest
    match manifest["kind"]:
        case "Deployment":
            return manifest | {"spec": deployment(spec)}
        case "CronJob":
            return manifest | {"spec": over(CRON_JOB, spec)}
        case "Service":
            return manifest | {"spec": over(SERVICE, spec)}
        case "Cluster":
            return manifest | {"spec": cluster(spec)}
        case kind:
            return manifest | {"spec": present_over(DEFAULTS.get(kind, {}), spec)}


def deployment(spec: Manifest) -> Manifest:
    """The defaults of a Deployment, down to probes."""
    filled: Manifest = over(DEPLOYMENT, spec)
    pod = filled["template"]["spec"]
    for role in ("containers", "initContainers"):
        if role in pod:
            pod = pod | {role: [container(item) for item in pod[role]]}
    return filled | {"template": filled["template"] | {"spec": pod}}


def container(given: Manifest) -> Manifest:
    """The defaults of a container."""
    probes = {key: over(PROBE, given[key]) for key in given if key.endswith("Probe")}
    return CONTAINER | given | probes

"""An app with everything on, and what it is composed of."""

from tests.plane.kubectl import Json

GATEWAY = {"name": "public", "namespace": "infra", "sectionName": "https", "redirectSectionName": "http"}
PLATFORM: Json = {
    "domain": "acme.dev",
    "gateway": GATEWAY,
    "database": {
        "objectStore": {"destinationPath": "s3://backups", "s3Credentials": {"inheritFromIAMRole": True}}
    },
    "prometheus": {"labels": {"release": "prometheus"}},
}
SPEC: Json = {
    "team": "a",
    "frontend": {"image": "ghcr.io/acme/front:1.4.0"},
    "backend": {
        "image": "ghcr.io/acme/shop:1.4.0",
        "migrate": ["npm", "run", "migrate"],
        "scaling": {"min": 2, "max": 4},
    },
    "jobs": {"report": {"schedule": "0 3 * * *", "command": ["node", "report.js"]}},
    "database": {"extensions": ["pg_trgm"], "pooler": {}},
    "monitoring": True,
}
"""Everything but a worker: its pods count as available after 20 seconds only."""
WORKER: Json = {"workers": {"mail": {"command": ["node", "mail.js"]}}}
KINDS = {
    "/api/v1": ("services", "serviceaccounts", "configmaps"),
    "/apis/apps/v1": ("deployments",),
    "/apis/batch/v1": ("cronjobs",),
    "/apis/autoscaling/v2": ("horizontalpodautoscalers",),
    "/apis/policy/v1": ("poddisruptionbudgets",),
    "/apis/networking.k8s.io/v1": ("networkpolicies", "ingresses"),
    "/apis/gateway.networking.k8s.io/v1": ("httproutes",),
    "/apis/postgresql.cnpg.io/v1": ("clusters", "poolers", "databases", "scheduledbackups"),
    "/apis/barmancloud.cnpg.io/v1": ("objectstores",),
    "/apis/protection.crossplane.io/v1beta1": ("usages", "clusterusages"),
    "/apis/monitoring.coreos.com/v1": ("podmonitors", "prometheusrules"),
}
"""What an app is composed of, by the path of its API."""
WRITERS = {
    "apiextensions.crossplane.io": "Crossplane, of what the function says",
    "crossplane-core": "Crossplane, of its own",
    "cloudnative-pg": "CloudNativePG",
    "Python-urllib": "CloudNativePG",
    "kube-controller-manager": "Kubernetes",
    "kubectl-patch": "the Gateway's controller",
}
"""Field managers by what they are. Instance managers and the Gateway's controller are played."""

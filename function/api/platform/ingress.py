"""`ingress` of a Platform: how traffic reaches apps of this cluster by Ingress."""

from typing import Literal

from function.api.fields import Annotations, ObjectName
from function.api.model import Model


class IngressPlatform(Model):
    """How traffic reaches apps of this cluster."""

    class_name: ObjectName | None = None
    """The IngressClass of every Ingress. Default: the cluster's default class."""
    controller: Literal["nginx", "haproxy", "contour"] | None = None
    """The controller of that class, if the class isn't named after it. It decides the annotations for
    a NodeApp's ingress.timeout and ingress.maxBodySize."""
    cluster_issuer: ObjectName | None = None
    """cert-manager's ClusterIssuer. With it, Ingresses have TLS unless a NodeApp says otherwise."""
    annotations: Annotations = {}
    """Annotations of every Ingress."""

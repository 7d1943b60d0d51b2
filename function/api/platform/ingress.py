"""`ingress` of a Platform: how traffic reaches apps of this cluster by Ingress."""

from typing import Annotated, Literal

from pydantic import Field

from function.api.fields import QUALIFIED, Annotations, ObjectName
from function.api.model import Model, matches

Annotation = Annotated[
    str,
    Field(max_length=317),
    matches(QUALIFIED, "must be the name of an annotation, such as acme.dev/cost-center"),
]


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
    allowed_annotations: Annotated[list[Annotation], Field(max_length=64)] = []
    """Annotations that NodeApps may write in ingress.annotations, by their whole names. Some make a
    controller run what they say, such as nginx.ingress.kubernetes.io/configuration-snippet. Empty: none."""

"""`ingress` of a NodeApp."""

from typing import Annotated

from pydantic import Field

from function.api.fields import Host
from function.api.model import Model


class Ingress(Model):
    """Where the app is reached from outside the cluster."""

    host: Host | None = None
    """Host name. Default: <app>.<domain>, or <app>--<namespace>.<domain> where app and namespace
    differ, under the platform's domain."""
    hosts: Annotated[list[Host], Field(max_length=16)] = []
    """Further host names that lead to the same app. The first is the host where there is no other:
    none is written here, and the platform has no domain."""
    tls: bool | None = None
    """Serve HTTPS, with the certificate in Secret <app>-tls. Default: true where the platform has a
    certificate issuer, which then makes that Secret."""

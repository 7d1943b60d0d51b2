"""`ingress` of a NodeApp."""

from typing import Annotated

from pydantic import Field

from function.api.fields import Annotations, Host, HostPattern
from function.api.limits import BodySize, Timeout
from function.api.model import Model


class Ingress(Model):
    """Where the app is reached from outside the cluster."""

    host: Host | None = None
    """Host name. Default: <app>.<domain>, or <app>--<namespace>.<domain> where app and namespace
    differ, under the platform's domain."""
    # An HTTPRoute has at most 16 host names, and the redirect has all of them: with host and backend.host.
    hosts: Annotated[list[HostPattern], Field(max_length=14)] = []
    """Further host names that lead to the same app. The first is the host where there is no other:
    none is written here, and the platform has no domain. *.acme.dev means every name with one label before
    acme.dev that no other app has. Its certificate needs an issuer that proves ownership by DNS."""
    tls: bool | None = None
    """Serve HTTPS, with the certificate in Secret <app>-tls. Default: true where the platform has a
    certificate issuer, which then makes that Secret. Behind a Gateway its listeners decide, and have the
    certificates."""
    timeout: Timeout | None = None
    """How long the app may take to answer a request, such as 90s. For an HTTPRoute it is the time until
    the whole response has been sent, so it also ends streams and WebSockets. Default: the controller's."""
    max_body_size: BodySize | None = None
    """Largest body of a request, such as 50Mi. Only some controllers can be told: where it isn't applied,
    the condition SpecHonored says so. Default: the controller's."""
    annotations: Annotations = {}
    """Annotations of the route that the platform allows. They replace the platform's own of the same name."""

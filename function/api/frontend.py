"""`frontend` of a NodeApp."""

from function.api.fields import Port
from function.api.workload import Workload


class Frontend(Workload):
    """A web frontend."""

    # The port of nginx-unprivileged, nginx's image for users other than root.
    port: Port = 8080
    """Port that it listens on. The variable PORT holds it too. Default: 8080."""

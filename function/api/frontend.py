"""`frontend` of a NodeApp."""

from function.api.fields import Port
from function.api.workload import Workload


class Frontend(Workload):
    """A web frontend, such as nginx with a built single-page app.

    The variable BACKEND_URL holds the backend's address. The frontend must answer GET /, unless probes name
    another path.
    """

    # The port of nginx-unprivileged, nginx's image for users other than root.
    port: Port = 8080
    """Port that it listens on. The variable PORT holds it too. Default: 8080."""

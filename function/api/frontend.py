"""What a developer says of the web frontend."""

from function.api.fields import Port
from function.api.workload import Workload


class Frontend(Workload):
    """A web frontend: a server of pages, such as nginx with a built single-page app.

    It finds the backend in BACKEND_URL, and answers GET / unless probes say otherwise.
    """

    port: Port = 8080
    """Port it listens on; it finds it in PORT. Default: 8080."""

"""The keys of routes. A key never changes."""

INGRESS = "ingress"
HTTPROUTE = "httproute"
"""The HTTPRoute of the hosts that lead to the app as a whole."""
BACKEND_HTTPROUTE = "httproute-backend"
"""The HTTPRoute of the backend's own host. An HTTPRoute has one set of paths for all its hosts."""
REDIRECT = "httproute-redirect"

HTTPROUTES = (HTTPROUTE, BACKEND_HTTPROUTE)
"""The HTTPRoutes that serve hosts."""

"""The fleet's services, beside a played GitHub and a played Kubernetes API on loopback."""

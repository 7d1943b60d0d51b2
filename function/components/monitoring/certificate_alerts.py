"""The alert about the certificate that cert-manager issues for the app's Ingress.

Metrics: pkg/metrics of cert-manager. By how Prometheus scrapes it, their label `namespace` stays as it is or
becomes `exported_namespace`.
"""

from function.components.monitoring.alert import Alert
from function.place import Place


def alerts(place: Place, certificate: str) -> list[Alert]:
    """The certificate ends within a week, and should have been renewed by now.

    cert-manager renews after two thirds of a certificate's life. One that lives for six days has less than a
    week left from its first hour, so the end alone isn't a fault.
    """
    ends = f"{metric('expiration', place, certificate)} - time() < 7 * 86400"
    overdue = f"time() - {metric('renewal', place, certificate)} > 3600"
    return [
        Alert(
            "NodeAppCertificateExpiring",
            "critical",
            "1h",
            f"{ends} and {overdue}",
            "the certificate isn't renewed",
            "The certificate ends in {{ $value | humanizeDuration }}, and cert-manager doesn't renew it. "
            f"`kubectl describe certificate -n {place.namespace} {certificate}` says why: often the "
            "host's DNS leads elsewhere.",
        )
    ]


def metric(what: str, place: Place, certificate: str) -> str:
    """A time of the certificate, in seconds since 1970."""
    name = f"certmanager_certificate_{what}_timestamp_seconds"
    namespaces = (f'{label}="{place.namespace}"' for label in ("namespace", "exported_namespace"))
    found = (f'{name}{{{namespace},name="{certificate}"}}' for namespace in namespaces)
    return f"min({' or '.join(found)})"

"""The CA of a Cluster: when it ends, and what its renewal changes."""

from datetime import datetime, timedelta

from tests.simulated.server_side_apply import Manifest

GO_TIME = "%Y-%m-%d %H:%M:%S +0000 UTC"


def certificates(cluster: Manifest) -> Manifest:
    """The certificates of a new Cluster. CloudNativePG's CA ends after 90 days (pkg/certs, release 1.30)."""
    secret = f"{cluster['metadata']['name']}-ca"
    born = datetime.fromisoformat(cluster["metadata"]["creationTimestamp"])
    return {"serverCASecret": secret, "expirations": {secret: as_go_prints(born + timedelta(days=90))}}


def renewed(cluster: Manifest) -> Manifest:
    """A Cluster whose CA was renewed, 7 days before its end: the same Secret, with another certificate."""
    now = cluster["status"]["certificates"]
    secret = now["serverCASecret"]
    ends = datetime.strptime(now["expirations"][secret], GO_TIME)  # noqa: DTZ007  # The text says UTC.
    later = {secret: as_go_prints(ends + timedelta(days=83))}
    return cluster | {"status": cluster["status"] | {"certificates": now | {"expirations": later}}}


def as_go_prints(time: datetime) -> str:
    """A time as Go's String prints it."""
    return time.strftime(GO_TIME)

"""Names that code, packages and docs share. Each is written once, here."""

GROUP = "platform.io"
VERSION = "v1"
API_VERSION = f"{GROUP}/{VERSION}"
"""apiVersion of NodeApp and XNodeApp."""

CLAIM = "NodeApp"
COMPOSITE = "XNodeApp"
COMPOSITION = "node-development"

DOCS = "https://github.com/acme/function-nodeapp/blob/main/docs"
"""Where alerts send people. It is below meta.crossplane.io/source of the packages."""

SETTINGS_GROUP = "nodeapp.platform.io"
SETTINGS_API_VERSION = f"{SETTINGS_GROUP}/v1beta1"
"""apiVersion of Platform."""

INPUT_GROUP = "nodeapp.fn.crossplane.io"
"""Group of Input, the Composition step's own settings."""

PLATFORM = "platform"
"""Name of the requirement with which a Composition asks for the Platform."""
PLATFORM_NAME = "default"

HASH = "platform.io/desired"
"""Annotation on every object: a short hash of the manifest that was last applied, without LATER_RECORDS."""
TEAM = "platform.io/team"
BACKSTAGE = "backstage.io/kubernetes-id"
CONNECTS_TO = "platform.io/connects-to"
"""Label of the pods that may connect to a database: its Cluster's name. The NetworkPolicy selects by it."""
HOST_LABEL = "host.platform.io/"
"""Label of a route for each host that it serves. The host's mark follows."""
FIRST_CA = "platform.io/first-database-ca"
"""Annotation of a Deployment: expiry of the database's CA that its first pods started with."""
CLUSTER_UID = "platform.io/cluster-uid"
"""Annotation of a Cluster: its own uid. Another uid: it was created from the manifest of another Cluster."""
LATER_RECORDS = (FIRST_CA, CLUSTER_UID)
"""Annotations that are added when Kubernetes or an operator has told their value. Nothing runs otherwise for
them, so they don't count for HASH: an object that only lacks a record is as desired."""
RENEWED_CA = "platform.io/database-ca"
"""Annotation of pods: expiry of the renewed CA that they were restarted for."""

"""Names that code, packages and docs share. Each is written once, here."""

GROUP = "platform.io"
VERSION = "v1"
API_VERSION = f"{GROUP}/{VERSION}"
"""apiVersion of NodeApp and XNodeApp."""

CLAIM = "NodeApp"
COMPOSITE = "XNodeApp"
COMPOSITION = "node-development"

SETTINGS_GROUP = "nodeapp.platform.io"
SETTINGS_API_VERSION = f"{SETTINGS_GROUP}/v1beta1"
"""apiVersion of Platform."""

INPUT_GROUP = "nodeapp.fn.crossplane.io"
INPUT_API_VERSION = f"{INPUT_GROUP}/v1beta1"
"""apiVersion of Input, the Composition step's own settings."""

PLATFORM = "platform"
"""Name of the requirement with which a Composition asks for the Platform."""
PLATFORM_NAME = "default"

HASH = "platform.io/desired"
"""Annotation on every object: a short hash of the manifest that was last applied."""
TEAM = "platform.io/team"
BACKSTAGE = "backstage.io/kubernetes-id"
CONNECTS_TO = "platform.io/connects-to"
"""Label on the pods that may connect to a database: the name of its Cluster. Its NetworkPolicy selects it."""
FIRST_CA = "platform.io/first-database-ca"
"""Annotation of a Deployment: when the database's CA ends with which its first pods started."""
RENEWED_CA = "platform.io/database-ca"
"""Annotation of pods: when the renewed CA of the database ends for which they were started."""

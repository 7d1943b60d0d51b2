"""`secretStore` of a Platform: where the Secrets come from that NodeApps name."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from function.api.fields import ObjectName
from function.api.model import Model, Rule, matches

ANY = r"[^{}\s]*"
APART = rf"{ANY}[^a-z0-9{{}}\s-]{ANY}"
"""What stands between the two names: it has a character that no namespace has, so no two apps mean one path.
With - alone, Secret b-c of namespace a would be Secret c of namespace a-b."""
NAMESPACE, SECRET = r"\{namespace\}", r"\{secret\}"
BOTH = rf"{ANY}({NAMESPACE}{APART}{SECRET}|{SECRET}{APART}{NAMESPACE}){ANY}"


class SecretStore(Model):
    """A store of External Secrets Operator."""

    kind: Literal["ClusterSecretStore", "SecretStore"] | None = None
    """ClusterSecretStore, or SecretStore: each namespace with apps then needs one of this name. Default:
    ClusterSecretStore."""
    name: ObjectName
    """Name of the store."""
    path: Annotated[
        str,
        Field(max_length=512),
        matches(
            rf"{BOTH}|{ANY}{SECRET}{ANY}",
            "must have {secret} once, and {namespace} at most once; between them must be a / or another "
            "character that no namespace has, as in apps/{namespace}/{secret}",
        ),
    ] = "{namespace}/{secret}"
    """Where the store has what is in a Secret: all keys of the entry become keys of the Secret. {namespace}
    and {secret} are filled in. Default: {namespace}/{secret}."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "(has(self.kind) && self.kind == 'SecretStore') || !has(self.path) "
            "|| self.path.contains('{namespace}')",
            lambda store: store.kind == "SecretStore" or "{namespace}" in store.path,
            "path must have {namespace} where all namespaces share a ClusterSecretStore: else an app could "
            "name the secrets of every other app",
        ),
    )

    def path_of(self, namespace: str, secret: str) -> str:
        """The path of a Secret of a namespace."""
        return self.path.replace("{namespace}", namespace).replace("{secret}", secret)

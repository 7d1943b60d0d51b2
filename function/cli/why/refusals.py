"""Why an object isn't created: the words of the API server and of Crossplane, and what to do about each.

The patterns are those of Kubernetes 1.34 to 1.36 (plugin/pkg/admission/resourcequota,
apiserver/pkg/admission, apimachinery/pkg/api/meta) and of Crossplane 2.3
(internal/controller/apiextensions/composite).
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

Found = Mapping[str, str]


class Refusal(NamedTuple):
    """What a message means."""

    message: str
    command: str


class Rule(NamedTuple):
    """One kind of refusal."""

    pattern: re.Pattern[str]
    means: Callable[[Found], str]
    command: Callable[[Found], str]


def rule(pattern: str, means: str, command: str) -> Rule:
    """A rule whose texts name the pattern's groups, and `namespace`."""
    return Rule(re.compile(pattern, re.DOTALL), means.format_map, command.format_map)


RULES = (
    rule(
        r"exceeded quota: (?P<quota>[^,]+), requested: (?P<requested>.*?), "
        r"used: (?P<used>.*?), limited: (?P<limited>[^\s;]+)",
        "the quota {quota} of namespace {namespace} is used up: it needs {requested}, {used} is in use, "
        "and {limited} is allowed",
        "kubectl describe quota {quota} -n {namespace}",
    ),
    rule(
        r"failed quota: (?P<quota>[^:]+): must specify (?P<missing>.+)",
        "the quota {quota} of namespace {namespace} lets nothing in that doesn't say {missing}",
        "kubectl describe quota {quota} -n {namespace}",
    ),
    rule(
        r'admission webhook "(?P<webhook>[^"]+)" denied the request:? ?(?P<why>.*)',
        "the webhook {webhook} refuses it: {why}",
        "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations",
    ),
    rule(
        r'failed calling webhook "(?P<webhook>[^"]+)":? ?(?P<why>.*)',
        "the webhook {webhook} doesn't answer: {why}",
        "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations",
    ),
    rule(
        r"ValidatingAdmissionPolicy '(?P<policy>[^']+)' with binding '[^']+' denied request: (?P<why>.*)",
        "the policy {policy} refuses it: {why}",
        "kubectl describe validatingadmissionpolicy {policy}",
    ),
    rule(
        r'violates PodSecurity "(?P<level>[^"]+)": (?P<why>.*)',
        "namespace {namespace} lets no such pod in (Pod Security {level}): {why}",
        "kubectl describe namespace {namespace}",
    ),
    rule(
        r"cannot fetch bootstrap required resources.*",
        "Crossplane can't read the Platform: its CRD or Crossplane's rights to it are missing, so no app is "
        "reconciled; the platform team must apply package/install",
        "kubectl get crd platforms.nodeapp.platform.io",
    ),
    rule(
        r'no matches for kind "(?P<kind>[^"]+)" in version "(?P<group>[^"/]+)/(?P<version>[^"]+)"',
        "the cluster has no {kind} of {group}/{version}: the operator that brings it isn't installed, "
        "or its CRD was deleted",
        "kubectl api-resources --api-group={group}",
    ),
    rule(
        r'User "(?P<user>[^"]+)" cannot (?P<verb>\w+) resource "(?P<resource>[^"]+)" '
        r'in API group "(?P<group>[^"]*)"',
        '{user} may not {verb} {resource} of API group "{group}"; the platform team must grant it',
        "kubectl auth can-i {verb} {resource}.{group} --as={user} -n {namespace}",
    ),
    rule(
        r"(?:cannot run Composition pipeline step|code = Unavailable|code = DeadlineExceeded).*?"
        r"(?P<why>connection refused|no such host|code = \w+(?!.*(?:connection refused|no such host)))",
        "the function doesn't answer Crossplane ({why}), so no edit takes effect; what runs goes on",
        "kubectl get functions.pkg.crossplane.io",
    ),
    rule(
        r"returned a fatal result: (?P<why>.*)",
        "the function changes nothing: {why}",
        "kubectl describe platforms.nodeapp.platform.io default",
    ),
    rule(
        r"not bound to this claim: bound to claim",
        "it is a copy of another NodeApp, with its spec.resourceRef; take resourceRef out of the manifest "
        "and of the NodeApp",
        "kubectl get nodeapps.platform.io -n {namespace} "
        "-o custom-columns=NAME:.metadata.name,XNODEAPP:.spec.resourceRef.name",
    ),
    rule(
        r"does not have a valid function pipeline: (?P<why>.*)",
        "Crossplane hasn't read the function's package yet ({why}); if that lasts, the package isn't Healthy",
        "kubectl get functions.pkg.crossplane.io",
    ),
    rule(
        r"cannot select Composition|no compatible Compositions found",
        "the NodeApp's Composition isn't installed; the platform team must install the Configuration",
        "kubectl get configurations.pkg.crossplane.io,compositions",
    ),
    rule(
        r'without required "(?P<annotation>[^"]+)" annotation',
        "somebody took the annotation {annotation} off an object of the app; put it back: its value is the "
        "object's key, which nodeapp render -o tree shows",
        "kubectl get deployments,services,networkpolicies,clusters.postgresql.cnpg.io -n {namespace} "
        "-o custom-columns='KIND:.kind,NAME:.metadata.name,KEY:.metadata.annotations.crossplane\\.io/"
        "composition-resource-name'",
    ),
    rule(
        r"error looking up service account (?P<account>\S+): .*not found",
        "its ServiceAccount {account} isn't there yet",
        "kubectl get serviceaccounts -n {namespace}",
    ),
)
"""The first that fits counts."""


def refusal(message: str, namespace: str) -> Refusal | None:
    """What a message means; None if it isn't known."""
    for each in RULES:
        if found := each.pattern.search(" ".join(message.split())):
            groups = {**found.groupdict(default=""), "namespace": namespace}
            return Refusal(each.means(groups).rstrip(" .:"), each.command(groups))
    return None

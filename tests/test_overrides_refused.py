"""Why an override is refused: the place, what is wrong, and what may be changed instead."""

import pytest

from tests.console import Console, platform, spec
from tests.overriding import ALL, POD, overriding
from tests.refusals import ASK, Spec, refusal
from tests.simulator import APP


@pytest.mark.parametrize(
    ("allowed", "known"),
    [([], "none"), (["frontend-deployment", "*-hpa"], "frontend-deployment, *-hpa")],
)
def test_only_what_the_platform_allows_is_overridden(allowed: list[str], known: str) -> None:
    """A key that the Platform doesn't list is refused, with those that it lists."""
    says = (
        f"spec.overrides.backend-deployment: isn't among the Platform's overrides, which allow {known}{ASK}"
    )
    assert refusal(overriding(backend_deployment=POD), {"overrides": allowed}) == says
    assert refusal(overriding(backend_deployment=POD), {"overrides": ["backend-*"]}) == ""
    worker = overriding(worker_mail_deployment=POD) | {"workers": {"mail": {"command": ["node", "mail.js"]}}}
    assert refusal(worker, {"overrides": ["worker-*-deployment"]}) == ""


def test_an_object_that_is_not_there_is_refused() -> None:
    """A key that the app doesn't have is refused, with those that it has and the nearest of them."""
    spec_ = {"team": "t", "frontend": {"image": "a:1"}, "environment": "dev"}
    says = "spec.overrides.frontend-deploymnt: this app has no such object, but frontend-deployment, "
    said = refusal(spec_ | {"overrides": {"frontend-deploymnt": {}}}, ALL)
    assert said.startswith(says)
    assert said.endswith("frontend-serviceaccount; did you mean frontend-deployment?")
    assert "backend-service: this app has no such" in refusal(
        spec_ | {"overrides": {"backend-service": {}}}, ALL
    )


def test_a_refusal_says_what_may_be_changed() -> None:
    """The sentence names the field, and what may be overridden beside it."""
    patch = {"spec": {"selector": None, "template": {"spec": {"hostNetwork": True}}}}
    said = refusal(overriding(backend_deployment=patch), ALL)
    of_spec = "minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, strategy, template"
    only = "can't be overridden; an override of kind Deployment may change"
    where = "spec.overrides.backend-deployment.spec"
    assert said.startswith(
        f"{where}.selector: {only} of spec only {of_spec}; "
        f"{where}.template.spec.hostNetwork: {only} of spec.template.spec only affinity, dnsConfig, "
    )


def test_a_field_that_kubernetes_does_not_know_is_refused() -> None:
    """Crossplane couldn't go on with the app at an object that has one. The sentence has the nearest."""
    tolerations = [{"key": "gpu", "efect": "NoSchedule"}]
    patch = {"spec": {"template": {"spec": {"tolerations": tolerations, "dnsConfig": {"searches": "a.dev"}}}}}
    where = "spec.overrides.backend-deployment.spec.template.spec"
    assert refusal(overriding(backend_deployment=patch), ALL) == (
        f"{where}.tolerations.0.efect: is unknown; did you mean effect?; "
        f"{where}.dnsConfig.searches: must be a list"
    )


def test_check_says_the_same_with_the_line(shell: Console) -> None:
    """At the desk each override that is refused has its line. A null that removes a field is no problem."""
    settings = shell.write("platform.yaml", platform("{overrides: [backend-deployment]}"))
    app = shell.write(
        "app.yaml",
        spec(
            """\
            team: web
            backend: {}
            overrides:
              backend-deployment:
                spec:
                  minReadySeconds: null
                  selector: null
              backend-service: {}
            """
        ),
    )

    done = shell.run("check", "--platform", settings, app)

    allowed = "an override of kind Deployment may change of spec only minReadySeconds"
    selector, service, count = done.stdout.splitlines()
    at_selector = "app.yaml:11:9: spec.overrides.backend-deployment.spec.selector: can't be overridden; "
    assert selector.startswith(at_selector + allowed)
    says = f"isn't among the Platform's overrides, which allow backend-deployment{ASK}"
    assert service == f"app.yaml:12:5: spec.overrides.backend-service: {says}"
    assert count == "2 problems"


def test_no_message_repeats_a_long_key() -> None:
    """A key may be as long as a spec. A message has the beginning of it."""
    long = "x" * 10_000
    unknown: list[Spec] = [{long: {}}, {"backend-deployment": {"spec": {long: 1}}}]
    for patches in unknown:
        assert len(refusal(APP | {"overrides": patches}, ALL)) < 1000

"""Statuses that GitHub doesn't take at once: none is lost without a word."""

from pathlib import Path

import httpx2
import pytest

from fleet_services.commit_status.entry import Place
from fleet_services.commit_status.reporter import ROUND, Reporter
from fleet_services.commit_status.verdict import Verdict, said
from fleet_services.github import client
from fleet_services.github.credentials import Credentials
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub
from tests.fleet_services.reporting import DEV, GREEN, RED, A, states
from tests.fleet_services.served import Answer
from tests.fleet_services.test_credentials import PEM

NOT_FOUND = Answer(404, {"message": "Not Found"})


@pytest.fixture
def of_an_app(
    github: GitHub, http: httpx2.Client, secret: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Reporter:
    """A service with the Secret of a GitHub App."""
    (secret / "token").unlink()
    for key, value in {"ID": "1", "InstallationOwner": "acme", "PrivateKey": PEM}.items():
        (secret / f"githubApp{key}").write_text(value)
    monkeypatch.setattr(http, "follow_redirects", True)
    assert github.address
    credentials = Credentials(secret, http, {"statuses": "write"}, clock)
    return Reporter(client.GitHub(http, credentials, clock), clock)


def rounds(reporter: Reporter, clock: Clock, number: int) -> None:
    """Let time pass, from one try to the next."""
    for _ in range(number):
        clock.now += reporter.send()


@pytest.mark.parametrize(
    "answer",
    [
        NOT_FOUND,
        Answer(422, {"message": "The permissions requested are not granted to this installation."}),
        Answer(403, {"message": "This installation has been suspended"}),
        Answer(200, b"<html>Sign in</html>"),
    ],
    ids=["not installed", "no right", "suspended", "a proxy's page"],
)
def test_an_app_without_a_token_loses_no_status(
    of_an_app: Reporter, github: GitHub, clock: Clock, answer: Answer
) -> None:
    """What GitHub says of the App is no word on the commit. It is posted once the App is mended."""
    github.planned = [answer] * 3
    of_an_app.want(DEV, RED)
    rounds(of_an_app, clock, 4)
    assert github.said(A) == [("nodeapp/eu/dev", "failure", "refused")]


def test_a_repository_that_is_not_found_is_tried_for_an_hour(
    reporter: Reporter, github: GitHub, clock: Clock
) -> None:
    """The App may be installed on it meanwhile. Until then it counts as waiting, so an alert fires."""
    begun = clock.now
    github.planned = [NOT_FOUND] * 100
    reporter.want(DEV, GREEN)
    while len(github.planned) > 80 and clock.now < begun + 7200:
        clock.now += reporter.send()
    assert 1800 < clock.now - begun < 7500
    assert len(github.requests) < 20
    github.planned = []
    reporter.want(DEV, RED)
    rounds(reporter, clock, 1)
    assert states(github) == ["failure"]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>Sign in</html>"),
        Answer(200, {"message": "ok"}),
        Answer(302, b"", {"Location": f"/repositories/1/statuses/{A}"}),
        Answer(301, b"", {"Location": f"/repositories/1/statuses/{A}"}),
    ],
    ids=["a proxy's page", "no creation", "found elsewhere", "moved for good"],
)
def test_only_a_creation_counts(of_an_app: Reporter, github: GitHub, clock: Clock, answer: Answer) -> None:
    """A page of a proxy creates nothing, and a redirect may turn the request into one that reads."""
    github.planned = [None, None, None, answer]
    of_an_app.want(DEV, GREEN)
    rounds(of_an_app, clock, 3)
    assert states(github) == ["success"]


def test_a_status_whose_answer_was_lost_is_not_posted_twice(
    reporter: Reporter, github: GitHub, clock: Clock
) -> None:
    """GitHub took it, and the connection broke: it is asked again what it has."""
    github.planned = [None, Answer(201, {"state": "success"}, cut=5)]
    reporter.want(DEV, GREEN)
    clock.now += reporter.send()
    github.statuses[A].append({"context": DEV.context, "state": "success", "description": "runs"})
    rounds(reporter, clock, 2)
    assert len(github.said(A)) == 1


def test_a_description_has_no_character_that_github_refuses() -> None:
    """It answers 422 to an emoji. What can't be seen, or turns the text around, is left out too."""
    words = said("failure", "env 🐛 is \u202ewrong\x00: grüße, 中文").description
    assert words == "env \ufffd is \ufffdwrong\ufffd: grüße, 中文"


def test_names_of_statuses_are_equal_in_any_case(reporter: Reporter, github: GitHub, clock: Clock) -> None:
    """As GitHub says."""
    github.statuses[A] = [{"context": "NodeApp/EU/dev", "state": "success", "description": "runs"}]
    reporter.want(DEV, GREEN)
    rounds(reporter, clock, 2)
    assert len(github.said(A)) == 1


def test_a_slow_github_doesn_t_hold_a_round(
    reporter: Reporter, github: GitHub, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cluster is looked at again, and a signal is heard. The others are posted in the next rounds."""
    post = reporter.post

    def slowly(place: Place, verdict: Verdict) -> None:
        clock.now += ROUND
        post(place, verdict)

    monkeypatch.setattr(reporter, "post", slowly)
    for number in range(3):
        reporter.want(Place(DEV.repository, f"{number:040x}", DEV.context), GREEN)
    assert reporter.send() == pytest.approx(0.1)
    assert sum(map(bool, github.statuses.values())) == 1
    rounds(reporter, clock, 2)
    assert sum(map(bool, github.statuses.values())) == 3


def test_a_verdict_is_found_behind_the_progress_of_another_environment(
    reporter: Reporter, github: GitHub, clock: Clock
) -> None:
    """One that waits for half an hour has more statuses on a commit than GitHub lists at once."""
    prod = {"context": "nodeapp/eu/prod", "state": "pending"}
    dev = {"context": DEV.context, "state": GREEN.state, "description": GREEN.description}
    github.statuses[A] = [dev, *(prod | {"description": f"{number} of 3"} for number in range(150))]
    reporter.want(DEV, Verdict("pending", "Flux applies this commit"))
    rounds(reporter, clock, 2)
    assert len(github.statuses[A]) == 151

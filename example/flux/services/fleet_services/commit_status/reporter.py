"""Post what changed, and only that, until GitHub has it."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge
from pydantic import BaseModel, TypeAdapter

from fleet_services.commit_status.verdict import State, Verdict, superseded
from fleet_services.github.client import GitHub
from fleet_services.github.errors import GitHubError, parsed

LOG = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds between tries. GitHub being down for an hour costs 15 calls a commit."""
PAUSE = 15.0
"""Seconds between two reports of progress: GitHub keeps at most 1000 statuses of a name for a commit."""
REMEMBERED = 5000
"""Commits whose last status is known. One that is forgotten is read from GitHub."""
VERDICTS: tuple[State, ...] = ("success", "failure")
FINAL: tuple[State, ...] = (*VERDICTS, "error")
NEVER = frozenset((404, 410, 422))
"""HTTP statuses that stay: no such repository or commit, or no right to see it."""

METRICS = CollectorRegistry()
POSTED = Counter("fleet_commit_status_posts", "Statuses that GitHub took", registry=METRICS)
FAILED = Counter("fleet_commit_status_failures", "Calls of GitHub that failed", registry=METRICS)
WAITING = Gauge("fleet_commit_status_waiting", "Statuses that GitHub doesn't have yet", registry=METRICS)


class Posted(BaseModel):
    """A status that GitHub has."""

    state: str
    description: str | None
    context: str


POSTED_STATUSES = TypeAdapter(list[Posted])


@dataclass(frozen=True, slots=True)
class Place:
    """The status that is meant: GitHub keeps the newest of each name for a commit."""

    repository: str
    """Owner and name."""
    commit: str
    context: str
    """Its name."""


@dataclass
class Entry:
    """The status of one name on one commit."""

    wanted: Verdict
    known: Any = None
    """What GitHub has: a pair of state and description, or None if that wasn't read yet."""
    tries: int = 0
    retry: float = 0.0
    """When to try again after a failure."""
    pause: float = 0.0
    """When progress may be reported again."""

    @property
    def due(self) -> float:
        """When it may be posted. What is final doesn't wait for the pause."""
        return self.retry if self.wanted.state in FINAL else max(self.retry, self.pause)


class Reporter:
    """Knows what each status should say, and what GitHub has. Used by one thread."""

    def __init__(self, github: GitHub, now: Callable[[], float]) -> None:
        """Take GitHub and a clock in seconds."""
        self.github, self.now = github, now
        self.entries: OrderedDict[Place, Entry] = OrderedDict()

    def want(self, place: Place, verdict: Verdict) -> None:
        """Take what a status should say. A verdict on a commit is only replaced by another verdict.

        Else each reconcile of Flux, which begins with an unknown state, would turn a green commit yellow.
        """
        entry = self.entries.get(place)
        if entry is None:
            self.entries[place] = Entry(verdict)
            self.shrink()
        elif verdict != entry.wanted and not (verdict.state not in FINAL and entry.wanted.state in FINAL):
            entry.wanted = verdict
            if verdict.state in FINAL:
                entry.tries, entry.retry = 0, 0.0
        self.entries.move_to_end(place)

    def supersede(self, place: Place, by: str) -> None:
        """End the wait for a commit, as another one is attempted now. A verdict stays."""
        entry = self.entries.get(place)
        if entry and entry.wanted.state not in FINAL:
            self.want(place, superseded(by))

    def send(self) -> float:
        """Post what is due. Returns the seconds until the next is due."""
        waiting = [each for each in self.entries.items() if unsent(each[1])]
        for place, entry in waiting:
            if entry.due <= self.now():
                self.bring(place, entry)
        left = [entry.due for _, entry in waiting if unsent(entry)]
        WAITING.set(len(left))
        return max(0.1, min(left, default=self.now() + LONGEST_WAIT) - self.now())

    def bring(self, place: Place, entry: Entry) -> None:
        """Bring GitHub to what is wanted, or wait."""
        try:
            if entry.known is None:
                entry.known = self.existing(place)
            if entry.known[0] in FINAL and entry.wanted.state not in VERDICTS:
                entry.wanted = Verdict(*entry.known)
            if unsent(entry):
                self.post(place, entry.wanted)
                entry.known = entry.wanted.state, entry.wanted.description
        except GitHubError as error:
            FAILED.inc()
            LOG.warning("%s of %s at %s: %s", place.context, place.repository, place.commit, error)
            if error.status in NEVER:
                entry.known = entry.wanted.state, entry.wanted.description
                return
            entry.tries += 1
            later = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (entry.tries - 1))
            entry.retry = self.now() + max(later, error.wait)
        else:
            entry.tries, entry.retry, entry.pause = 0, 0.0, self.now() + PAUSE

    def existing(self, place: Place) -> tuple[str, str]:
        """What GitHub has, so that a restart repeats nothing and no verdict is replaced by progress."""
        page = self.github.get(f"/repos/{place.repository}/commits/{place.commit}/statuses?per_page=100")
        found = parsed(POSTED_STATUSES, page.content)  # The newest comes first.
        ours = next((each for each in found if each.context == place.context), None)
        return (ours.state, ours.description or "") if ours else ("", "")

    def post(self, place: Place, verdict: Verdict) -> None:
        """Create the status."""
        body = {"state": verdict.state, "description": verdict.description, "context": place.context}
        self.github.post(f"/repos/{place.repository}/statuses/{place.commit}", body)
        POSTED.inc()

    def shrink(self) -> None:
        """Forget the oldest commits."""
        while len(self.entries) > REMEMBERED:
            self.entries.popitem(last=False)


def unsent(entry: Entry) -> bool:
    """Whether GitHub lacks what is wanted."""
    return bool(entry.known != (entry.wanted.state, entry.wanted.description))

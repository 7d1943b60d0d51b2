"""Post what changed, and only that, until GitHub has it."""

import logging
from collections import OrderedDict
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge
from pydantic import BaseModel, TypeAdapter

from fleet_services.backoff import after
from fleet_services.commit_status.entry import FINAL, VERDICTS, Entry, Place
from fleet_services.commit_status.verdict import Verdict
from fleet_services.github.client import GitHub
from fleet_services.github.errors import GitHubError, parsed

LOG = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Seconds between tries. GitHub being down for an hour costs 15 calls a commit."""
PAUSE = 15.0
"""Seconds between two reports of progress: GitHub keeps at most 1000 statuses of a name for a commit."""
REMEMBERED = 5000
"""Commits whose last status is known. One that is forgotten is read from GitHub."""
NEVER = frozenset((410, 422))
"""HTTP statuses that stay: GitHub doesn't have the commit, or takes no more statuses of this name on it."""
NOT_FOUND, TRIES = 404, 16
"""Tries in an hour. The App may not be installed on a repository that isn't found, which a person can mend.
The metric of the statuses that wait tells them for an hour."""
ROUND = 10.0
"""Seconds after which a round of posts ends, to look at the cluster and for a signal."""

METRICS = CollectorRegistry()
POSTED = Counter("fleet_commit_status_posts", "Statuses that GitHub took", registry=METRICS)
FAILED = Counter("fleet_commit_status_failures", "Calls of GitHub that failed", registry=METRICS)
WAITING = Gauge("fleet_commit_status_waiting", "Statuses that GitHub doesn't have yet", registry=METRICS)


class Posted(BaseModel):
    """A status that GitHub has."""

    state: str
    description: str | None
    context: str


class Combined(BaseModel):
    """GitHub's answer for a commit: the newest status of each name."""

    statuses: list[Posted]


COMBINED = TypeAdapter(Combined)


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
            entry.wanted, entry.ends = verdict, False
            if verdict.state in FINAL:
                entry.tries, entry.retry = 0, 0.0
        self.entries.move_to_end(place)

    def end(self, place: Place, verdict: Verdict) -> None:
        """Say the last word on a commit that isn't attempted any more, if its wait is what GitHub shows."""
        entry = self.entries.get(place)
        if entry is None or entry.wanted.state not in FINAL:
            self.want(place, verdict)
            self.entries[place].ends = True

    def send(self) -> float:
        """Post what is due. Returns the seconds until the next is due."""
        waiting, begun = [each for each in self.entries.items() if each[1].unsent], self.now()
        for place, entry in waiting:
            if entry.due <= self.now() < begun + ROUND:
                self.bring(place, entry)
        left = [entry.due for _, entry in waiting if entry.unsent]
        WAITING.set(len(left))
        return max(0.1, min(left, default=self.now() + LONGEST_WAIT) - self.now())

    def bring(self, place: Place, entry: Entry) -> None:
        """Bring GitHub to what is wanted, or wait."""
        try:
            if entry.known is None:
                entry.known = self.existing(place)
            if (entry.known[0] in FINAL and entry.wanted.state not in VERDICTS) or (
                entry.ends and entry.known[0] != "pending"
            ):
                entry.wanted = Verdict(*entry.known)
            if entry.unsent:
                self.post(place, entry.wanted)
                entry.known = entry.wanted.state, entry.wanted.description
        except GitHubError as error:
            FAILED.inc()
            LOG.warning("%s of %s at %s: %s", place.context, place.repository, place.commit, error)
            if error.status in NEVER or (error.status == NOT_FOUND and entry.tries >= TRIES):
                entry.known = entry.wanted.state, entry.wanted.description
                return
            entry.known = None  # GitHub may have taken it all the same.
            entry.retry = self.now() + max(after(entry.tries, FIRST_WAIT, LONGEST_WAIT), error.wait)
            entry.tries += 1
        else:
            entry.tries, entry.retry, entry.pause = 0, 0.0, self.now() + PAUSE

    def existing(self, place: Place) -> tuple[str, str]:
        """What GitHub has, so that a restart repeats nothing and no verdict is replaced by progress.

        The list of all statuses would not do: the progress of another environment may fill its first page.
        """
        page = self.github.get(f"/repos/{place.repository}/commits/{place.commit}/status?per_page=100")
        found = parsed(COMBINED, page.content).statuses
        ours = next((each for each in found if each.context.lower() == place.context.lower()), None)
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

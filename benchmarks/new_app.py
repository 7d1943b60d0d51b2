"""What a new app costs Crossplane: python -m benchmarks.new_app [--style modern] [--defaults].

It starts a control plane with CloudNativePG's own operator, writes an app with everything on, and edits it a
minute later. It prints where the events of the first minute come from, object by object, and how long people
wait.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

from benchmarks.everything import GATEWAY, KINDS, PLATFORM, SPEC, WORKER, WRITERS
from benchmarks.reconciled import counted, reconciles
from benchmarks.watched import Event, Watched, watching
from function.api.names import API_VERSION
from function.patch import merge
from function.read import text
from tests.live.judging import current
from tests.live.story import Story
from tests.plane import gateways, up
from tests.plane.api import Api
from tests.plane.crossplane import BREAKER
from tests.plane.kubectl import Json, wait
from tests.plane.plane import Plane
from tests.plane.product import function, govern, install
from tests.simulated.simulation import Style

EDIT: Json = {"backend": {"image": "ghcr.io/acme/shop:1.5.0"}}
MINUTE = 60.0
SLOWLY = 300.0
"""Seconds that an app may take, with other work beside it."""
APPS = {"first": "operated-1", "shop": "operated-2"}
"""The apps and their namespaces. With the first one Crossplane begins to watch the kinds that it composes."""
BURST, REFILL = 100, 1
"""By default Crossplane's circuit breaker opens when so many tokens are gone; so many come back a second."""


def main() -> None:
    """Write an app, edit it, and print what that cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.new_app", description=__doc__)
    parser.add_argument("--style", choices=("classic", "modern"), default="classic")
    parser.add_argument("--defaults", action="store_true", help="leave Crossplane's circuit breaker as it is")
    parser.add_argument("--worker", action="store_true", help="with a worker too")
    parser.add_argument("--tree", type=Path, help="serve the function of this checkout, with its .venv")
    options = parser.parse_args()
    up.prepare(say, operator=True)
    spec = SPEC | (WORKER if options.worker else {})
    with prepared(options.style, options.tree, () if options.defaults else BREAKER) as plane:
        waited(Story(plane.cluster, APPS["first"], "first"), spec)
        time.sleep(MINUTE)
        paths = watched_paths(options.style, APPS["shop"])
        with watching(Api(plane.kubeconfig("admin")), paths) as watched:
            story, begun = Story(plane.cluster, APPS["shop"]), time.time()
            ready = waited(story, spec)
            time.sleep(max(0.0, MINUTE - ready))
            edited = time.time()
            story.write(merge(spec, EDIT))
            wait(lambda: image(story), lambda now: now == EDIT["backend"]["image"], SLOWLY)
            begins = time.time() - edited
            rolled = begins + waited(story, merge(spec, EDIT))
            show(watched, begun)
        done = list(reconciles(plane.folder / "calls.jsonl", APPS["shop"]))
        say(f"new app: Ready after {ready:.1f} s; {counted(done, begun, begun + ready)}")
        say(f"in its first minute: {counted(done, begun, begun + MINUTE)}")
        say(
            f"edit of an image: in the Deployment after {begins:.1f} s, rolled out after {rolled:.1f} s; "
            f"{counted(done, edited, edited + rolled)}"
        )


@contextmanager
def prepared(style: Style, tree: Path | None, breaker: Sequence[str]) -> Iterator[Plane]:
    """A control plane with the product, a Gateway, and the namespaces of the apps."""
    with ExitStack() as stack:
        plane = stack.enter_context(up.plane())
        up.start(plane, operator=True, breaker=breaker)
        install(plane.cluster, style)
        govern(plane.cluster, PLATFORM)
        for name in (GATEWAY["namespace"], *APPS.values()):
            plane.cluster.kubectl("create", "namespace", name)
        gateways.serve(plane.cluster, GATEWAY)
        stack.enter_context(gateways.controller(plane.cluster))
        stack.enter_context(function(plane, record=True, tree=tree))
        yield plane


def watched_paths(style: Style, namespace: str) -> list[str]:
    """The API paths of an app's XR and of all that may be composed."""
    xrs = "xnodeapps" if style == "classic" else f"namespaces/{namespace}/nodeapps"
    composed = (
        f"{base}/{kind}" if kind == "clusterusages" else f"{base}/namespaces/{namespace}/{kind}"
        for base, kinds in KINDS.items()
        for kind in kinds
    )
    return [f"/apis/{API_VERSION}/{xrs}", *composed]


def waited(story: Story, spec: Json) -> float:
    """Seconds from the write of a spec until it is what runs."""
    begun = time.monotonic()
    story.write(spec)
    story.until(lambda claim: current(claim, spec), SLOWLY)
    return time.monotonic() - begun


def image(story: Story) -> str | None:
    """The image that the backend's Deployment has now."""
    deployed = story.see("deployments", "backend")
    return text(deployed, "spec", "template", "spec", "containers", 0, "image")


def show(watched: Watched, begun: float) -> None:
    """Print the events of the first minute: by object, by writer, and whether the breaker would open."""
    events = [each for each in watched.events("shop") if each.at < begun + MINUTE]
    of_objects, of_writers = Counter[tuple[str, str]](), Counter[str]()
    for event in events:
        of_objects[event.kind, event.name] += event.tokens
        of_writers[WRITERS.get(event.writer, event.writer)] += event.tokens
    for (kind, name), tokens in of_objects.most_common():
        said = Counter(
            f"{each.writer} {' '.join(each.changed[:3])}".strip()
            for each in events
            if (each.kind, each.name) == (kind, name)
        )
        say(f"{tokens:4} {kind} {name}: " + "; ".join(f"{n} x {what}" for what, n in said.most_common(4)))
    for writer, tokens in of_writers.most_common():
        say(f"{tokens:4} by {writer}")
    total, most = sum(of_writers.values()), peak(events)
    say(f"{total:4} tokens in the first minute, at most {most:.0f} of {BURST} at once")


def peak(events: Sequence[Event]) -> float:
    """Most tokens that are gone at once, if all events are let through."""
    gone = most = 0.0
    for before, event in pairwise([events[0], *sorted(events, key=lambda each: each.at)]):
        gone = max(0.0, gone - REFILL * max(0.0, event.at - before.at)) + event.tokens
        most = max(most, gone)
    return most


def say(line: str) -> None:
    """Print one line."""
    print(line, flush=True)  # noqa: T201  # A report for a terminal.


if __name__ == "__main__":
    main()

"""The API server and the function agree on every spec: CEL and Python are two tellings of one rule."""

from function.api.names import API_VERSION, CLAIM
from tests.dry_run import refused, submit, written
from tests.live.story import Story
from tests.verdicts import ACCEPTED, REFUSED


def test_what_the_function_accepts_is_admitted(story: Story) -> None:
    """Nothing that the function would compose is refused at admission."""
    for spec in ACCEPTED:
        submit(story.cluster, written(API_VERSION, CLAIM, story.app, spec, story.namespace))


def test_what_the_function_refuses_is_not_admitted(story: Story) -> None:
    """What the function refuses is refused at admission; where a rule is broken, in the same words."""
    for case in REFUSED:
        given = written(API_VERSION, CLAIM, story.app, case["spec"], story.namespace)
        refused(story.cluster, given, case["says"])

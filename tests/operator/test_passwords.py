"""Replacing a database's password, on CloudNativePG's own operator with played instances."""

import base64
from collections.abc import Callable

from tests.live.judging import current
from tests.live.story import Story
from tests.operator.telling import SLOWLY
from tests.plane.kubectl import Json, wait

SPEC = {
    "team": "a",
    "backend": {"image": "ghcr.io/acme/shop:1.4.0"},
    "database": {"version": 17, "instances": 1, "storage": "10Gi", "backup": {"enabled": False}},
}


def credentials(story: Story) -> dict[str, str]:
    """What the Secret of the app's database has, and its uid; empty while there is none."""
    secret: Json = story.see("secret", "db-app")
    if not secret:
        return {}
    data = {key: base64.b64decode(value).decode() for key, value in secret["data"].items()}
    return data | {"uid": secret["metadata"]["uid"]}


def test_a_password_is_replaced(operated: Callable[..., Story]) -> None:
    """The operator makes a deleted Secret anew, with another password and a URL that has it. All else is the
    same, and the app stays Ready. The Secret's keys are those that the backend reads."""
    story = operated()
    story.write(SPEC)
    story.until(lambda claim: current(claim, SPEC), SLOWLY)
    before = credentials(story)
    database = story.database()["metadata"]["uid"]

    story.cluster.delete("secret", "shop-db-app", story.namespace)
    after = wait(lambda: credentials(story), lambda now: now and now["uid"] != before["uid"], SLOWLY)

    assert after["password"] != before["password"]
    assert after["uri"] == before["uri"].replace(before["password"], after["password"])
    for key in ("username", "user", "dbname", "host", "port"):
        assert after[key] == before[key]
    [container] = story.see("deployment", "backend")["spec"]["template"]["spec"]["containers"]
    references = [each["valueFrom"]["secretKeyRef"] for each in container["env"] if "valueFrom" in each]
    read = {each["key"] for each in references if each["name"] == "shop-db-app"}
    assert read
    assert read <= after.keys()
    assert story.database()["metadata"]["uid"] == database
    assert current(story.claim(), SPEC)

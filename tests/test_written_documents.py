"""Objects are written as YAML that people read, and that every reader takes for the same."""

from typing import Any

import pytest
import yaml

from function.cli import kube_yaml
from tests.documents import read


@pytest.mark.parametrize(
    "text",
    ["1e3", "0o17", "08", "y", "N", "on", "12:30", "2026-01-02", "null", "", "1_0", ".5", "a\nb\n", "é"],
)
def test_text_stays_text(text: str) -> None:
    """What is written is read back as the same, here and by any other reader of YAML."""
    written = kube_yaml.dump([{"key": text, "list": [{text: 1}]}])

    for value in (read(written)[0].value, yaml.safe_load(written)):
        assert value == {"key": text, "list": [{text: 1}]}


def test_objects_are_written_as_people_read_them() -> None:
    """What it is comes first, several lines are a block, and there are no aliases."""
    labels = {"app": "shop"}
    objects: list[dict[str, Any]] = [
        {
            "spec": {"b": 1, "a": labels},
            "kind": "K",
            "metadata": {"labels": labels, "name": "n"},
            "apiVersion": "v1",
        },
        {"data": {"script": "one\ntwo\n"}},
    ]

    assert kube_yaml.dump(objects) == (
        "---\napiVersion: v1\nkind: K\nmetadata:\n  name: 'n'\n  labels:\n    app: shop\n"
        "spec:\n  a:\n    app: shop\n  b: 1\n"
        "---\ndata:\n  script: |\n    one\n    two\n"
    )

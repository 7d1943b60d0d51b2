"""The last step for every object: the platform's labels, the app's override, and the hash of it all."""

import hashlib

import orjson

from function import overrides
from function.api.names import HASH, LATER_RECORDS
from function.app import App
from function.place import Manifest


def finish(app: App, key: str, manifest: Manifest) -> Manifest:
    """An object as it is applied: with the platform's labels, overridden, and with its hash.

    A None in it counts for the hash, but isn't applied: a null would own the field.
    LATER_RECORDS don't count.
    """
    metadata = manifest["metadata"]
    whole = manifest | {"metadata": metadata | {"labels": app.platform.labels | metadata["labels"]}}
    whole = overrides.applied(whole, app.asked.overrides.get(key))
    metadata = whole["metadata"]
    annotations = metadata.get("annotations") or {}
    records = {name: annotations[name] for name in LATER_RECORDS if name in annotations}
    if records:
        metadata["annotations"] = {name: each for name, each in annotations.items() if name not in records}
    # Ten digits are 40 bits: that an edit leaves the hash unchanged has odds of one to a million million.
    digest = hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()[:10]
    metadata["annotations"] = annotations | {HASH: digest}
    return whole

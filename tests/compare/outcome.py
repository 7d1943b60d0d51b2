"""What a case came to: a tree in which a value is named by its place, and by which revisions are compared."""

from collections.abc import Mapping
from typing import Any

import grpc
from google.protobuf import json_format

from function.api.names import HASH
from tests import golden
from tests.released import pod_template
from tests.simulated.composition_pipeline import Runner
from tests.simulated.server_side_apply import Manifest
from tests.simulator import World

Outcome = dict[str, Any]


def outcome(case: Mapping[str, Any], runner: Runner | None = None) -> Outcome:
    """What a case comes to.

    It is the response as goldens show it, with conditions by type and without the hashes of manifests, and

        fatal     why the response is FATAL
        error     why there is no response, why nothing comes to rest, or why a step can't be done
        refused   key → why the API server or a webhook refuses the object
        replaced  keys of objects whose pods were replaced since `before` ran
        deleted   keys of objects that Crossplane deleted since then, and that aren't there now
        archives  server name → its PostgreSQL major, and the number of base backups that can be recovered
    """
    try:
        return ended(golden.play(case, runner))
    except grpc.RpcError as error:
        return {"error": f"{error.code().name}: {error.details()}"}
    except AssertionError as error:
        return {"error": str(error)}
    except KeyError as error:
        return {"error": f"a step names what isn't there: {error}"}
    except (ValueError, json_format.Error) as error:
        return {"error": f"the response isn't JSON: {error}"}


def ended(played: golden.Played) -> Outcome:
    """What a life that was played came to."""
    if not played.last.calls:
        return {"error": played.last.error}
    return comparable(golden.shown(played.last.response)) | {
        "fatal": played.last.fatal,
        "refused": played.last.refused,
        "replaced": replaced(played.before, played.world.state),
        "deleted": sorted(played.deleted - played.world.keys),
        "archives": archives(played.world),
    }


def comparable(shown: dict[str, Any]) -> Outcome:
    """A golden's view of a response, with conditions by type and objects without hashes."""
    conditions = {each["type"]: {"message": ""} | each for each in shown["conditions"]}
    return shown | {
        "conditions": {
            name: {key: value for key, value in each.items() if key != "type"}
            for name, each in conditions.items()
        },
        "objects": {key: unhashed(manifest) for key, manifest in shown["objects"].items()},
    }


def unhashed(manifest: Manifest) -> Manifest:
    """An object without the hash of its manifest."""
    metadata = manifest.get("metadata", {})
    annotations = {key: text for key, text in metadata.get("annotations", {}).items() if key != HASH}
    return manifest | {"metadata": metadata | {"annotations": annotations}}


def replaced(before: Mapping[str, Manifest], now: Mapping[str, Manifest]) -> list[str]:
    """The keys of objects that have other pods now."""
    both = sorted(before.keys() & now.keys())
    return [key for key in both if pod_template(before[key]) != pod_template(now[key])]


def archives(world: World) -> Outcome:
    """What can be recovered from the object store, by the major that a Cluster there would have."""
    return {
        location.server: {
            "major": archive.major,
            "baseBackups": len(archive.bases[archive.mixed :]),
        }
        for location, archive in sorted(world.cnpg.archives.items())
    }

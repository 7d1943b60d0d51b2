"""The life of a database that is asked for or kept: every state of its Cluster, and what follows from it.

A table decides whether the Cluster is composed now, and what DatabaseReady says. Nothing else does. The first
row that fits counts. `database_facts.State` says what each state means. removal.py has the table of databases
that are no longer asked for.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from function.api.reasons import Reason
from function.app import App
from function.components.database.keys import ACCEPT_DATA_LOSS, COMPONENT
from function.components.database.mistake import mistakes
from function.components.database.remedies import (
    how_to_recover,
    how_to_recover_instead,
    how_to_take_over,
    what_to_set_beside,
)
from function.components.database.situations import (
    always,
    lacks_object_store,
    lacks_operator,
    lacks_plugin,
    lacks_version,
    lost,
    lost_but_for_volumes,
    mistaken,
    mistaken_but_protected,
    replaced,
    volume_leaves,
)
from function.components.database.volume import volume_name
from function.database_facts import State
from function.report import PROGRESSING, Condition, ConditionType

READY = ConditionType("DatabaseReady", part="database", gates=True)


class InForce(NamedTuple):
    """A row of the table."""

    states: tuple[State, ...]
    when: Callable[[App], bool]
    then: Literal["compose", "leave", "delete"]
    """Whether the Cluster is desired now. With "leave" this XR owns no Cluster that could be deleted. With
    "delete" it owns one, which Crossplane then deletes."""
    reason: Reason | None = None
    """Of DatabaseReady, which is then False. None: the Cluster's own state decides."""
    message: str = ""


MADE_ANEW = "Cluster {cluster} is made anew, as none of its volumes was ever bound, with {mistakes}"

IN_FORCE = (
    InForce(
        ("unanswered",),
        lacks_operator,
        "leave",
        "NoOperator",
        "the cluster has no CloudNativePG, so it has no databases; install its operator",
    ),
    InForce(("unanswered",), always, "leave", "LookingUp", "looks for an existing Cluster {cluster} first"),
    InForce(("leaving",), always, "leave", PROGRESSING, "waits until the former Cluster {cluster} is gone"),
    InForce(
        ("not_ours",),
        always,
        "leave",
        "Conflict",
        "Cluster {cluster} belongs to {owner}{handover}",
    ),
    InForce(
        ("absent",),
        lost_but_for_volumes,
        "leave",
        "Lost",
        "Cluster {cluster} (uid {uid}) is gone though deletionPolicy is Retain, but its volumes are there: "
        "CloudNativePG gives them, with all data, to the Cluster that is made once the NodeApp has the "
        "annotation {annotation}: {uid}{beside}",
    ),
    InForce(
        ("absent",),
        lost,
        "leave",
        "Lost",
        "Cluster {cluster} (uid {uid}) is gone though deletionPolicy is Retain, and no empty one is made in "
        "its place; {recovery}to accept the loss, annotate the NodeApp with {annotation}: {uid}",
    ),
    InForce(
        ("absent",),
        lacks_version,
        "leave",
        "VersionUnknown",
        "database.version must be written, as the PostgreSQL major is part of the name of the backups to "
        "recover from, and no empty database is made",
    ),
    InForce(
        ("absent",),
        lacks_object_store,
        "leave",
        "NoObjectStore",
        "database.restore needs the Platform's database.objectStore, and no empty database is made",
    ),
    InForce(
        ("absent",),
        lacks_plugin,
        "leave",
        "NoPlugin",
        "the backups to recover from can't be read, as the cluster has no ObjectStores, and no empty "
        "database is made; install the barman-cloud plugin",
    ),
    InForce(
        ("absent",),
        volume_leaves,
        "leave",
        PROGRESSING,
        "waits until PersistentVolumeClaim {volume} of the former Cluster is gone",
    ),
    InForce(("absent",), always, "compose"),
    InForce(
        ("found", "composed"),
        replaced,
        "compose",
        "Replaced",
        "Cluster {cluster} (uid {uid}) was made anew, without the data of the one before it; to accept the "
        "loss, annotate the NodeApp with {annotation}: {replaces}{instead}",
    ),
    InForce(("composed",), mistaken_but_protected, "compose", PROGRESSING, MADE_ANEW),
    InForce(("composed",), mistaken, "delete", PROGRESSING, MADE_ANEW),
    InForce(("found", "composed"), always, "compose"),
)


def row_in_force(app: App) -> InForce:
    """The row of a database that is in force."""
    state = app.facts.database.state
    return next(row for row in IN_FORCE if state in row.states and row.when(app))


def row_condition(app: App, row: InForce) -> Condition | None:
    """DatabaseReady by a row; None where the Cluster's own state decides."""
    if row.reason is None:
        return None
    facts = app.facts.database
    message = row.message.format(
        cluster=app.named(COMPONENT),
        owner=facts.owner,
        handover=how_to_take_over(app),
        uid=facts.uid,
        replaces=facts.replaces,
        annotation=ACCEPT_DATA_LOSS,
        volume=volume_name(app.named(COMPONENT)),
        mistakes=", ".join(mistakes(app)),
        recovery=how_to_recover(app),
        beside=what_to_set_beside(app),
        instead=how_to_recover_instead(app),
    )
    return READY.false(row.reason, message)

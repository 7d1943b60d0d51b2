"""The list of what overrides may change fits the kinds that are composed, and names none that holds data."""

from function.overridable import FIELDS, fields
from function.shapes import SHAPES
from tests.kinds import composed_kinds


def test_every_field_has_a_shape() -> None:
    """Of Kubernetes' own kinds, of PodMonitors and of Poolers, the shape of each field is known, but for
    labels and annotations."""
    for kind, shapes in SHAPES.items():
        assert set(shapes) == {
            field for field in FIELDS[kind] if not field.endswith((".labels", ".annotations"))
        }
    assert set(FIELDS) - set(SHAPES) == {"HTTPRoute", "Cluster", "ObjectStore"}


def test_every_listed_kind_is_composed() -> None:
    """No row of the list is for a kind that the function doesn't compose, or spells another way."""
    assert FIELDS.keys() <= {each.kind for each in composed_kinds()}


def test_every_kind_that_holds_data_is_closed() -> None:
    """Of a kind that no list names, an override changes labels and annotations alone."""
    for kind in ("Usage", "ClusterUsage", "Database", "ScheduledBackup", "PersistentVolumeClaim"):
        assert fields(kind) == (("metadata", "annotations"), ("metadata", "labels"))

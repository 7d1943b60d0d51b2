"""The platform's cloud role of an app: its pods use the cloud's services without a key."""

from function.api.workload import Workload
from function.app import App
from function.effective import EffectiveWorkload
from function.place import Place


def problems(place: Place, part: str, asked: Workload | None) -> list[str]:
    """That the platform has no cloud role, as a sentence."""
    if asked is None or not asked.cloud_role or place.platform.cloud_role:
        return []
    why = "the Platform has no cloudRole, which says how a ServiceAccount gets one; ask the platform team"
    return [f"spec.{part}.cloudRole: {why}, or take it out"]


def annotations(app: App) -> dict[str, str]:
    """Annotations of a ServiceAccount: the cloud looks there for the role."""
    role = app.platform.cloud_role
    return {
        key: value.replace("{namespace}", app.namespace).replace("{app}", app.name)
        for key, value in (role.annotations if role else {}).items()
    }


def role_labels(app: App, workload: EffectiveWorkload) -> dict[str, str]:
    """Labels of the pods of a part, if it has the role."""
    role = app.platform.cloud_role
    return dict(role.pod_labels) if role and workload.cloud_role else {}

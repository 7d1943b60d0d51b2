"""The environment of a part's containers."""

from collections.abc import Mapping

from function.components.container import variables
from function.effective import EffectiveWorkload
from function.place import Manifest


def environment(workload: EffectiveWorkload) -> tuple[list[Manifest], list[Manifest]]:
    """The env and envFrom that are asked for."""
    keys = {name: ref.split("/") for name, ref in sorted(workload.secret_env.items())}
    env = [
        *variables(workload.env),
        *({"name": n, "valueFrom": {"secretKeyRef": {"name": s, "key": k}}} for n, (s, k) in keys.items()),
    ]
    env_from = [
        *({"configMapRef": {"name": name}} for name in workload.config_maps),
        *({"secretRef": {"name": name}} for name in workload.secrets),
    ]
    return env, env_from


def not_overridden(workload: EffectiveWorkload, env: Mapping[str, str]) -> dict[str, str]:
    """The variables of the platform that the workload doesn't set itself."""
    return {k: v for k, v in env.items() if k not in workload.env and k not in workload.secret_env}

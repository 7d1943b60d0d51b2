"""Annotations for Stakater Reloader, which replaces pods whose Secrets and ConfigMaps have changed."""

from function.effective import EffectiveProcess

RELOAD = "reloader.stakater.com/reload"
"""End of an annotation of a Deployment: names whose changes replace its pods."""


def annotations(process: EffectiveProcess) -> dict[str, str]:
    """The annotations of a Deployment, by the names that the app lists.

    The CA of the database isn't among them: a renewal replaces the pods anyway.
    """
    files = process.files.values()
    secrets = {
        *process.secrets,
        *(reference.partition("/")[0] for reference in process.secret_env.values()),
        *(file.secret for file in files if file.secret),
    }
    config_maps = {*process.config_maps, *(file.config_map for file in files if file.config_map)}
    listed = {f"secret.{RELOAD}": secrets, f"configmap.{RELOAD}": config_maps}
    return {key: ",".join(sorted(names)) for key, names in listed.items() if names}

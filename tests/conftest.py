"""How hard the laws are tried: HYPOTHESIS_PROFILE is deep (the same thousands of examples each time, as a
gate has to), search (as many, others each time, to find what nobody thought of), or raw (a failure is shown
as it was met, at once: to look for a shorter one takes minutes)."""

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "default",
    max_examples=20,
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("deep", settings.get_profile("default"), max_examples=500)
settings.register_profile("search", settings.get_profile("deep"), derandomize=False)
settings.register_profile("raw", settings.get_profile("default"), phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

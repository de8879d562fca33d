"""How long hypothesis looks for trouble: a moment in `make test`, 100,000 inputs a property in `make fuzz`."""

import os

from hypothesis import HealthCheck, settings

_UNHURRIED = [HealthCheck.too_slow]  # a busy machine is not a fault of the code

settings.register_profile(
    "quick", max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=_UNHURRIED
)
settings.register_profile(
    "fuzz", max_examples=100_000, deadline=None, database=None, print_blob=True, suppress_health_check=_UNHURRIED
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

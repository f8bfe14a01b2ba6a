"""How much Hypothesis tries: little and always the same in `make test`, much in `make test-deep`."""

from hypothesis import settings

settings.register_profile("quick", derandomize=True, deadline=None, max_examples=25)
settings.register_profile("deep", deadline=None, max_examples=5_000)
settings.load_profile("quick")

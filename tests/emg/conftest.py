"""No example of a property is timed: the first one may have to compile a loop."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

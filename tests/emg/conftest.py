"""Property tests have no deadline: the first example may have to compile a loop."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

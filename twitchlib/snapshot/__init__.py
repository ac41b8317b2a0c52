"""A lesson as it stands before anyone has touched it.

`states` packs what its widgets hold, for the page to carry. It runs in the lesson's own process,
and importing it loads nothing.
"""

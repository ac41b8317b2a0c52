"""A lesson as it is before anyone has touched it.

`cells` runs its cells, and `states` packs the states of its widgets for the page to carry. Both run
in the lesson's own process.
"""

"""A lesson as it stands before anyone has touched it.

`cells` runs its cells, `states` packs what its widgets hold, for the page to carry. They run in the
lesson's own process.
"""

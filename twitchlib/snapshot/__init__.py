"""A lesson as it stands before anyone has touched it: its cells' outputs, its widgets' state."""

"""Modules that a recipe of `docs/how-to-add.md` adds to a copy, where the tests try them."""

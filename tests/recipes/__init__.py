"""Modules that the recipes of `docs/how-to-add.md` add to a copy, where the tests run them."""

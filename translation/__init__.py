"""The catalogue of messages: gathered from code, pages, scripts and tables, for translators."""

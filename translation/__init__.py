"""The catalogue of messages, collected for translators from code, pages, scripts and tables."""

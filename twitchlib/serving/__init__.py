"""The course on a server: Voilà set up for a classroom, its page, the ``twitchlib`` command.

`config` turns options into a Voilà configuration, `server` is the server made from it, `copies`
gives each visitor a copy of a lesson, `kernels` ends the copies that nobody is looking at, and
`cli` is the command. Importing this package starts and loads nothing.
"""

import sys

# This optional dependency of jsonschema compiles the grammars of all parts of an address when it is
# imported, which takes most of the time of importing Jupyter Server; nothing here needs that check.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # None makes imports fail

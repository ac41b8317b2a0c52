"""The course on a server: Voilà set up for a classroom, its page, the ``twitchlib`` command.

`config` turns options into a Voilà configuration, `server` is the server made from it, `pages`
keeps a few copies of each lesson warm, `kernels` ends the copies nobody is looking at, and
`cli` is the command. Importing this package starts and loads nothing.
"""

import sys

# On its import this optional check of jsonschema works out the grammars of all parts of an address,
# which is most of the time that Jupyter's server takes to be imported; nothing here is checked so.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # None means: there is none

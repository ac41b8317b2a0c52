"""The course on a server: Voilà set up for a classroom, its page, the ``twitchlib`` command.

`config` turns options into a Voilà configuration, `server` is the server made from it, `pages`
keeps a few copies of each lesson warm, `kernels` ends the copies nobody is looking at, and
`cli` is the command. Importing this package starts and loads nothing.
"""

"""``make messages``: update ``data/messages/twitchlib.pot`` and the catalogue of every language."""

from translation.catalogue import renew

renew()

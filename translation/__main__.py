"""Renew ``data/messages/twitchlib.pot``, and bring every language up to it: ``make messages``."""

from translation.catalogue import renew

renew()

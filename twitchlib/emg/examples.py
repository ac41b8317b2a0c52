"""Recordings from PhysioNet, and synthetic stand-ins for when they are not available.

PhysioNet's ``emgdb`` holds three needle recordings of a gently contracted shin muscle: from a
healthy person, one with a myopathy and one with a neuropathy. They are fetched on request. Their
stand-ins come from the course's own model of a muscle.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np

from twitchlib.arrays import checked_number, checked_seed
from twitchlib.emg.formats import MV_IN, optional
from twitchlib.emg.signal import Signal
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.messages import inside
from twitchlib.named import Named
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import MotorPool

__all__ = ["Example", "examples"]

_PATIENCE_S = 4.0
_DATABASE = "emgdb"


@dataclass(frozen=True)
class Example:
    """A recording of ``emgdb``, and the muscle that stands in for it.

    Attributes
    ----------
    record : str
        Its name there.
    label, who : str
        Its label, and what its header says about the person.
    pool : MotorPool
        The muscle of the stand-in. Illustrative.
    drive : float
        How strongly that muscle is driven.
    pickup : int
        One in this many motor units lies in the uptake area of the stand-in's needle.
    """

    record: str
    label: str
    who: str
    pool: MotorPool
    drive: float
    pickup: int

    def fetch(self, report: Callable[[str], object] = lambda _: None) -> Signal:
        """Fetch the recording from PhysioNet.

        Parameters
        ----------
        report : callable
            Called with a short progress message.

        Raises
        ------
        UnreadableError
            If the package wfdb is not installed, or PhysioNet does not answer within seconds.

        Examples
        --------
        >>> examples()["healthy"].fetch().duration_s  # doctest: +SKIP
        12.715
        """
        wfdb = optional("wfdb", _("Fetching from PhysioNet"))
        report(_("Connecting to PhysioNet …"))
        # Try a connection first, since the package itself would wait for minutes.
        host = urlsplit(optional("wfdb.io.download", _("Fetching")).PN_INDEX_URL).hostname
        try:
            socket.create_connection((host, 443), _PATIENCE_S).close()
            report(_("Fetching {record} …", record=self.record))
            record = wfdb.rdrecord(self.record, pn_dir=_DATABASE)
        except Exception:  # noqa: BLE001 - a download may fail in any way
            raise UnreadableError(
                _(
                    "PhysioNet cannot be reached from here. Without the internet, look at the "
                    "synthetic stand-in."
                )
            ) from None
        values = np.asarray(record.p_signal[:, 0], dtype=np.float64)
        report(_("Here it is."))
        note = _(
            "PhysioNet emgdb, {record}: 25-mm concentric needle in the shin (tibialis anterior). "
            "{who}",
            record=self.record,
            who=self.who,
        )
        emg_mv = values * MV_IN[record.units[0].lower()]
        return Signal(emg_mv, float(record.fs), name=self.label, note=note)

    def simulate(self, duration_s: float = 12.0, *, seed: int) -> Signal:
        """Simulate a recording with the same main features.

        Parameters
        ----------
        duration_s : float
            How long, 4 to 600 s, with half a second of rest at the beginning and the end.
        seed : int
            Reproduces the recording, 0 to 2³² − 1.

        Raises
        ------
        NotAllowedError
            If a number is out of range.

        Examples
        --------
        >>> examples()["neuropathy"].simulate(seed=1).synthetic
        True
        """
        rng = np.random.default_rng(checked_seed(seed))
        duration_s = checked_number("duration_s", duration_s, low=4, high=600, unit="s")
        rate_hz = 4000.0
        time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
        corners_s = [0.5, 1.5, duration_s - 1.5, duration_s - 0.5]
        drive = np.interp(time_s, corners_s, [0, self.drive, self.drive, 0])
        fired = motor_pool.discharge(self.pool, drive, rng, sample_hz=rate_hz)
        # A needle records only from units with fibres near its tip.
        recorded = fired.unit % self.pickup == 0
        spikes = motor_pool.Discharges(fired.unit[recorded], fired.time_s[recorded])
        emg_mv = motor_pool.emg(self.pool, spikes, 1000 * duration_s, sample_hz=rate_hz)
        emg_mv += rng.normal(0, 0.01, emg_mv.size)
        note = _(
            "Synthetic stand-in for “{what}”: made by a model of a muscle, recorded from nobody.",
            what=inside(self.label),
        )
        return Signal(emg_mv, rate_hz, name=self.label, note=note, synthetic=True)


_EXAMPLES = {
    "healthy": Example(
        "emg_healthy", _("Healthy"), _("A man of 44 without any disease of nerve or muscle."),
        MotorPool(potential_uv=500), 0.06, 8,
    ),
    # Units that have lost fibres: small, short potentials, and more units for the same force.
    "myopathy": Example(
        "emg_myopathy", _("Muscle disease"), _("A man of 57 with chronic muscle inflammation."),
        MotorPool(potential_uv=120, potential_ms=1.1), 0.25, 5,
    ),
    # Fewer units, which have reinnervated others' fibres: large, long potentials, fast firing.
    "neuropathy": Example(
        "emg_neuropathy", _("Nerve damage"), _("A man of 62 with a damaged nerve root."),
        MotorPool(units=12, potential_uv=1900, potential_ms=2.4), 0.15, 2,
    ),
}  # fmt: skip


def examples() -> Named[Example]:
    """Return the three recordings by name, each to be fetched or simulated.

    Examples
    --------
    >>> list(examples())
    ['healthy', 'myopathy', 'neuropathy']
    """
    return Named("example", _EXAMPLES)

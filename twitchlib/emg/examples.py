"""Recordings of others, and what stands in for them where they cannot be had.

PhysioNet's ``emgdb`` holds three needle recordings of a shin muscle that is contracted gently: of a
healthy person, of one with a disease of the muscle and of one with a disease of the nerve. They are
fetched when asked for. Their stand-ins are made by the course's own model of a muscle.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np

from twitchlib.arrays import checked_number
from twitchlib.emg.formats import MV_IN, SignalError, optional
from twitchlib.emg.readers import Signal
from twitchlib.errors import NotAllowedError, UnknownNameError
from twitchlib.messages import gettext as _
from twitchlib.messages import inside
from twitchlib.physiology import motor_pool
from twitchlib.physiology.motor_pool import MotorPool

__all__ = ["EXAMPLES", "Example", "fetch", "openhdemg_sample", "standin"]

PATIENCE_S = 4.0
DATABASE = "emgdb"


@dataclass(frozen=True)
class Example:
    """A recording of ``emgdb``, and the muscle that stands in for it.

    Attributes
    ----------
    record : str
        Its name there.
    label, who : str
        What to call it, and what its header says of the person.
    pool : MotorPool
        The muscle of the stand-in. Illustrative.
    drive : float
        How strongly that muscle is driven.
    pickup : int
        Every how manyth unit the stand-in's needle hears.
    """

    record: str
    label: str
    who: str
    pool: MotorPool
    drive: float
    pickup: int


EXAMPLES = {
    "healthy": Example(
        "emg_healthy", _("Healthy"), _("A man of 44 without a disease of nerve or muscle."),
        MotorPool(potential_uv=500), 0.06, 8,
    ),
    # Units that have lost fibres: small and short potentials, and more units for the same pull.
    "myopathy": Example(
        "emg_myopathy", _("Muscle ill"), _("A man of 57 with a long inflammation of muscle."),
        MotorPool(potential_uv=120, potential_ms=1.1), 0.25, 5,
    ),
    # Fewer units, which have taken over fibres of others: large, long potentials, fast firing.
    "neuropathy": Example(
        "emg_neuropathy", _("Nerve ill"), _("A man of 62 with a damaged nerve root."),
        MotorPool(units=12, potential_uv=1900, potential_ms=2.4), 0.15, 2,
    ),
}  # fmt: skip


def example(name: str) -> Example:
    """Return an example by its name.

    Raises
    ------
    NotAllowedError
        If there is none of that name.
    """
    if name not in EXAMPLES:
        raise UnknownNameError("name", name, EXAMPLES)
    return EXAMPLES[name]


def fetch(name: str, tell: Callable[[str], object] = lambda _: None) -> Signal:
    """Fetch a recording of ``emgdb`` from PhysioNet.

    Parameters
    ----------
    name : str
        ``healthy``, ``myopathy`` or ``neuropathy``.
    tell : callable
        Is told in a few words how far it is.

    Raises
    ------
    SignalError
        If the package wfdb is not installed, or PhysioNet does not answer within seconds.
    NotAllowedError
        If there is no recording of that name.

    Examples
    --------
    >>> fetch("healthy").duration_s  # doctest: +SKIP
    12.715
    """
    known = example(name)
    wfdb = optional("wfdb", _("Fetching from PhysioNet"))
    tell(_("Asking PhysioNet …"))
    # A connection first: the package itself would wait for minutes.
    host = urlsplit(optional("wfdb.io.download", _("Fetching")).PN_INDEX_URL).hostname
    try:
        socket.create_connection((host, 443), PATIENCE_S).close()
        tell(_("Fetching {record} …", record=known.record))
        record = wfdb.rdrecord(known.record, pn_dir=DATABASE)
    except Exception:  # noqa: BLE001 - whatever keeps it from arriving
        raise SignalError(
            _(
                "PhysioNet cannot be reached from here. Without the internet, look at the "
                "synthetic stand-in."
            )
        ) from None
    values = np.asarray(record.p_signal[:, 0], dtype=np.float64)
    tell(_("Here it is."))
    note = _(
        "PhysioNet emgdb, {record}: 25-mm concentric needle in the shin (tibialis anterior). {who}",
        record=known.record,
        who=known.who,
    )
    return Signal(known.label, values * MV_IN[record.units[0].lower()], float(record.fs), note)


def standin(name: str, *, seed: int = 1, duration_s: float = 12.0) -> Signal:
    """Make a synthetic recording that shows the same in principle.

    Parameters
    ----------
    name : str
        ``healthy``, ``myopathy`` or ``neuropathy``.
    seed : int
        Makes the same recording again, 0 to 2³² − 1.
    duration_s : float
        How long, 4 to 600 s; half a second of rest comes first and last.

    Raises
    ------
    NotAllowedError
        If there is no example of that name, or a number is not allowed.

    Examples
    --------
    >>> standin("neuropathy").synthetic
    True
    """
    known = example(name)
    seed = int(checked_number("seed", seed, low=0, high=2**32 - 1, integer=True))
    duration_s = checked_number("duration_s", duration_s, low=4, high=600, unit="s")
    rate_hz = 4000.0
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    corners_s = [0.5, 1.5, duration_s - 1.5, duration_s - 0.5]
    drive = np.interp(time_s, corners_s, [0, known.drive, known.drive, 0])
    rng = np.random.default_rng(seed)
    fired = motor_pool.discharge(known.pool, drive, rng, sample_hz=rate_hz)
    # A needle hears only the units whose fibres lie near its tip.
    heard = fired.unit % known.pickup == 0
    spikes = motor_pool.Discharges(fired.unit[heard], fired.time_s[heard])
    emg_mv = motor_pool.emg(known.pool, spikes, 1000 * duration_s, sample_hz=rate_hz)
    emg_mv += rng.normal(0, 0.01, emg_mv.size)
    note = _(
        "Synthetic stand-in for “{what}”: made by a model of a muscle, recorded from nobody.",
        what=inside(EXAMPLES[name].label),
    )
    return Signal(known.label, emg_mv, rate_hz, note, synthetic=True)


def openhdemg_sample(channel: int = 0) -> Signal:
    """Return one channel of the high-density recording that the package openhdemg carries.

    Parameters
    ----------
    channel : int
        Number of the electrode, from 0.

    Raises
    ------
    SignalError
        If the package is not installed.
    NotAllowedError
        If there is no such electrode.

    Examples
    --------
    >>> openhdemg_sample().sample_hz  # doctest: +SKIP
    2048.0
    """
    library = optional("openhdemg.library", _("The sample of openhdemg"))
    file = library.emg_from_samplefile()
    raw = file["RAW_SIGNAL"]
    if not 0 <= channel < raw.shape[1]:
        allowed = _("a whole number from 0 to {last}", last=raw.shape[1] - 1)
        raise NotAllowedError("channel", channel, allowed)
    note = _(
        "Sample of the package openhdemg: a grid of electrodes on the skin, number {channel}.",
        channel=channel,
    )
    values_uv = np.asarray(raw.iloc[:, channel], dtype=np.float64)
    return Signal(_("openhdemg sample"), values_uv / 1000, float(file["FSAMP"]), note)

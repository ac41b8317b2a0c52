"""What the card of each model says, and the published values that each is held against."""

from __future__ import annotations

import math

import numpy as np

from twitchlib.messages import gettext as _
from twitchlib.physiology import (
    axon,
    caffeine,
    excitability,
    ions,
    junction,
    motoneuron,
    motor_pool,
    motor_units,
    reflex,
    stability,
)
from twitchlib.physiology.cards import Check, ModelCard

_TEXTBOOK = _("Textbook value, source not checked")
_IOM = "Institute of Medicine 2001, doi:10.17226/10219"
_BLANCHARD = "Blanchard & Sawers 1983, doi:10.1007/BF00613933"
_HH = "Hodgkin & Huxley 1952, doi:10.1113/jphysiol.1952.sp004764"
_MRG = "McIntyre, Richardson & Grill 2002, doi:10.1152/jn.00353.2001"
_CELLML = _("{source}, as curated in the CellML repository", source=_MRG)
_FRANKENHAEUSER = "Frankenhaeuser & Hodgkin 1957, J Physiol 137:218"
_CARVALHO = "de Carvalho & Swash 2013, J Neurol Neurosurg Psychiatry 84:963"  # untranslated: source
_FASCICULATION = _(
    "Fasciculation potentials of strong tibialis anterior muscles: {source}", source=_CARVALHO
)
_THENAR = "doi:10.3389/fnhum.2014.00922"
_CLONUS = "Hidler & Rymer, Clonus in spastic subjects: a stable limit cycle?"  # untranslated: title
_ORIGINS = (
    "Hidler & Rymer 1999, A simulation study of reflex instability in spasticity: "
    "origins of clonus"  # untranslated: title
)


def _caffeine_um(dose_mg_per_kg: float, time_h: float) -> float:
    dose_mg = dose_mg_per_kg * caffeine.ADULT.body_mass_kg
    return float(caffeine.body_load([time_h], [(0, dose_mg)]).concentration_um[0])


def _caffeine_peak_mg_per_l() -> float:
    um = _caffeine_um(5, caffeine.ADULT.peak_h)
    return um * caffeine.MOLAR_MASS_G_PER_MOL / 1000


def _shift_of_a_fifth() -> float:
    calcium_alone = ions.Screening(magnesium_weight=0)
    fifth = ions.Plasma(calcium_mm=ions.BODY.calcium_mm / 5)
    return -ions.gating_shift_mv(fifth, calcium_alone)


def _shock_threshold_mv() -> float:
    """Return the smallest sudden depolarisation that grows into a spike."""
    return excitability.threshold(axon.SQUID, 0.01) * 0.01 / axon.SQUID.capacitance_uf_cm2


def _onset_ua_cm2() -> float:
    currents = np.arange(5.8, 6.8, 0.02)
    rate_hz = excitability.rate_curve(axon.SQUID, currents, 1000).rate_hz
    return float(currents[np.argmax(rate_hz > 0)])


def _node_spikes(current_ua_cm2: float) -> float:
    run = axon.simulate(axon.PUBLISHED_NODE, [(0, 0.5, current_ua_cm2)], 50)
    return float(run.spike_ms.size)


def _calcium_of_tetany() -> float:
    """Return the highest part of ordinary calcium at which the node fires by itself."""
    low, high = 0.3, 1.0
    while high - low > 0.005:
        part = (low + high) / 2
        plasma = ions.Plasma(calcium_mm=part * ions.BODY.calcium_mm)
        fires = excitability.spontaneous_rate_hz(axon.MotorNode().bathed(plasma)) > 0
        low, high = (part, high) if fires else (low, part)
    return low


def _release_slope() -> float:
    few, more = junction.mean_quanta([0.1, 0.101], 1.0)
    return math.log(more / few) / math.log(1.01)


def _blocked_safety() -> float:
    rat = junction.Junction(calcium_mm=2, magnesium_mm=1)
    return float(junction.safety_factor(2, 6, rat))


def _fused_over_twitch() -> float:
    return 100 * math.e * float(motor_units.twitch_gain(100.0))


def _half_fused_hz(contraction_ms: float) -> float:
    hz = np.linspace(1, 60, 5901)
    relative = hz * contraction_ms / 1000
    fused = relative * motor_units.twitch_gain(relative) * math.e / _fused_over_twitch()
    return float(np.interp(0.5, fused, hz))


def _potential_ms() -> float:
    lone = motor_pool.Discharges.of([60], [0.05])
    trace = np.abs(motor_pool.emg(lone, 0.1, sample_hz=20_000))
    large = np.flatnonzero(trace > 0.05 * trace.max())
    return float(large[-1] - large[0]) / 20


def _peak_to_peak_uv() -> float:
    return float(1446 * motor_units.units().potential_mv.mean())


CARDS = (
    ModelCard(
        name="ions",
        title=_("Ions around a nerve"),
        holds=(
            _("Equilibrium potential of one ion (Nernst) and of potassium with sodium (Goldman)."),
            _("The shift of all gates along the voltage axis by free calcium and magnesium."),
        ),
        omits=(
            _("How the body regulates its ions, and the pumps that keep the gradients."),
            _("Binding of calcium to protein: breathing out too much carbon dioxide lowers free "
              "calcium, but by how much is for the reader to choose."),
            _("Chloride, which is taken to follow passively."),
        ),
        valid=_("Free concentrations within the ranges below, 0 to 45 °C. One shift for all "
                "gates is an approximation: measured shifts differ between gates."),
        parts=(ions.Plasma, ions.Inside, ions.Screening),
        checks=(
            Check(_("Tenfold gradient at 37 °C"), "mV", "61.54 (RT/F · ln 10)",
                  _("Nernst's equation"), 61.535, 61.545, lambda: ions.nernst_mv(100, 10)),
            Check(_("Shift by a fifth of the calcium"), "mV", "10–15",
                  f"{_TEXTBOOK}; {_FRANKENHAEUSER}", 10, 16, _shift_of_a_fifth),
        ),
    ),
    ModelCard(
        name="axon",
        title=_("Nerve membrane"),
        holds=(
            _("A patch of squid axon with sodium, potassium and leak channels, at any "
              "temperature from 0 to 30 °C."),
            _("A node of Ranvier of a mammal's motor axon with fast and persistent sodium, slow "
              "potassium and leak, and with a passive internode that keeps it from firing twice."),
            _("Ions outside: potassium moves reversal potentials, calcium and magnesium the "
              "gates."),
        ),
        omits=(
            _("Conduction: each membrane stands alone, so there is no myelin and no speed."),
            _("Changes of the ions by the firing itself, pumps, and other channels (fast "
              "potassium, hyperpolarisation-activated)."),
            _("Any single-channel noise; random current is added from outside if asked for."),
        ),
        valid=_("Potentials within ±500 mV, runs of up to five million steps. The node's slow "
                "potassium and internode were chosen for teaching; `PUBLISHED_NODE` has neither "
                "change. Thresholds are those of a lone node and far above those of a whole "
                "nerve fibre."),
        parts=(axon.SquidAxon, axon.MotorNode, axon.Pulse),
        checks=(
            Check(_("Squid: smallest sudden depolarisation that fires"), "mV",
                  _("between 6 and 7"), _HH, 6, 7, _shock_threshold_mv),
            Check(_("Squid: steady state loses its stability at"), "µA/cm²", "9.78", _TEXTBOOK,
                  9.775, 9.785, lambda: stability.hopf_currents_ua_cm2()[0]),
            Check(_("Squid: and regains it at"), "µA/cm²", "154.5", _TEXTBOOK,
                  154.45, 154.55, lambda: stability.hopf_currents_ua_cm2()[1]),
            Check(_("Squid: lowest current with lasting firing"), "µA/cm²", "6.2–6.3", _TEXTBOOK,
                  6.2, 6.32, _onset_ua_cm2),
            Check(_("Published node: spikes after 0.5 ms of 40 µA/cm²"), "", "0", _CELLML,
                  0, 0, lambda: _node_spikes(40)),
            Check(_("Published node: spikes after 0.5 ms of 50 µA/cm²"), "",
                  _("a series"), _CELLML, 2, 50, lambda: _node_spikes(50)),
            Check(_("Node: part of ordinary calcium at which it fires by itself"), "",
                  _("about 0.5"), _TEXTBOOK, 0.4, 0.6, _calcium_of_tetany),
        ),
    ),
    ModelCard(
        name="junction",
        title=_("Neuromuscular junction"),
        holds=(
            _("Mean release as the fourth power of occupied calcium sites, with magnesium "
              "competing."),
            _("Chance: Poisson numbers of packets, hence end-plate potentials that vary."),
            _("The falling driving force as the end-plate potential grows, and the safety factor."),
        ),
        omits=(
            _("Depletion and facilitation: each impulse finds the junction rested."),
            _("The time course of the end-plate potential, and packets of different size."),
            _("Antibodies, drugs and toxins."),
        ),
        valid=_("Impulses far apart; free calcium and magnesium up to 20 mmol/L. Slope and block "
                "were measured in frogs and rats."),
        parts=(junction.Junction,),
        checks=(
            Check(_("Slope of release against little calcium, double logarithmic"), "",
                  "3.78 ± 0.2", "Dodge & Rahamimoff 1967, doi:10.1113/jphysiol.1967.sp008367",
                  3.58, 3.98, _release_slope),
            Check(_("Safety factor with 6 mM magnesium, used to 1 mM"), "",
                  _("just below 1: it blocks (ours, being less safe, blocks sooner)"),
                  _("Rat diaphragm at 37 °C; textbook value, source not checked"), 0, 1,
                  _blocked_safety),
        ),
    ),
    ModelCard(
        name="motoneuron",
        title=_("Motoneuron with a persistent inward current"),
        holds=(
            _("Soma and dendrite, an after-hyperpolarisation that grows with each spike, and a "
              "slow inward current in the dendrite that can keep itself going."),
        ),
        omits=(
            _("The shape of the spike, synapses, and how monoamines set the persistent current."),
            _("Inactivation of the persistent current, which would end firing in time."),
            _("Other cells: no inhibition but what the drive holds."),
        ),
        valid=_("Drives of a few tens of nA. All numbers were chosen so that rates match human "
                "units; none was measured in a human motoneuron."),
        parts=(motoneuron.Motoneuron,),
        checks=(
            Check(_("Rate at recruitment"), "Hz", "7.1 ± 3.2", _THENAR, 3.9, 10.3,
                  lambda: motoneuron.ramp().recruited_hz),
            Check(_("Rate at derecruitment"), "Hz", "5.4 ± 2.4", _THENAR, 3.0, 7.8,
                  lambda: motoneuron.ramp().derecruited_hz),
            Check(_("Fastest rate on the ramp"), "Hz", _("16.1 ± 4.1 at maximal force"), _THENAR,
                  7.9, 24.3, lambda: motoneuron.ramp().fastest_hz),
        ),
    ),
    ModelCard(
        name="motor_pool",
        title=_("Pool of motor units"),
        holds=(
            _("Recruitment in order of size, rate coding with a ceiling, and varying intervals."),
            _("A twitch for each spike, larger or smaller as twitches fuse, and their sum."),
            _("A potential for each spike, larger for larger units, and their sum (EMG)."),
        ),
        omits=(
            _("Fatigue, potentiation, muscle length and tendon."),
            _("Synchrony between units, except what a sudden drive makes."),
            _("Where fibres and electrodes lie: potentials differ in height alone. They are as "
              "large as a needle finds them; at the skin they are smaller."),
            _("Noise of the recording."),
        ),
        valid=_("Isometric contraction of a rested muscle. Relative forces follow the "
                "publication; newtons and millivolts were chosen to suit human muscles."),
        parts=(motor_units.MotorPool,),
        checks=(
            Check(_("Twitch over fused force"), "", _("0.30 (0.11–0.58) in human thenar units"),
                  "PMC1779696", 0.11, 0.58, lambda: 1 / _fused_over_twitch()),
            Check(_("Rate of half the fused force, contraction time 58 ms"), "Hz",
                  _("11.3 (1.0–18.3) in human thenar units"), "PMC1779696", 1, 18.3,
                  lambda: _half_fused_hz(58)),
            Check(_("Mean potential, peak to peak"), "µV", "560.6 ± 366.9", _FASCICULATION,
                  500, 620, _peak_to_peak_uv),
            Check(_("Duration of a potential"), "ms", "12.62 ± 4.36", _FASCICULATION,
                  12, 13.2, _potential_ms),
        ),
    ),
    ModelCard(
        name="reflex",
        title=_("Stretch reflex of an ankle"),
        holds=(
            _("A foot on a springy, damped joint under a load, and a calf muscle that answers "
              "quick stretch a delay later, up to its strongest pull."),
        ),
        omits=(
            _("Single nerve cells: the reflex is one curve, not a pool of units."),
            _("Length reflexes, tendon organs, the muscle in front, and anyone's will."),
            _("The muscle's own stiffness and fatigue, which end clonus in time."),
        ),
        valid=_("Shows where clonus starts, stops and how fast it is. All numbers were chosen; "
                "the joint's own rate under its load (5.7 Hz) is near that of clonus by choice. "
                "A slow muscle damps clonus here; a fuller model (Hidler & Rymer 1999) found "
                "that it helps clonus along."),
        parts=(reflex.Ankle,),
        checks=(
            Check(_("Rate of clonus, light load"), "Hz", "3.8–5.8", _CLONUS, 3.8, 5.8,
                  lambda: reflex.simulate(reflex.SPASTIC.replace(load_nm=0.5)).frequency_hz),
            Check(_("Rate of clonus, heavy load"), "Hz", "3.8–5.8", _CLONUS, 3.8, 5.8,
                  lambda: reflex.simulate(reflex.SPASTIC.replace(load_nm=6)).frequency_hz),
            Check(_("Swing left after a kick, short delay (20 ms)"), "°", _("damps out"),
                  _ORIGINS, 0, 0.5,
                  lambda: reflex.simulate(reflex.SPASTIC.replace(delay_ms=20)).swing_deg),
        ),
    ),
    ModelCard(
        name="caffeine",
        title=_("Caffeine in the body"),
        holds=(
            _("Absorption and removal of several drinks in one well-mixed volume."),
        ),
        omits=(
            _("Any effect of caffeine on nerve, muscle or sleep: human studies disagree."),
            _("What the body makes of caffeine, tolerance, and saturation at very large doses."),
            _("What makes people differ (genes, smoking, pregnancy, medicines), except as a "
              "half-life to choose."),
        ),
        valid=_("Drinks of up to 2 g in adults. Not for deciding what anyone may drink."),
        parts=(caffeine.Caffeine, caffeine.Dose),
        checks=(
            Check(_("Half-life from clearance 0.078 L/h/kg and 0.6 L/kg"), "h",
                  _("about 5 (1.5–9.5)"), _IOM, 4.5, 5.5, lambda: math.log(2) * 0.6 / 0.078),
            Check(_("Concentration 1 h after 6 mg/kg"), "µmol/L", _("about 40"),
                  "Kalmar 2005, doi:10.1249/01.mss.0000178219.18086.9e", 32, 48,
                  lambda: _caffeine_um(6, 1)),
            Check(_("Time to the peak"), "min", "29.8 ± 8.1", _BLANCHARD, 13.6, 46,
                  lambda: 60 * caffeine.ADULT.peak_h),
            Check(_("Peak after 5 mg/kg"), "mg/L", "10.0 ± 1.0", _BLANCHARD, 7, 13,
                  _caffeine_peak_mg_per_l),
        ),
    ),
)  # fmt: skip

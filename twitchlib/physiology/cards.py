"""The card of each model, and the published values that it is checked against."""

from __future__ import annotations

import math

from twitchlib.messages import gettext as _
from twitchlib.named import Named
from twitchlib.physiology import _card_values as values
from twitchlib.physiology import (
    axon,
    caffeine,
    excitability,
    fatigue,
    ions,
    junction,
    motoneuron,
    motor_pool,
    reflex,
)
from twitchlib.physiology._cable_card import CARD as _CABLE
from twitchlib.physiology._fibre_card import CARD as _FIBRE
from twitchlib.physiology.model_card import Check, ModelCard

__all__ = ["models"]

_TEXTBOOK = _("Textbook value, source not checked")
_IOM = "Institute of Medicine 2001, doi:10.17226/10219"
_BLANCHARD = "Blanchard & Sawers 1983, doi:10.1007/BF00613933"
_HH = "Hodgkin & Huxley 1952, doi:10.1113/jphysiol.1952.sp004764"
_MRG = "McIntyre, Richardson & Grill 2002, doi:10.1152/jn.00353.2001"
_CELLML = _("{source}, as curated in the CellML repository", source=_MRG)
_HILLE = "Hille, Woodhull & Shapiro 1975, doi:10.1098/rstb.1975.0011"
_CARVALHO = "de Carvalho & Swash 2013, J Neurol Neurosurg Psychiatry 84:963"  # untranslated: source
_FASCICULATION = _(
    "Fasciculation potentials of strong tibialis anterior muscles: {source}", source=_CARVALHO
)
_SPASMS = _(
    "Thumb muscles in spasms after an injury of the spinal cord: {source}",
    source="doi:10.3389/fnhum.2014.00922",
)
_HALF_FUSED = _("Healthy thumb muscles: {source}", source="doi:10.1152/jn.1991.65.6.1509")
_TWO_PULSES = _(
    "Derived: two pulses reached 48 ± 13 % of the fused force and 3.5 twitches in healthy thumb "
    "muscles, {source}",
    source="Thomas, Johansson & Bigland-Ritchie 1999, "
    "J Neurophysiol 82:3188",  # untranslated: a citation
)
_RAT_BLOCK = _(
    "Rat diaphragm at 37 °C: {source}",
    source="The effect of tetraethylammonium (TEA) and temperature on the neuromuscular block "
    "produced by magnesium",  # untranslated: title
)
_CLONUS = "Hidler & Rymer, Clonus in spastic subjects: a stable limit cycle?"  # untranslated: title
_ORIGINS = (
    "Hidler & Rymer 1999, A simulation study of reflex instability in spasticity: "
    "origins of clonus"  # untranslated: title
)
_PF = "Potvin & Fuglevand 2017, doi:10.1371/journal.pcbi.1005581"
_PEOPLE = _(
    "194 studies of people, all joints together: {source}",
    source="Frey Law & Avin 2010, doi:10.1080/00140130903389068",
)
_CSAJKA = "Csajka 2005, doi:10.1111/j.1365-2125.2005.02254.x"

_CARDS = (
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
                "gates is an approximation: measured shifts differ between gates. Its size is that "
                "of myelinated nerve. In the squid, lowering calcium to a fifth is said to shift "
                "the gates by 10 to 15 mV ({source}; textbook value, source not checked); ours "
                "shift by a little more.",
                source="Frankenhaeuser & Hodgkin 1957, J Physiol 137:218"),
        parts=(ions.Plasma, ions.Inside, ions.Screening),
        checks=(
            Check(_("Tenfold gradient at 37 °C"), "mV", "61.54 (RT/F · ln 10)",
                  _("Nernst's equation"), 61.535, 61.545, lambda: ions.nernst_mv(100, 10)),
            Check(_("Shift when calcium falls to a fifth"), "mV",
                  _("14.0–17.5 (20–25 for a tenth)"), _HILLE, 13.97, 17.48,
                  values.shift_of_a_fifth),
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
            _("Conduction: each membrane stands alone. How an impulse runs along a whole axon is "
              "in another model, `cable`."),
            _("Changes of the ions caused by the firing itself, pumps, and other channels (fast "
              "potassium, hyperpolarisation-activated)."),
            _("Single-channel noise; random current can be added from outside."),
        ),
        valid=_("Potentials within ±500 mV, runs of up to five million steps. Two conductances of "
                "the node were chosen for teaching; `PUBLISHED_NODE` has the published ones. The "
                "load of the internode, 30 mS/cm², is near the 32 to 42 that the internodes of a "
                "whole axon (`cable`) put on a node at rest. Slow potassium is twice the published "
                "80 mS/cm², because with that value a whole axon does not behave as nerves do in "
                "these salts: at 5 mmol/L of potassium, which is healthy, it answers one pulse "
                "with seven spikes in 20 ms; with 0.7 mmol/L of calcium and no magnesium it fires "
                "once, stays at −70 mV and is silent, whereas nerves go on firing. Thresholds are "
                "those of a lone node and far above those of a whole nerve fibre."),
        parts=(axon.SquidAxon, axon.MotorNode, axon.Pulse),
        checks=(
            Check(_("Squid: smallest sudden depolarisation that fires"), "mV",
                  _("between 6 and 7"), _HH, 6, 7, values.shock_threshold_mv),
            Check(_("Squid: steady state loses its stability at"), "µA/cm²", "9.78", _TEXTBOOK,
                  9.775, 9.785, lambda: excitability.hopf_currents_ua_cm2(axon.SQUID)[0]),
            Check(_("Squid: and regains it at"), "µA/cm²", "154.5", _TEXTBOOK,
                  154.45, 154.55, lambda: excitability.hopf_currents_ua_cm2(axon.SQUID)[1]),
            Check(_("Squid: lowest current with lasting firing"), "µA/cm²", "6.2–6.3", _TEXTBOOK,
                  6.2, 6.32, values.onset_ua_cm2),
            Check(_("Published node: spikes after 0.5 ms of 40 µA/cm²"), "", "0", _CELLML,
                  0, 0, lambda: values.node_spikes(40)),
            Check(_("Published node: spikes after 0.5 ms of 50 µA/cm²"), "",
                  _("a series"), _CELLML, 2, 50, lambda: values.node_spikes(50)),
            Check(_("Node: fraction of ordinary calcium at which it fires by itself"), "",
                  _("about 0.5"), _TEXTBOOK, 0.4, 0.6, values.calcium_of_tetany),
        ),
    ),
    _CABLE,
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
            _("The time course of the end-plate potential, and packets of different sizes."),
            _("Antibodies, drugs and toxins."),
        ),
        valid=_("Impulses far apart; free calcium and magnesium up to 20 mmol/L. Slope and block "
                "were measured in frogs and rats. The check of the block assumes a rat's 60 "
                "packets (45 to 75; textbook value, source not checked) and changes nothing else. "
                "In the rat 6 mmol/L of magnesium stopped every response; here three in ten "
                "impulses still get through, and it takes 8 mmol/L to stop them. A human junction, "
                "with 20 packets, is blocked by less magnesium."),
        parts=(junction.Junction,),
        checks=(
            Check(_("Slope of release against calcium, on log–log axes, at low calcium"), "",
                  "3.78 ± 0.2", "Dodge & Rahamimoff 1967, doi:10.1113/jphysiol.1967.sp008367",
                  3.58, 3.98, values.release_slope),
            Check(_("Rat, 60 packets: safety factor with 6 mM magnesium instead of 1 mM"), "",
                  _("below 1: it just blocks"), _RAT_BLOCK, 0.67, 1,
                  lambda: float(junction.safety_factor(values.RAT, 2, 6))),
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
            _("Other cells: there is no inhibition except in the drive."),
        ),
        valid=_("Drives of a few tens of nA. All numbers were chosen so that rates match those "
                "of human units in spasms after an injury of the spinal cord; none was measured "
                "in a human motoneuron. The check values are for a drive that rises to "
                "{peak_na:g} nA and falls again: its peak was fitted to the fastest rate of those "
                "spasms.", peak_na=values.SPASM_NA),
        parts=(motoneuron.Motoneuron,),
        checks=(
            Check(_("Fastest rate (the drive was fitted to it)"), "Hz",
                  _("16.1 ± 4.1 at maximal force"), _SPASMS, 15.9, 16.3,
                  lambda: motoneuron.ramp(motoneuron.CELL, values.SPASM_NA).fastest_hz),
            Check(_("Rate at recruitment"), "Hz", "7.1 ± 3.2", _SPASMS, 3.9, 10.3,
                  lambda: motoneuron.ramp(motoneuron.CELL, values.SPASM_NA).recruited_hz),
            Check(_("Rate at derecruitment"), "Hz", "5.4 ± 2.4", _SPASMS, 3.0, 7.8,
                  lambda: motoneuron.ramp(motoneuron.CELL, values.SPASM_NA).derecruited_hz),
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
            _("Potentiation, muscle length and tendon, and fatigue, which has a card of its own."),
            _("The strong pull of two pulses within 15 ms: 3.5 twitches in healthy thumb muscles "
              "({source}), 1.2 to 2.6 here.", source="J Neurophysiol 82:3188"),
            _("Synchrony between units, except that caused by a sudden drive."),
            _("Where fibres and electrodes lie: potentials differ in height alone. They are as "
              "large as at a needle; at the skin they are smaller."),
            _("Noise of the recording."),
        ),
        valid=_("Isometric contraction of a rested muscle. Relative forces follow the "
                "publication; newtons and millivolts were chosen to suit human muscles. That the "
                "last unit joins in at half effort, which gives half of the force, is peculiar to "
                "this pool: muscles of the hand have nearly all units at work from about 30 % of "
                "their force ({hand}), the biceps from about 88 % ({biceps}; textbook value, "
                "source not checked).", hand="doi:10.1152/jn.00492.2002",
                biceps="Kukulka & Clamann 1981"),
        parts=(motor_pool.MotorPool,),
        checks=(
            Check(_("Twitch over fused force"), "", _("about 0.14 (0.10–0.17)"), _TWO_PULSES,
                  0.10, 0.174, lambda: 1 / values.fused_over_twitch()),
            Check(_("Rate of half the fused force, middle unit"), "Hz", "12 ± 4", _HALF_FUSED,
                  8, 16, lambda: values.half_fused_hz(values.UNITS.contraction_ms[59])),
            Check(_("Mean potential, peak to peak"), "µV", "560.6 ± 366.9", _FASCICULATION,
                  500, 620, values.peak_to_peak_uv),
            Check(_("Duration of a potential"), "ms", "12.62 ± 4.36", _FASCICULATION,
                  12, 13.2, values.potential_ms),
        ),
    ),
    ModelCard(
        name="fatigue",
        title=_("A muscle that tires"),
        holds=(
            _("The pool of motor units, each of which loses force as it pulls: the last unit 180 "
              "times as fast as the first, when both pull at the same fraction of their strength."),
            _("Rates that fall in the first minute of firing, most in large units, and twitches "
              "that grow longer as a unit tires."),
            _("An order from above that rises to keep the force up for as long as it can."),
            _("The size of the EMG, which follows from the rates."),
        ),
        omits=(
            _("Recovery, as in the publication: rest brings nothing back."),
            _("Fatigue of the brain and of the will, pain, blood flow and heat."),
            _("Single twitches, and so the trembling of a tired arm."),
            _("Spikes that nobody ordered: fatigue cannot cause a twitch here."),
            _("Any effect of fatigue on the potentials: the EMG grows by units and rates alone."),
        ),
        valid=_("One steady pull of a rested muscle, up to an hour. Besides adding fatigue, the "
                "publication of 2017 changes values of 1993: thresholds range over 50 and "
                "not 30, the highest rates go from 35 to 25 Hz and not from 45 to 35, and the "
                "first unit has the lowest possible threshold. The publication's times are "
                "counted in steps of 0.1 s. By the curve through 194 studies, people hold forces "
                "of 15 to 60 % of their strongest for about as long as the model, to within a "
                "fifth, and larger ones for longer: 80 % for 34 s and 90 % for 27 s, where the "
                "model manages 15 and 6 s ({people}). Joints differ by more than that.",
                people="doi:10.1080/00140130903389068"),
        parts=(fatigue.FatigablePool,),
        checks=(
            Check(_("20 % of the strongest force is held for"), "s", "511.5", _PF, 511.2, 511.8,
                  lambda: values.held_s(0.2)),
            Check(_("50 % is held for"), "s", "95.5", _PF, 95.2, 95.8, lambda: values.held_s(0.5)),
            Check(_("80 % is held for"), "s", "14.8", _PF, 14.6, 15.0, lambda: values.held_s(0.8)),
            Check(_("Fraction of the force left after 70 s of full effort"), "", _("about 0.5"),
                  _PF, 0.47, 0.53, values.left_after_70_s),
            Check(_("People hold 30 % for"), "s", "237.8 (21.92 · 0.3^−1.98)", _PEOPLE,
                  190, 285, lambda: values.held_s(0.3)),
        ),
    ),
    ModelCard(
        name="reflex",
        title=_("Stretch reflex of an ankle"),
        holds=(
            _("A foot on a springy, damped joint under a load, and a calf muscle that answers a "
              "quick stretch after a delay, up to its strongest pull."),
        ),
        omits=(
            _("Single nerve cells: the reflex is one curve, not a pool of units."),
            _("Length reflexes, tendon organs, the muscle in front, and anyone's will."),
            _("The muscle's own stiffness and fatigue, which end clonus in time."),
        ),
        valid=_("Shows when clonus starts and stops, and how fast it is. All numbers were chosen; "
                "the joint's own rate under its load (5.7 Hz) is near that of clonus by choice. "
                "A slow muscle damps clonus here; in a fuller model (Hidler & Rymer 1999) it "
                "helps clonus along."),
        parts=(reflex.Ankle,),
        checks=(
            Check(_("Rate of clonus, light load"), "Hz", "3.8–5.8", _CLONUS, 3.8, 5.8,
                  lambda: reflex.simulate(reflex.Ankle(load_nm=0.5), 10_000).frequency_hz),
            Check(_("Rate of clonus, heavy load"), "Hz", "3.8–5.8", _CLONUS, 3.8, 5.8,
                  lambda: reflex.simulate(reflex.Ankle(load_nm=6), 10_000).frequency_hz),
            Check(_("Swing left after a kick, short delay (20 ms)"), "°", _("dies out"),
                  _ORIGINS, 0, 0.5,
                  lambda: reflex.simulate(reflex.Ankle(delay_ms=20), 10_000).swing_deg),
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
            _("What the body turns caffeine into, tolerance, and saturation at very large doses."),
            _("What makes people differ (genes, smoking, pregnancy, medicines), except as a "
              "half-life to choose."),
        ),
        valid=_("Drinks with up to 2 g of caffeine, in adults. Not for deciding what anyone may "
                "drink. People differ: the check values of the peak are means of ten men with "
                "their standard errors; the accepted range is one standard deviation between "
                "people, √10 times as much. With the mean rates of 24 other adults ({other}) the "
                "peak comes after 55 min. A body in which caffeine spreads in two steps can be "
                "given exactly the measured peak. What it holds from six hours after a drink on "
                "differs from ours by less than 3 % of the dose.", other=_CSAJKA),
        parts=(caffeine.Caffeine, caffeine.Dose),
        checks=(
            Check(_("Half-life from clearance 0.078 L/h/kg and 0.6 L/kg"), "h",
                  _("about 5 (1.5–9.5)"), _IOM, 4.5, 5.5, lambda: math.log(2) * 0.6 / 0.078),
            Check(_("Concentration 1 h after 6 mg/kg"), "µmol/L", _("about 40"),
                  "Kalmar 2005, doi:10.1249/01.mss.0000178219.18086.9e", 32, 48,
                  lambda: values.caffeine_um(6, 1)),
            Check(_("Time to the peak"), "min", _("29.8 ± 8.1 (standard error)"), _BLANCHARD,
                  4.2, 55.4, lambda: 60 * caffeine.ADULT.peak_h),
            Check(_("Peak after 5 mg/kg"), "mg/L", _("10.0 ± 1.0 (standard error)"), _BLANCHARD,
                  6.8, 13.2, values.caffeine_peak_mg_per_l),
        ),
    ),
)  # fmt: skip

_MODELS = Named("model", {card.name: card for card in (*_CARDS, _FIBRE)})


def models() -> Named[ModelCard]:
    """Return the card of each model, by the name of its module.

    Examples
    --------
    >>> card = models()["junction"]
    >>> card.title
    'Neuromuscular junction'
    >>> card.checks[0].published, round(card.checks[0].computed(), 2)
    ('3.78 ± 0.2', 3.74)
    """
    return _MODELS

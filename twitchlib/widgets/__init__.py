"""The dashboards of the lessons, each loaded when it is first used."""

from importlib import import_module
from typing import Any, Final

__all__ = [
    "CaffeineDay",
    "CarePlan",
    "CompareRecordings",
    "Dashboard",
    "EmgLab",
    "FigureView",
    "Foods",
    "HiddenRecording",
    "Ledger",
    "MyDiary",
    "NervousSystem",
    "Preset",
    "ProgressPanel",
    "Quiz",
    "Review",
    "SyntheticYear",
    "Tour",
    "TriggersDashboard",
    "TwitchTypes",
    "WarningSigns",
    "action_table",
    "additions",
    "asleep",
    "conditions",
    "corrections",
    "evidence",
    "expectations",
    "eyelid",
    "judge_cases",
    "judge_claims",
    "kind_card",
    "normal_situations",
    "observe",
    "predict",
    "signal_path",
    "spike_on_its_way",
    "statements",
]

_HOMES: Final = {
    "CaffeineDay": "caffeine_day",
    "CarePlan": "care_plan",
    "CompareRecordings": "emg_lab",
    "Dashboard": "dashboard",
    "EmgLab": "emg_lab",
    "FigureView": "figure_view",
    "Foods": "foods",
    "HiddenRecording": "emg_lab",
    "Ledger": "ledger",
    "MyDiary": "diary",
    "NervousSystem": "nervous_system",
    "Preset": "controls",
    "ProgressPanel": "progress",
    "Quiz": "quiz",
    "Review": "review",
    "SyntheticYear": "diary",
    "Tour": "tour",
    "TriggersDashboard": "triggers",
    "TwitchTypes": "twitch_types",
    "WarningSigns": "warning_signs",
    "action_table": "warning_signs",
    "additions": "cards",
    "asleep": "twitch_types.asleep",
    "conditions": "cards",
    "corrections": "ledger",
    "evidence": "claims",
    "expectations": "predicting",
    "eyelid": "openers",
    "judge_cases": "judging",
    "judge_claims": "judging",
    "kind_card": "twitch_types.card",
    "normal_situations": "cards",
    "observe": "predicting",
    "predict": "predicting",
    "signal_path": "nervous_system.diagram",
    "spike_on_its_way": "openers",
    "statements": "cards",
}  # untranslated: names of code


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(
        f"module {__name__!r} has no attribute {name!r}"  # untranslated: Python's own wording
    )

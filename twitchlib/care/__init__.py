"""From causes to the guide's remedies, with who should ask first and what studies find; and food.

Everything stated here is in the tables ``causes``, ``remedies``, ``conditions`` and ``foods`` in
``data/``. It teaches; it treats nobody.

Examples
--------
>>> from twitchlib import care
>>> [remedy.name for remedy in care.plan(["dehydration"]).remedies]
['Drink enough water']
>>> round(care.foods()["banana"].potassium_mg)
422
"""

from twitchlib.care.foods import Food, foods
from twitchlib.care.remedies import Plan, Remedy, causes, plan, remedies

__all__ = [
    "Food",
    "Plan",
    "Remedy",
    "causes",
    "foods",
    "plan",
    "remedies",
]

"""The exercises of lesson 08, and a check that says what is wrong with an answer.

The texts are the tables ``exercises`` and ``exercise_mistakes``. The answers are computed by the
library when they are asked for, and so are the numbers to which a likely mistake leads.

Examples
--------
>>> from twitchlib import exercises
>>> exercises.check("most-urgent", 10)
Not yet. You counted all cases. Select the row first, and count after that.
"""

from twitchlib.exercises._check import Checked, Exercise, check, exercises

__all__ = ["Checked", "Exercise", "check", "exercises"]

"""The exercises of lesson 08, and a check that says what is wrong with an answer.

The texts are in the tables ``exercises`` and ``exercise_mistakes``. The library computes the
answers when they are needed, and likewise the numbers to which likely mistakes lead.

Examples
--------
>>> from twitchlib import exercises
>>> exercises.check("most-urgent", 10)
Not yet. You counted all cases. Select the row first, and count after that.
"""

from twitchlib.exercises._check import Checked, Exercise, check, exercises

__all__ = ["Checked", "Exercise", "check", "exercises"]

"""The question bank: questions, feedback, and a student's progress.

The questions are the tables ``questions``, ``answers`` and ``traces`` in ``data/``, the predictions
``predictions`` and ``prediction_answers``. Nothing here depends on a page: an answer goes in,
feedback comes out.

Examples
--------
>>> from twitchlib import quiz
>>> asked = quiz.lessons()["03_triggers"][0]
>>> quiz.grade(asked, asked.key).right
True
"""

from twitchlib.quiz.attempts import Attempt, Expectation, FirstForm
from twitchlib.quiz.bank import Option, Prediction, Question, forms, lessons, predictions, questions
from twitchlib.quiz.gains import ClassGain, Gain, class_gain, gain
from twitchlib.quiz.grading import Feedback, grade
from twitchlib.quiz.progress import Progress, Tally
from twitchlib.quiz.recall import due, warm_up

__all__ = [
    "Attempt",
    "ClassGain",
    "Expectation",
    "Feedback",
    "FirstForm",
    "Gain",
    "Option",
    "Prediction",
    "Progress",
    "Question",
    "Tally",
    "class_gain",
    "due",
    "forms",
    "gain",
    "grade",
    "lessons",
    "predictions",
    "questions",
    "warm_up",
]

"""The question bank: questions, feedback, and a student's progress.

The questions are the tables ``questions``, ``answers`` and ``traces`` in ``data/``. Nothing here
depends on a page: an answer goes in, feedback comes out.

Examples
--------
>>> from twitchlib import quiz
>>> asked = quiz.lessons()["03_triggers"][0]
>>> quiz.grade(asked, asked.key).right
True
"""

from twitchlib.quiz.attempts import Attempt, ProgressFileError
from twitchlib.quiz.bank import Option, Question, forms, lessons, questions
from twitchlib.quiz.grading import Feedback, grade
from twitchlib.quiz.progress import Progress, Tally

__all__ = [
    "Attempt",
    "Feedback",
    "Option",
    "Progress",
    "ProgressFileError",
    "Question",
    "Tally",
    "forms",
    "grade",
    "lessons",
    "questions",
]

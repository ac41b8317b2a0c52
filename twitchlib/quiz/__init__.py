"""The question bank: questions, what is said to an answer, and what a student has done.

The questions are the tables ``questions``, ``answers`` and ``traces`` in ``data/``. Nothing here
knows a page: an answer goes in, feedback comes out.

Examples
--------
>>> from twitchlib import quiz
>>> asked = quiz.questions("03_triggers")[0]
>>> quiz.grade(asked, asked.key).right
True
"""

from twitchlib.quiz.bank import KINDS, Option, Question, Trace, lessons, questions
from twitchlib.quiz.grading import Answer, AnswerError, Feedback, grade
from twitchlib.quiz.progress import Attempt, Progress, Tally
from twitchlib.quiz.progress_file import LARGEST_FILE, ProgressFileError, read, write

__all__ = [
    "KINDS",
    "LARGEST_FILE",
    "Answer",
    "AnswerError",
    "Attempt",
    "Feedback",
    "Option",
    "Progress",
    "ProgressFileError",
    "Question",
    "Tally",
    "Trace",
    "grade",
    "lessons",
    "questions",
    "read",
    "write",
]

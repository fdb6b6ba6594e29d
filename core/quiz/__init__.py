"""Predict, then reveal: questions on a program's own numbers, answers as numbers or expressions, feedback and scores.

Pure data and functions: who shows a question hides what it asks for. Knows timelines and notation; nothing of drawing.
"""

from core.quiz.answers import read_answer
from core.quiz.feedback import MISCONCEPTIONS, TOLERANCE_TEXT, Feedback, check
from core.quiz.hints import hints
from core.quiz.names import named
from core.quiz.questions import CONCEPTS, KINDS, Question, question_at, questions
from core.quiz.score import add_to_score, add_wrong, empty_score, read_score, summary
from core.quiz.worksheet import worksheet

__all__ = [
    "CONCEPTS",
    "KINDS",
    "MISCONCEPTIONS",
    "TOLERANCE_TEXT",
    "Feedback",
    "Question",
    "add_to_score",
    "add_wrong",
    "check",
    "empty_score",
    "hints",
    "named",
    "question_at",
    "questions",
    "read_answer",
    "read_score",
    "summary",
    "worksheet",
]

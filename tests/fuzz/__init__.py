"""Fuzzing the language: whatever is typed ends in a value or in a sentence of ours.

    python -m tests.fuzz [--seconds N] [--seed N] [--findings FOLDER]

First Hypothesis makes syntax trees, allowed and forbidden ones, for a fifth of the time; then mutations of the
programs in the tests go on: guided by coverage where atheris is installed (`pip install atheris`, in an environment
of its own; it is no dependency of this project), by chance otherwise.

A finding is: an exception that is not a `ProgramError`, a warning, a run that goes on well beyond its budget, or a
value of a kind that programs must not have. Each is printed once, with the text that leads to it, and the exit status
is 1. Figures are printed at the end. One process is used; it needs no network and no files but the findings' folder.

`attempt` judges one text, `trees` and `mutations` make texts, `campaign` counts and reports, `guided` speaks to
atheris.
"""

"""The parts of checking a lesson: its moments, its claims, the order of terms and lessons, the rules of the house."""

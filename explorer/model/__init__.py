"""What is looked at, without Qt: documents, answers, steps and their rows."""

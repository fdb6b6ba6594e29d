"""What a program takes and gives: its inputs, its output, its tapes."""

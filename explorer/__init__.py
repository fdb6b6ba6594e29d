"""The window, the command line and the exports of Tape Explorer; computes no derivative of its own."""

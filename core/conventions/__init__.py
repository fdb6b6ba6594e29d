"""What the derivative is where there is none: measured, beside what other libraries answer."""

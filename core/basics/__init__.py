"""What everything else is built on: places in text, structures of values, errors, and what to say of them."""

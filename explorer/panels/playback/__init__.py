"""The sentence of the step, the transport keys and the timeline."""

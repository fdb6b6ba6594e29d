"""Derivatives of derivatives: reverse sweeps that are recorded and differentiated again."""

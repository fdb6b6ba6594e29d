"""The panels around the graph: views that show what they are given and emit requests.

A panel never computes, and knows neither the session, nor the player, nor another panel.
"""

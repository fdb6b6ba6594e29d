"""Layers, losses and models of PyTorch and Keras, as classes of the language: a text may use them and derive from them.

They are made of the engine's functions and hold their weights as attributes; nothing here leads to an object of Python.
"""

"""Figures: what an author described, laid out as a `Drawing`. One module a kind; own rules, no library.

Everything is placed by rows and columns, and every line has a lane of its own in the channels between them, so that
nothing meets by accident. A figure is tried in smaller and smaller type until it fits.
"""

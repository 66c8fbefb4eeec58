"""Layout: Documents in, pages of items at fixed positions out. Pure functions; what they decide, writers only draw.

Lines (`lines`) know em and characters only; blocks and pages know pt and the stylesheet.
"""

"""Measurements of the program against something else in the same run; never a timed test."""

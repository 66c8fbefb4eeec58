"""The files of the project: which there are, saved never over what others wrote, their versions, and what changes them."""

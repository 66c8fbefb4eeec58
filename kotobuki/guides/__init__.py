"""The guides in the tool: what they say of a topic, and what a key means, in a terminal."""

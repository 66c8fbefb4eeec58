"""What the buttons of a page do, as the commands do it: papers, packets, numbers, comparisons, new files."""

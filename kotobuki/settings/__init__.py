"""What is settled before a case is written: the organization with its terms and house style, the meeting, the forms."""

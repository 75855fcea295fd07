"""What grading leaves behind: records, the one truth about marks, and all that is made of them."""

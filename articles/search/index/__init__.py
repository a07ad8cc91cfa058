"""What is kept to find articles by: documents, their lists, words and names, in either database."""

"""What is written in nodes and on edges, and where: texts and places, without a painter."""

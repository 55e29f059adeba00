"""Finding posts, people and tags: documents made of rows, two engines, one way of asking."""

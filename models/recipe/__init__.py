"""The recipes: corpora to training data, training, export, evaluation."""

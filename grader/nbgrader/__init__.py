"""On good terms with nbgrader: the only place that imports it, and only when a command needs it."""

"""What runs beside student code: imports the standard library, numpy, IPython and Keras, nothing of ours."""

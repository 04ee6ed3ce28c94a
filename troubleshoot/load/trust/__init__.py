"""Files of the working directory, used only when the person said so."""

"""What goes wrong in the lab, said in a sentence."""


class LabError(Exception):
    """The lab cannot be brought up, filled or used; the message says what to do."""

"""Analysis: pure functions over signals, each with cases whose answer is obvious."""

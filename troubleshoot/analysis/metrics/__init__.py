"""Of series: baseline, onset, what is over."""

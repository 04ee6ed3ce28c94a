"""One file per judge: a signal becomes an outcome."""

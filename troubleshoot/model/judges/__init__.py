"""One file per judge: what an author may write of it, and what it says of itself."""

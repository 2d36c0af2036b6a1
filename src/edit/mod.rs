//! Every change as a value, and the fold of a set of them.

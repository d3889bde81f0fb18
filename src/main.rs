//! The circlet program: reads arguments and chooses a front-end.

fn main() {}

//! hub

fn main() {}

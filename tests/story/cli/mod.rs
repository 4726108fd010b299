//! The story on the command line, under every fault.

mod tale;
mod weather;

//! Prints two documents of the corpus. What they weigh, `bantin-bench --only corpus` tells.

use bantin_bench::corpus::{SEED, document};

fn main() {
    for id in [0, 4] {
        println!("{}", document(SEED, id).text());
    }
}

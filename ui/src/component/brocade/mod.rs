//! Woven strips, generated from small pattern data: half a motif as a grid of cells, mirrored into a whole
//! one and repeated. Decoration at edges, never behind text.

use std::fmt::Write;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

/// A motif: the left half, row by row. `.` is ground, `a` and `b` are the two yarns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motif {
    /// Diamonds.
    Diamond,
    /// Stepped mountains.
    Mountain,
    /// Seeds in a row.
    Seed,
    /// Stars of eight points.
    Star,
    /// Running water.
    Water,
    /// Ferns.
    Fern,
    /// Gates.
    Gate,
}

impl Motif {
    fn half(self) -> &'static [&'static str] {
        match self {
            Self::Diamond => &[
                "a...b..", ".a...b.", "..a...b", "b..a..a", "..a...b", ".a...b.", "a...b..",
            ],
            Self::Mountain => &[
                "......a", ".....aa", "b...aa.", "bb.aa.b", ".baa.bb", "..a.bb.", "aaaaaaa",
            ],
            Self::Seed => &[
                ".......", "a..a..b", "aa.a.bb", ".a.a..b", "aa.a.bb", "a..a..b", ".......",
            ],
            Self::Star => &[
                "a...a..", ".a..ab.", "..a.a.b", "aaaaa.b", "..a.a.b", ".a..ab.", "a...a..",
            ],
            Self::Water => &[
                "aa.....", "..aa...", "....aa.", "bb....a", "..bb...", "....bb.", "......b",
            ],
            Self::Fern => &[
                "a.....b", ".a...b.", "a.a.b..", ".a.a..b", "a.a.b..", ".a...b.", "a.....b",
            ],
            Self::Gate => &[
                "aaaaa..", "a...a.b", "a.b.a.b", "a.b...b", "a.b.a.b", "a...a.b", "aaaaa..",
            ],
        }
    }

    /// Size of the whole motif in cells.
    fn size(self) -> (usize, usize) {
        let half = self.half();
        (half.first().map_or(0, |row| 2 * row.len()), half.len())
    }

    /// All cells of one yarn as path data.
    fn yarn(self, yarn: u8) -> String {
        let mut path = String::new();
        for (y, row) in self.half().iter().enumerate() {
            let mirrored = row.bytes().chain(row.bytes().rev());
            for (x, cell) in mirrored.enumerate() {
                if cell == yarn {
                    // Writing to a String cannot fail.
                    let _ = write!(path, "M{x} {y}h1v1h-1z");
                }
            }
        }
        path
    }
}

/// Pattern ids must be unique in a page: a hidden strip would otherwise take the cells of a visible one.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A woven strip as wide as its place.
#[component]
pub fn Brocade(
    /// What is woven.
    motif: Motif,
) -> impl IntoView {
    let id = format!("weave-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let (width, height) = motif.size();
    let fill = format!("url(#{id})");
    view! {
        <svg class="brocade" aria-hidden="true" focusable="false" width="100%" height=height * 2>
            <defs>
                <pattern
                    id=id
                    width=width
                    height=height
                    patternUnits="userSpaceOnUse"
                    patternTransform="scale(2)"
                    shape-rendering="crispEdges"
                >
                    <path class="yarn-a" d=motif.yarn(b'a')></path>
                    <path class="yarn-b" d=motif.yarn(b'b')></path>
                </pattern>
            </defs>
            <rect class="brocade-ground" width="100%" height="100%"></rect>
            <rect width="100%" height="100%" fill=fill></rect>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_motif_is_a_whole_grid() {
        for motif in [
            Motif::Diamond,
            Motif::Mountain,
            Motif::Seed,
            Motif::Star,
            Motif::Water,
            Motif::Fern,
            Motif::Gate,
        ] {
            let (width, height) = motif.size();
            assert!(
                motif.half().iter().all(|row| 2 * row.len() == width),
                "{motif:?} has rows of one length"
            );
            assert_eq!(
                height, 7,
                "{motif:?} is seven threads high, so strips line up"
            );
            assert!(!motif.yarn(b'a').is_empty(), "{motif:?} has a first yarn");
        }
    }
}

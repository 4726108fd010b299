//! What Bản Tin is measured with; `README.md` says how to read it.
//!
//! - [`corpus`] makes any number of Vietnamese documents, and the queries to search them with, from a seed.
//! - [`program`] runs the real programs, [`village`] sets a hub and phones up, [`meter`] counts what passes between
//!   them.
//! - [`peer`] runs programs of others beside them.
//! - [`work`] is what is measured; `bantin_row` is how it is printed.

pub mod corpus;
pub mod meter;
pub mod peer;
pub mod program;
pub mod village;
pub mod work;

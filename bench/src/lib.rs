//! What Bản Tin is measured with; `README.md` says how to read it.
//!
//! - [`corpus`] makes any number of Vietnamese documents, and the queries to search them with, from a seed.
//! - [`program`] runs the real programs, [`village`] sets a hub and phones up, [`meter`] counts what passes between
//!   them.
//! - [`work`] is what is measured, [`row`] how it is printed.

pub mod corpus;
pub mod meter;
pub mod program;
pub mod row;
pub mod village;
pub mod work;

//! What Bản Tin is measured with.
//!
//! - [`meter`] counts what passes between a device and a hub; [`row`] prints it.
//! - [`corpus`] makes any number of Vietnamese documents, and the queries to search them with, from a seed.

pub mod corpus;
pub mod meter;
pub mod row;

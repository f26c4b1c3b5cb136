//! The territory: its EPCI by its name, its communes, their outlines; series, access and maps of the convention.

mod by_name;
mod files_typed;
pub mod naive_access;
pub mod naive_campaign;
mod schools;

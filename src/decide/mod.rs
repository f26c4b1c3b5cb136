//! From figures to what comes first and what is done about it: priorities, plans, the two
//! indicators of the convention, who has returned what.

pub mod completeness;
pub mod ctg;
pub mod plans;
pub mod priorities;

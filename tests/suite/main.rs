//! The one integration suite: the real binary on real files.

mod atelier;
mod demo;
mod fixtures;
mod naive;
mod tidy;

//! The one integration suite: the real binary on real files.

mod atelier;
mod demo;
mod fixtures;
mod flow;
mod naive;
mod reference;
mod settings;
mod standing;
mod tidy;

//! The one integration suite: the real binary on real files.

mod atelier;
mod demo;
mod fixtures;
mod flow;
mod forms;
mod hand_made;
mod layouts;
mod naive;
mod properties;
mod reference;
mod settings;
mod standing;
mod tidy;
mod tools;

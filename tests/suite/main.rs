//! The one integration suite: the real binary on real files.
#![expect(unreachable_pub, reason = "a test binary exports nothing")]

mod atelier;
mod attacker;
mod degenerate;
mod deliveries;
mod demo;
mod described;
mod direct;
mod fixtures;
mod flow;
mod forgetting;
mod forms;
mod hand_made;
mod integrity;
mod killed;
mod layouts;
mod manners;
mod masking;
mod migration;
mod mutated;
mod naive;
mod outputs;
mod parameters;
mod plan;
mod practices;
mod properties;
mod quoting;
mod reference;
mod restitution;
mod settings;
mod sharing;
mod standing;
mod tidy;
mod tools;

//! The server of the local page: what the command line does, for someone who never opened a terminal. It turns requests
//! into what `pages` are asked and their answers into responses, and keeps everybody else out. Everything stays on the
//! machine: it listens on 127.0.0.1 alone, opens no connection, and its pages ask nothing from elsewhere.
//!
//! | question | file |
//! |---|---|
//! | starts, finds the one that runs already, opens the browser, stops | `opening_page` |
//! | connections: accepted, bounded, handed on | `server` |
//! | who may ask: host, origin, key; what every answer forbids | `guards` |
//! | a launch: its port, its key, its life | `launch` |
//! | the key of a launch, its cookie, its seals | `launch_key` |
//! | the private file that hands the key to the browser | `handover` |
//! | which ones run, on which port, for which folder | `instances` |
//! | when is it time to stop? | `page_life` |
//! | the door, and what all pages load | `doors` |
//! | which page answers which address | `routes` |
//! | an address → its page, off the threads that listen; errors as pages | `dispatch` |
//! | files that were dropped, bounded, under names that are no paths | `upload` |
//! | how what a page answers becomes a response | `response` |

mod dispatch;
mod doors;
mod guards;
mod handover;
mod instances;
mod launch;
mod launch_key;
mod opening_page;
mod page_life;
mod response;
mod routes;
mod server;
mod upload;

pub(crate) use opening_page::{LocalPageRequest, serve};

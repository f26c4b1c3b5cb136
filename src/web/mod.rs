//! The local page: what the command line does, for someone who never opened a terminal. A thin face over
//! `actions`: pages put questions, actions answer; nothing is computed here. Everything stays on the
//! machine: it listens on 127.0.0.1 alone, opens no connection, and its pages ask nothing from elsewhere.
//!
//! | question | file |
//! |---|---|
//! | starts, finds the one that runs already, opens the browser, stops | `opening_page` |
//! | connections: accepted, bounded, handed on | `server` |
//! | who may ask: host, origin, key; what every answer forbids | `guards` |
//! | the key of a launch, its cookie, its seals | `launch_key` |
//! | the private file that hands the key to the browser | `handover` |
//! | which ones run, on which port, for which folder | `instances` |
//! | folders opened before; where the user's own files are | `user_folder` |
//! | when is it time to stop? | `page_life` |
//! | which folder is open, which job runs | `desk` |
//! | a long job: begun, told, left and found again | `job` |
//! | what a page is asked | `page_ask` |
//! | – files that were dropped, bounded, under names that are no paths | `upload` |
//! | what a page answers, and how it becomes a response | `answer` |
//! | what actions say at a terminal, in the words of the page | `said_on_pages`; names of files: `file_words` |
//! | pages from templates, style sheet, script | `render` |
//! | which page answers which address | `routes` |
//! | an address → its page, off the threads that listen; errors as pages | `dispatch` |
//! | files that were dropped and wait for « Faire entrer » | `reception` |
//! | the pages, in the order of her year | `pages` |

mod answer;
mod desk;
mod dispatch;
mod file_words;
mod guards;
mod handover;
mod instances;
mod job;
mod launch_key;
mod opening_page;
mod page_ask;
mod page_life;
mod pages;
mod reception;
mod render;
mod routes;
mod said_on_pages;
mod server;
mod upload;
mod user_folder;

pub(crate) use opening_page::{LocalPageRequest, serve};

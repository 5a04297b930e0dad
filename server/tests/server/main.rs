//! Every test of the server beside the journeys; one binary that links the library, which is large, so that it is compiled once.

mod api;
mod backup;
mod bench;
mod cli;
mod config;
mod demo;
mod http;
mod own_data;
mod search;

//! The program as a user runs it: arguments in, output, files and exit code out. One test binary, one module a command.

mod bad_input;
mod build;
mod check;
mod classify;
mod exchange;
mod init;
mod library;
mod review;
mod supplier;
mod world;

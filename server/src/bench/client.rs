//! As little of an HTTP client as a measurement needs: one connection, kept open, one request at a time.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A connection to the server.
pub(super) struct Client {
    stream: BufReader<TcpStream>,
}

/// What the server said.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where it leads, if anywhere.
    pub(super) location: String,
    pub(super) body: Vec<u8>,
}

impl Client {
    pub(super) async fn connect(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Sends a POST of JSON under a bearer token and an idempotency key.
    pub(super) async fn post(&mut self, path: &str, bearer: &str, key: &str, json: &str) -> Result<Answer> {
        let head = format!("Authorization: Bearer {bearer}\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\n");
        self.ask("POST", path, &head, json).await
    }

    /// Sends a request with further lines of its head, each with its end.
    pub(super) async fn ask(&mut self, method: &str, path: &str, head: &str, body: &str) -> Result<Answer> {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: bench\r\n{head}Content-Length: {}\r\n\r\n{body}", body.len());
        self.stream.write_all(request.as_bytes()).await?;
        self.stream.flush().await?;
        let status = self.line().await?.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status line")?;
        let (mut length, mut location) = (0, String::new());
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                break;
            }
            match line.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().context("no length")?,
                Some((name, value)) if name.eq_ignore_ascii_case("location") => value.trim().clone_into(&mut location),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(Answer { status, location, body })
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}

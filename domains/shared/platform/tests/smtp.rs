//! Mail over a real connection: STARTTLS, log-in, and servers that refuse. The server is in this file and speaks just enough SMTP.

use std::sync::{Arc, Mutex};

use platform::ports::{Mail, Mailer, PortError, SmtpMailer, SmtpSettings};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{ServerConfig, pki_types::PrivateKeyDer};

/// `\0portal\0pw` in base 64.
const LOGIN: &str = "AUTH PLAIN AHBvcnRhbABwdw==";

struct Server {
    port: u16,
    folder: tempfile::TempDir,
    mails: Arc<Mutex<Vec<String>>>,
}

/// A server for one connection after another, with a certificate of its own making.
async fn server() -> Server {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("ca.pem"), made.cert.pem()).expect("written");
    std::fs::write(folder.path().join("password"), "pw\n").expect("written");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a server's configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let mails = Arc::new(Mutex::new(Vec::new()));
    let kept = mails.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 test\r\n").await.expect("greeted");
            if talk(&mut stream, false, &kept).await {
                let secure = acceptor.accept(stream.into_inner()).await;
                if let Ok(secure) = secure {
                    talk(&mut BufReader::new(secure), true, &kept).await;
                }
            }
        }
    });
    Server { port, folder, mails }
}

/// Answers commands until the connection ends; true where the client wants to go on under TLS.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>, secure: bool, mails: &Mutex<Vec<String>>) -> bool {
    let mut line = String::new();
    let mut known = false;
    loop {
        line.clear();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return false;
        }
        let command = line.trim_end();
        let answer = match command {
            _ if command.starts_with("EHLO") && secure => "250-test\r\n250 AUTH PLAIN\r\n",
            _ if command.starts_with("EHLO") => "250-test\r\n250 STARTTLS\r\n",
            "STARTTLS" => "220 go\r\n",
            LOGIN => {
                known = true;
                "235 welcome\r\n"
            }
            _ if command.starts_with("AUTH") => "535 wrong\r\n",
            _ if command.starts_with("MAIL") && !known => "530 log in first\r\n",
            _ if command.starts_with("RCPT TO:<bounce@") => "550 no such user\r\n",
            _ if command.starts_with("RCPT TO:<slow@") => "451 later\r\n",
            "DATA" => "354 go\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "250 fine\r\n",
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return false;
        }
        if command == "STARTTLS" {
            return true;
        }
        if command == "DATA" {
            let mut text = String::new();
            while !text.ends_with("\r\n.\r\n") && stream.read_line(&mut text).await.unwrap_or(0) > 0 {}
            mails.lock().expect("not poisoned").push(text);
            stream.write_all(b"250 queued\r\n").await.expect("answered");
        }
    }
}

fn settings(server: &Server, password: &str) -> SmtpSettings {
    SmtpSettings {
        host: "localhost".to_owned(),
        port: server.port,
        from: "通办 <tongban@mail.example>".to_owned(),
        user: Some("portal".to_owned()),
        password_file: Some(server.folder.path().join(password)),
        ca_file: Some(server.folder.path().join("ca.pem")),
        plain: false,
    }
}

fn mail(to: &str) -> Mail {
    Mail { to: to.to_owned(), subject: "预约成功".to_owned(), text: "您已预约。".to_owned(), attachment: None, message_id: "m1".to_owned() }
}

#[tokio::test]
async fn a_mail_goes_out_after_starttls_and_log_in() {
    let server = server().await;
    let mailer = SmtpMailer::open(&settings(&server, "password")).expect("opened");
    mailer.send(&mail("li@mail.example")).await.expect("sent");
    let mails = server.mails.lock().expect("not poisoned").clone();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("Message-ID: <m1@mail.example>"), "{}", mails[0]);
}

#[tokio::test]
async fn an_unknown_address_is_refused_for_good_and_a_busy_server_is_tried_again() {
    let server = server().await;
    let mailer = SmtpMailer::open(&settings(&server, "password")).expect("opened");
    assert!(matches!(mailer.send(&mail("bounce@mail.example")).await, Err(PortError::Permanent(_))));
    assert!(matches!(mailer.send(&mail("slow@mail.example")).await, Err(PortError::Temporary(_))));
}

#[tokio::test]
async fn a_wrong_password_and_a_certificate_nobody_vouches_for_send_nothing() {
    let server = server().await;
    std::fs::write(server.folder.path().join("other"), "wrong").expect("written");
    let mailer = SmtpMailer::open(&settings(&server, "other")).expect("opened");
    assert!(mailer.send(&mail("li@mail.example")).await.is_err());
    let stranger = SmtpSettings { ca_file: None, ..settings(&server, "password") };
    let mailer = SmtpMailer::open(&stranger).expect("opened");
    assert!(mailer.send(&mail("li@mail.example")).await.is_err());
    assert!(server.mails.lock().expect("not poisoned").is_empty());
}

//! Groonga: a server of its own on the loopback, begun and ended here.

use std::collections::HashSet;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant as Clock};

use search_index::normalise_name;
use serde_json::{Value, json};

use crate::corpus::Organization;
use crate::known::Spelled;
use crate::load::{FEW, LIMIT, Peer, Shape};
use crate::mix::Question;

type Failure = Box<dyn std::error::Error>;

/// Tables and indexes: pairs of characters for names, three letters for sounds, whole strings for exact ones and beginnings.
const TABLES: &str = "\
table_create Kinds TABLE_HASH_KEY ShortText
table_create Provinces TABLE_HASH_KEY ShortText
table_create Orgs TABLE_NO_KEY
column_create Orgs oid COLUMN_SCALAR UInt32
column_create Orgs name COLUMN_SCALAR ShortText
column_create Orgs strip COLUMN_SCALAR ShortText
column_create Orgs spy COLUMN_SCALAR ShortText
column_create Orgs fpy COLUMN_SCALAR ShortText
column_create Orgs sini COLUMN_SCALAR ShortText
column_create Orgs code COLUMN_SCALAR ShortText
column_create Orgs kind COLUMN_SCALAR Kinds
column_create Orgs status COLUMN_SCALAR Kinds
column_create Orgs level COLUMN_SCALAR Kinds
column_create Orgs province COLUMN_SCALAR Provinces
";
const INDEXES: &str = "
table_create Pairs TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto
column_create Pairs names COLUMN_INDEX|WITH_POSITION|WITH_SECTION Orgs name,strip
column_create Pairs name COLUMN_INDEX|WITH_POSITION Orgs name
table_create Letters TABLE_PAT_KEY ShortText --default_tokenizer TokenBigramSplitSymbolAlpha
column_create Letters sounds COLUMN_INDEX|WITH_POSITION|WITH_SECTION Orgs spy,fpy,sini
table_create Exact TABLE_PAT_KEY ShortText
column_create Exact name COLUMN_INDEX Orgs name
column_create Exact code COLUMN_INDEX Orgs code
column_create Exact sini COLUMN_INDEX Orgs sini
column_create Kinds of_kind COLUMN_INDEX Orgs kind
column_create Provinces of_province COLUMN_INDEX Orgs province
";
/// How long the server may take to answer at first.
const PATIENCE: Duration = Duration::from_secs(30);

/// The running server; ended with this value.
pub(crate) struct Groonga {
    server: Child,
    port: u16,
}

impl Groonga {
    pub(crate) fn load(folder: &Path, organizations: &[Organization], spelled: &[Spelled]) -> Result<Groonga, Failure> {
        let start = Clock::now();
        std::fs::create_dir_all(folder)?;
        let (database, commands) = (folder.join("db"), folder.join("load.grn"));
        let mut file = std::io::BufWriter::new(std::fs::File::create(&commands)?);
        write!(file, "{TABLES}load --table Orgs\n[\n")?;
        for (id, (one, other)) in organizations.iter().zip(spelled).enumerate() {
            let row = json!({
                "oid": id, "name": other.name, "strip": other.short, "spy": other.pinyin, "fpy": other.full_pinyin, "sini": other.initials,
                "code": one.entry.code, "kind": one.class.to_string(), "status": one.status.to_string(), "level": one.level.to_string(),
                "province": one.province(),
            });
            writeln!(file, "{row}{}", if id + 1 < organizations.len() { "," } else { "" })?;
        }
        write!(file, "]\n{INDEXES}")?;
        file.into_inner()?.sync_all()?;
        let loaded = Command::new("groonga").arg("-n").arg("--file").arg(&commands).arg(&database).stdout(Stdio::null()).status()?;
        if !loaded.success() {
            return Err(format!("loading: {loaded}").into());
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = Command::new("groonga")
            .args(["-s", "--protocol", "http", "--bind-address", "127.0.0.1", "--port", &port.to_string()])
            .arg(&database)
            .stdout(Stdio::null())
            .spawn()?;
        let groonga = Groonga { server, port };
        let begun = Clock::now();
        while groonga.get("/d/status", &[]).is_err() {
            if begun.elapsed() > PATIENCE {
                return Err("the server does not answer".into());
            }
            std::thread::yield_now();
        }
        println!("Groonga: loaded in {:.0} s", start.elapsed().as_secs_f64());
        Ok(groonga)
    }

    fn get(&self, path: &str, values: &[(&str, String)]) -> Result<Value, Failure> {
        let query: Vec<String> = values.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "GET {path}?{} HTTP/1.0\r\n\r\n", query.join("&"))?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let body = answer.windows(4).position(|end| end == b"\r\n\r\n").ok_or("no body")?;
        let answer: Value = serde_json::from_slice(&answer[body + 4..])?;
        if answer[0][0] != 0 {
            return Err(answer[0].to_string().into());
        }
        Ok(answer[1].clone())
    }
}

impl Drop for Groonga {
    fn drop(&mut self) {
        if let Err(error) = self.server.kill().and_then(|()| self.server.wait()) {
            eprintln!("the Groonga server could not be ended: {error}");
        }
    }
}

fn escaped(value: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric();
    value.bytes().map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// One stage: a condition or words to match, and the order.
enum Stage {
    Filter(String, &'static str),
    Match(&'static str, String),
}

fn stages(text: &str) -> Vec<Stage> {
    let quoted = |words: &[String]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ");
    match Shape::of(text) {
        Shape::Code => vec![Stage::Filter(format!("code @^ \"{}\"", text.to_uppercase()), "oid")],
        Shape::Letters => {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            let joined = words.concat();
            let mut found = vec![Stage::Filter(format!("sini == \"{joined}\""), "oid"), Stage::Match("Letters.sounds", quoted(&words))];
            if joined.len() >= 10 {
                found.push(Stage::Filter(format!("spy *S \"{joined}\""), "-_score"));
            }
            found
        }
        Shape::Chinese => {
            let words: Vec<String> = text.split_whitespace().map(normalise_name).collect();
            let joined = words.concat();
            let mut found = vec![Stage::Filter(format!("name == \"{joined}\""), "oid"), Stage::Match("name * 10 || strip * 5", quoted(&words))];
            if joined.chars().count() >= 4 {
                found.push(Stage::Filter(format!("name *S \"{joined}\""), "-_score"));
            }
            found
        }
    }
}

impl Peer for Groonga {
    async fn ask(&self, question: &Question) -> Result<usize, Failure> {
        let mut found = HashSet::new();
        for stage in stages(&question.text) {
            let mut values = vec![
                ("table", "Orgs".to_owned()),
                ("limit", LIMIT.to_string()),
                ("output_columns", "oid,_score,name".to_owned()),
                ("drilldown", "kind,status,level,province".to_owned()),
                ("drilldown_limit", "40".to_owned()),
            ];
            let mut filters = Vec::new();
            match stage {
                Stage::Filter(filter, order) => {
                    filters.push(filter);
                    values.push(("sort_keys", order.to_owned()));
                }
                Stage::Match(columns, query) => {
                    values.push(("match_columns", columns.to_owned()));
                    values.push(("query", query));
                    values.push(("sort_keys", "-_score".to_owned()));
                }
            }
            filters.extend(question.province.iter().map(|province| format!("province == \"{province}\"")));
            filters.extend(question.kind.map(|kind| format!("kind == \"{kind}\"")));
            if !filters.is_empty() {
                values.push(("filter", filters.join(" && ")));
            }
            let answer = self.get("/d/select", &values)?;
            found.extend(answer[0].as_array().into_iter().flatten().skip(2).map(|row| row[0].to_string()));
            if found.len() >= FEW {
                break;
            }
        }
        Ok(found.len())
    }
}

//! Files by content: named by a keyed hash, sealed, their type told by their first bytes, pictures made anew.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

use kernel::Issue;
use store::keys::{Keys, Purpose};

/// Types that are taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum MediaType {
    /// `image/jpeg`
    Jpeg,
    /// `image/png`
    Png,
    /// `application/pdf`
    Pdf,
    /// `application/octet-stream`: only for what the program itself writes (signatures).
    Binary,
}

impl MediaType {
    /// The type that the first bytes tell, whatever the sender says.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else {
            None
        }
    }

    /// The name for a `Content-Type` header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Binary => "application/octet-stream",
        }
    }

    fn tag(self) -> u8 {
        match self {
            Self::Jpeg => 1,
            Self::Png => 2,
            Self::Pdf => 3,
            Self::Binary => 4,
        }
    }

    fn from_tag(tag: u8) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Pdf, Self::Binary].into_iter().find(|kind| kind.tag() == tag)
    }
}

/// What an upload may be.
#[derive(Debug, Clone)]
pub struct Accept {
    /// Types that are taken.
    pub types: &'static [MediaType],
    /// Most bytes.
    pub max_bytes: usize,
    /// Most pixels along an edge; larger pictures are scaled down.
    pub max_edge: u32,
    /// Name of the form field, for the message.
    pub field: &'static str,
}

impl Accept {
    /// A photo of a person: JPEG or PNG up to 10 MB.
    pub const fn photo(field: &'static str) -> Self {
        Self { types: &[MediaType::Jpeg, MediaType::Png], max_bytes: 10 << 20, max_edge: 2000, field }
    }

    /// A scanned paper: JPEG, PNG or PDF up to 20 MB.
    pub const fn scan(field: &'static str) -> Self {
        Self { types: &[MediaType::Jpeg, MediaType::Png, MediaType::Pdf], max_bytes: 20 << 20, max_edge: 4000, field }
    }
}

/// Names a file by its content: 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct FileId(String);

impl FileId {
    /// Takes 64 lower-case hexadecimal digits, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        well_formed.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file that has been taken in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stored {
    /// Its name.
    pub id: FileId,
    /// Its type.
    pub media_type: MediaType,
    /// Its size in bytes, before sealing.
    pub bytes: u64,
    /// SM3 over its content, 64 hexadecimal digits.
    pub sm3: String,
}

/// The store of files: a folder, every file sealed.
#[derive(Clone)]
pub struct Files {
    folder: PathBuf,
    keys: Arc<Keys>,
}

impl Files {
    /// Makes the folder where it is missing.
    pub fn open(folder: PathBuf, keys: Arc<Keys>) -> std::io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder, keys })
    }

    /// The folder, for backups.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Takes an upload in: checks size and type, makes pictures anew (which drops place, camera and anything hidden in them).
    pub async fn take(&self, bytes: Vec<u8>, accept: Accept) -> crate::Result<Stored> {
        if bytes.is_empty() {
            return Err(refuse("E-FILE01", accept.field, "请选择文件".into(), "Choose a file".into()).into());
        }
        if bytes.len() > accept.max_bytes {
            let megabytes = accept.max_bytes >> 20;
            return Err(refuse(
                "E-FILE02",
                accept.field,
                format!("文件不能超过{megabytes}MB"),
                format!("The file may have at most {megabytes} MB"),
            )
            .into());
        }
        let kind = MediaType::sniff(&bytes).filter(|kind| accept.types.contains(kind));
        let Some(kind) = kind else { return Err(wrong_type(&accept).into()) };
        let clean = match kind {
            MediaType::Jpeg | MediaType::Png => {
                let max_edge = accept.max_edge;
                tokio::task::spawn_blocking(move || remake(&bytes, kind, max_edge))
                    .await
                    .map_err(crate::Error::internal)?
                    .ok_or_else(|| wrong_type(&accept))?
            }
            MediaType::Pdf | MediaType::Binary => bytes,
        };
        self.put(clean, kind).await
    }

    /// Stores what the program itself has made. The same content again is the same file.
    pub async fn put(&self, bytes: Vec<u8>, media_type: MediaType) -> crate::Result<Stored> {
        let id = FileId(data_encoding::HEXLOWER.encode(&self.keys.hash_bytes(Purpose::FileName, &bytes)));
        let sm3 = data_encoding::HEXLOWER.encode(&<sm3::Sm3 as sm3::Digest>::digest(&bytes));
        let stored = Stored { id: id.clone(), media_type, bytes: bytes.len() as u64, sm3 };
        let path = self.path(&id);
        if tokio::fs::try_exists(&path).await.map_err(crate::Error::internal)? {
            return Ok(stored);
        }
        let mut plain = vec![media_type.tag()];
        plain.extend_from_slice(&bytes);
        let sealed = self.keys.seal("file", "content", id.0.as_bytes(), &plain);
        tokio::task::spawn_blocking(move || write_whole(&path, &sealed)).await.map_err(crate::Error::internal)?.map_err(crate::Error::internal)?;
        Ok(stored)
    }

    /// The content and type of a file; `NotFound` where there is none.
    pub async fn get(&self, id: &FileId) -> crate::Result<(Vec<u8>, MediaType)> {
        let sealed = match tokio::fs::read(self.path(id)).await {
            Ok(sealed) => sealed,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(crate::Error::NotFound),
            Err(e) => return Err(crate::Error::internal(e)),
        };
        let mut plain = self.keys.open("file", "content", id.0.as_bytes(), &sealed).map_err(crate::Error::internal)?;
        let kind = plain.first().and_then(|tag| MediaType::from_tag(*tag)).ok_or_else(|| crate::Error::internal("a file without type"))?;
        plain.remove(0);
        Ok((plain, kind))
    }

    /// Removes what the program itself has made and nobody names any more. The same content has the same name: whoever calls has looked
    /// whether it stands elsewhere.
    pub async fn remove(&self, id: &FileId) -> crate::Result<()> {
        match tokio::fs::remove_file(self.path(id)).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(crate::Error::internal(error)),
            _ => Ok(()),
        }
    }

    /// Seals every file again that another key of the ring has sealed; names stay. Returns how many. `tell` is told after each hundred. May run
    /// while the program serves, and goes on where a killed run was: what has been sealed again is left alone.
    ///
    /// # Errors
    /// When a file cannot be read or written, or does not open: the rest has been sealed by then, and that file is named.
    pub fn reseal(&self, tell: &dyn Fn(u64)) -> std::io::Result<u64> {
        let (mut sealed, mut broken) = (0, None);
        for shelf in std::fs::read_dir(&self.folder)? {
            let shelf = shelf?.path();
            if !shelf.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(shelf)? {
                let file = file?;
                // Others are of a write that was cut off.
                let Some(id) = file.file_name().to_str().and_then(FileId::parse) else { continue };
                match self.reseal_one(&id) {
                    Ok(false) => continue,
                    Ok(true) => sealed += 1,
                    Err(error) => broken = Some(error),
                }
                if sealed % 100 == 0 {
                    tell(sealed);
                }
            }
        }
        broken.map_or(Ok(sealed), Err)
    }

    fn reseal_one(&self, id: &FileId) -> std::io::Result<bool> {
        let path = self.path(id);
        let mut first = [0; 1];
        std::io::Read::read_exact(&mut std::fs::File::open(&path)?, &mut first)?;
        if self.keys.is_current(&first) {
            return Ok(false);
        }
        let broken = |error| std::io::Error::other(format!("{}: {error}", id.0));
        let plain = self.keys.open("file", "content", id.0.as_bytes(), &std::fs::read(&path)?).map_err(broken)?;
        write_whole(&path, &self.keys.seal("file", "content", id.0.as_bytes(), &plain))?;
        Ok(true)
    }

    fn path(&self, id: &FileId) -> PathBuf {
        self.folder.join(&id.0[..2]).join(&id.0)
    }
}

/// Width and height of a picture in pixels, from its head; `None` where it is no picture.
pub fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?.into_dimensions().ok()
}

fn refuse(code: &'static str, field: &'static str, zh: String, en: String) -> Issue {
    Issue::error(code, zh, en).field(field)
}

fn wrong_type(accept: &Accept) -> Issue {
    let names = if accept.types.contains(&MediaType::Pdf) { "JPG、PNG、PDF" } else { "JPG、PNG" };
    refuse(
        "E-FILE03",
        accept.field,
        format!("文件不是可用的{names}，请重新拍照或另存后上传"),
        format!("This is no usable {} file; take the picture again or save it anew", names.replace('、', ", ")),
    )
}

/// Decodes a picture within bounds and writes it anew; `None` where it is no picture.
fn remake(bytes: &[u8], kind: MediaType, max_edge: u32) -> Option<Vec<u8>> {
    let mut reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(12_000);
    limits.max_image_height = Some(12_000);
    limits.max_alloc = Some(256 << 20);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let picture = if picture.width().max(picture.height()) > max_edge { picture.thumbnail(max_edge, max_edge) } else { picture };
    let mut out = Cursor::new(Vec::new());
    match kind {
        MediaType::Png => picture.write_to(&mut out, image::ImageFormat::Png).ok()?,
        _ => picture.to_rgb8().write_to(&mut out, image::ImageFormat::Jpeg).ok()?,
    }
    Some(out.into_inner())
}

/// Writes beside and renames, so that a file is there whole or not at all.
fn write_whole(path: &std::path::Path, content: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let folder = path.parent().ok_or_else(|| std::io::Error::other("a file without folder"))?;
    std::fs::create_dir_all(folder)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(content)?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> (tempfile::TempDir, Files) {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::open(folder.path().join("files"), Arc::new(Keys::for_tests())).expect("opened");
        (folder, files)
    }

    fn png() -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(40, 30).write_to(&mut out, image::ImageFormat::Png).expect("a picture");
        out.into_inner()
    }

    #[tokio::test]
    async fn a_picture_comes_back_and_is_sealed_on_disk() {
        let (_folder, files) = files();
        let stored = files.take(png(), Accept::photo("photo")).await.expect("taken");
        let again = files.take(png(), Accept::photo("photo")).await.expect("taken twice");
        assert_eq!(stored, again);
        let (bytes, kind) = files.get(&stored.id).await.expect("read");
        assert_eq!(kind, MediaType::Png);
        assert_eq!(MediaType::sniff(&bytes), Some(MediaType::Png));
        let on_disk = std::fs::read(files.path(&stored.id)).expect("read");
        assert!(!on_disk.windows(4).any(|w| w == b"\x89PNG"));
    }

    #[tokio::test]
    async fn after_a_rotation_files_are_sealed_again_under_their_names() {
        let (folder, files) = files();
        let mut ids = Vec::new();
        for n in 0..120_u8 {
            ids.push(files.put(vec![n; 100], MediaType::Binary).await.expect("stored").id);
        }
        let mut keys = Keys::for_tests();
        keys.rotate().expect("a new key");
        let old = files.path(&ids[7]);
        let before = std::fs::read(&old).expect("read");
        std::fs::write(old.with_file_name(".cut-off"), "half").expect("written");
        // A run that was killed: some are sealed again already.
        let rotated = Files::open(folder.path().join("files"), Arc::new(keys)).expect("opened");
        for id in &ids[..20] {
            assert!(rotated.reseal_one(id).expect("sealed again"));
        }
        let told = std::sync::Mutex::new(Vec::new());
        assert_eq!(rotated.reseal(&|n| told.lock().expect("not poisoned").push(n)).expect("the rest"), 100);
        assert_eq!(told.into_inner().expect("not poisoned"), [100]);
        assert_eq!(rotated.reseal(&|_| ()).expect("nothing is left"), 0);
        assert_ne!(std::fs::read(&old).expect("read"), before);
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(rotated.get(id).await.expect("read").0, vec![u8::try_from(n).expect("small"); 100]);
            assert_eq!(rotated.put(vec![n as u8; 100], MediaType::Binary).await.expect("known").id, *id, "names stay");
        }
        std::fs::write(rotated.path(&ids[3]), [1_u8; 60]).expect("written");
        assert!(rotated.reseal(&|_| ()).expect_err("it does not open").to_string().contains(ids[3].as_str()));
    }

    #[tokio::test]
    async fn refuses_a_script_called_a_photo_and_a_huge_one() {
        let (_folder, files) = files();
        let script = files.take(b"<script>alert(1)</script>".to_vec(), Accept::photo("photo")).await.expect_err("refused");
        assert!(script.has_code("E-FILE03"));
        let huge = files.take(vec![0xFF; 30 << 20], Accept::photo("photo")).await.expect_err("refused");
        assert!(huge.has_code("E-FILE02"));
        let mut disguised = vec![0xFF, 0xD8, 0xFF];
        disguised.extend_from_slice(b"<script>alert(1)</script>");
        assert!(files.take(disguised, Accept::photo("photo")).await.expect_err("refused").has_code("E-FILE03"));
    }

    #[test]
    fn a_name_is_hexadecimal_or_none() {
        assert!(FileId::parse(&"a".repeat(64)).is_some());
        assert!(FileId::parse("../../etc/passwd").is_none());
        assert!(FileId::parse(&"A".repeat(64)).is_none());
    }
}

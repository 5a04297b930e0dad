//! Signatures over files: SM2 (GM/T 0003) through a port, so that an HSM can take the place of the software key.

use std::path::Path;

use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};

/// The identity that GM/T 0009 prescribes where none is agreed.
const DEFAULT_ID: &str = "1234567812345678";

/// Signs files of record.
pub trait Signer: Send + Sync {
    /// Names the key, so that a later reader knows which to verify with.
    fn key_id(&self) -> String;
    /// The public key as an uncompressed point, 65 bytes.
    fn public_key(&self) -> Vec<u8>;
    /// A detached signature (r ‖ s, 64 bytes) over `content`.
    fn sign(&self, content: &[u8]) -> Vec<u8>;
    /// Whether `signature` is one of this key over `content`.
    fn verify(&self, content: &[u8], signature: &[u8]) -> bool;
}

/// An SM2 key in a file, for instances without an HSM.
pub struct SoftwareSigner {
    key: SigningKey,
}

impl SoftwareSigner {
    /// Reads the key file (32 bytes), or makes one readable by its owner alone from `fresh` random bytes.
    pub fn open(path: &Path, fresh: [u8; 32]) -> std::io::Result<Self> {
        let secret = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                write_secret(path, &fresh)?;
                fresh.to_vec()
            }
            Err(e) => return Err(e),
        };
        Self::from_secret(&secret).ok_or_else(|| std::io::Error::new(std::io::ErrorKind::InvalidData, "not an SM2 key"))
    }

    /// The signer of a secret of 32 bytes; `None` where that is no valid key.
    pub fn from_secret(secret: &[u8]) -> Option<Self> {
        SigningKey::from_slice(DEFAULT_ID, secret).ok().map(|key| Self { key })
    }
}

fn write_secret(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl Signer for SoftwareSigner {
    fn key_id(&self) -> String {
        let digest = <sm3::Sm3 as sm3::Digest>::digest(self.public_key());
        data_encoding::HEXLOWER.encode(&digest[..8])
    }

    fn public_key(&self) -> Vec<u8> {
        self.key.verifying_key().to_sec1_bytes().to_vec()
    }

    fn sign(&self, content: &[u8]) -> Vec<u8> {
        let signature: Signature = self.key.sign(content);
        signature.to_bytes().to_vec()
    }

    fn verify(&self, content: &[u8], signature: &[u8]) -> bool {
        let key: &VerifyingKey = self.key.verifying_key();
        Signature::from_slice(signature).is_ok_and(|signature| key.verify(content, &signature).is_ok())
    }
}

/// Whether `signature` is over `content` by the key with this public part (an uncompressed point): for what an earlier key has signed.
pub fn verify_with(public_key: &[u8], content: &[u8], signature: &[u8]) -> bool {
    let key = VerifyingKey::from_sec1_bytes(DEFAULT_ID, public_key);
    key.is_ok_and(|key| Signature::from_slice(signature).is_ok_and(|signature| key.verify(content, &signature).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_breaks_the_signature() {
        let signer = SoftwareSigner::from_secret(&[7; 32]).expect("a key");
        let signature = signer.sign(b"certificate");
        assert_eq!(signature.len(), 64);
        assert!(signer.verify(b"certificate", &signature));
        assert!(!signer.verify(b"certificatf", &signature));
        assert!(!SoftwareSigner::from_secret(&[8; 32]).expect("a key").verify(b"certificate", &signature));
        assert!(verify_with(&signer.public_key(), b"certificate", &signature) && !verify_with(&signer.public_key(), b"certificatf", &signature));
        assert!(!verify_with(&[0; 65], b"certificate", &signature), "no point of the curve");
    }

    #[test]
    fn the_key_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("signer.key");
        let first = SoftwareSigner::open(&path, [3; 32]).expect("made");
        let second = SoftwareSigner::open(&path, [4; 32]).expect("read");
        assert_eq!(first.key_id(), second.key_id());
    }
}

//! The `ustar` format (POSIX.1-1988), as far as a package needs it: plain files with ASCII names. Written the same way every time, and
//! read so strictly that no byte of it can change unseen.

const BLOCK: usize = 512;

/// Files in order, as one `tar`.
pub(super) fn write(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, content) in files {
        out.extend_from_slice(&header(name, content.len()));
        out.extend_from_slice(content);
        out.resize(out.len().next_multiple_of(BLOCK), 0);
    }
    out.resize(out.len() + 2 * BLOCK, 0);
    out
}

fn header(name: &str, size: usize) -> [u8; BLOCK] {
    assert!(name.is_ascii() && name.len() < 100, "names in a package are short and ASCII");
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000644\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{size:011o}\0"));
    put(136, "00000000000\0");
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

/// The files of a package. `Err` names the file at which it is not as [`write`] makes it.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<(String, &[u8])>, String> {
    let mut files: Vec<(String, &[u8])> = Vec::new();
    let mut rest = bytes;
    loop {
        let near = || files.last().map_or_else(|| "package.tar".to_owned(), |(name, _)| name.clone());
        let (block, after) = rest.split_at_checked(BLOCK).ok_or_else(near)?;
        if block.iter().all(|byte| *byte == 0) {
            let ended = after.len() == BLOCK && after.iter().all(|byte| *byte == 0);
            return if ended { Ok(files) } else { Err(near()) };
        }
        let name = block[..100].split(|byte| *byte == 0).next().and_then(|name| std::str::from_utf8(name).ok()).filter(|name| name.is_ascii() && !name.is_empty() && name.len() < 100);
        let name = name.ok_or_else(near)?.to_owned();
        let size = std::str::from_utf8(&block[124..135]).ok().and_then(|digits| usize::from_str_radix(digits, 8).ok()).filter(|size| *size <= after.len());
        let size = size.ok_or_else(|| name.clone())?;
        if block != header(&name, size) {
            return Err(name);
        }
        let padded = size.next_multiple_of(BLOCK);
        let (padded, following) = after.split_at_checked(padded).ok_or_else(|| name.clone())?;
        let (content, padding) = padded.split_at(size);
        if padding.iter().any(|byte| *byte != 0) {
            return Err(name);
        }
        files.push((name, content));
        rest = following;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_and_other_programs_read_it() {
        let files = vec![("log.json".to_owned(), b"{}".to_vec()), ("papers/01-grant.pdf".to_owned(), vec![7; 1000])];
        let packed = write(&files);
        let back: Vec<(String, Vec<u8>)> = read(&packed).expect("whole").into_iter().map(|(name, content)| (name, content.to_vec())).collect();
        assert_eq!(back, files);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.tar");
        std::fs::write(&path, packed).expect("written");
        let listed = std::process::Command::new("tar").arg("tf").arg(&path).output().expect("tar is installed");
        assert_eq!(String::from_utf8_lossy(&listed.stdout), "log.json\npapers/01-grant.pdf\n");
    }
}

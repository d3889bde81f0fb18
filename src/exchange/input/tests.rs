use std::fs;
use std::os::unix::net::UnixListener;

use proptest::prelude::*;

use super::*;

fn of(bytes: &[u8]) -> Result<Input, InputError> {
    decode("list.txt", bytes.to_vec())
}

fn refusal(bytes: &[u8]) -> String {
    of(bytes).unwrap_err().to_string()
}

#[test]
fn utf_8_with_and_without_a_mark_is_read_without_a_word() {
    for bytes in ["Léa\n".as_bytes(), b"\xEF\xBB\xBFL\xC3\xA9a\n"] {
        let input = of(bytes).unwrap();
        assert_eq!(input.text, "Léa\n");
        assert_eq!(input.notes, Vec::<String>::new());
    }
    assert_eq!(of(b"").unwrap().text, "");
    assert_eq!(of(b"a\rb").unwrap().text, "a\nb");
}

#[test]
fn marked_utf_16_is_read_and_told() {
    let mut little = vec![0xFF, 0xFE];
    little.extend("Léa 李".encode_utf16().flat_map(u16::to_le_bytes));
    let mut big = vec![0xFE, 0xFF];
    big.extend("Léa 李".encode_utf16().flat_map(u16::to_be_bytes));
    for (bytes, word) in [(little, "UTF-16LE"), (big, "UTF-16BE")] {
        let input = of(&bytes).unwrap();
        assert_eq!(input.text, "Léa 李");
        assert!(input.notes[0].contains(word));
    }
}

#[test]
fn utf_16_without_a_mark_is_read_and_told() {
    let text = "Léa: why?\n李 said so\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, word) in [(little, "UTF-16LE"), (big, "UTF-16BE")] {
        let input = of(&bytes).unwrap();
        assert_eq!(input.text, text);
        assert!(input.notes[0].contains(word), "{:?}", input.notes);
    }
}

#[test]
fn the_encodings_that_people_have_are_read_and_told() {
    for (encoding, text) in [
        (
            encoding_rs::WINDOWS_1251,
            "Чему вы научились сегодня?\nКто вам помог в этом?\n",
        ),
        (
            encoding_rs::EUC_JP,
            "今日は何を学びましたか。\n誰が助けてくれましたか。\n",
        ),
        (
            encoding_rs::GBK,
            "你今天学到了什么？\n谁帮助了你？你想感谢谁？\n",
        ),
        (
            encoding_rs::BIG5,
            "你今天學到了什麼？\n誰幫助了你？你想感謝誰？\n",
        ),
        (
            encoding_rs::EUC_KR,
            "오늘 무엇을 배웠습니까?\n누가 도와주었습니까?\n",
        ),
        (
            encoding_rs::ISO_8859_2,
            "Czego się dziś nauczyłeś? Jaką rzecz byś zmienił?\n",
        ),
    ] {
        let (bytes, _, _) = encoding.encode(text);
        let input = of(&bytes).unwrap();
        assert_eq!(input.text, text, "{}", encoding.name());
        assert_eq!(input.notes.len(), 1);
    }
}

#[test]
fn a_file_that_is_still_written_is_refused() {
    struct Writes<'a>(&'a Path, io::Take<io::Repeat>);
    impl Read for Writes<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let mut file = fs::OpenOptions::new().append(true).open(self.0)?;
            io::Write::write_all(&mut file, b"- More?\n")?;
            self.1.read(into)
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("list.md");
    fs::write(&path, "- Why?\n").unwrap();
    let file = File::open(&path).unwrap();
    let quiet = steady("list.md", &file, io::repeat(b'a').take(9)).unwrap();
    assert_eq!(quiet.text, "aaaaaaaaa");
    let told = steady("list.md", &file, Writes(&path, io::repeat(b'a').take(9))).unwrap_err();
    assert!(
        told.to_string().contains("changed while it was read"),
        "{told}"
    );
}

#[test]
fn a_legacy_encoding_is_read_and_told() {
    let input = of(b"Jos\xE9 Mu\xF1oz\nBj\xF6rn\n").unwrap();
    assert_eq!(input.text, "José Muñoz\nBjörn\n");
    assert!(input.notes[0].contains("windows-1252"), "{:?}", input.notes);
    let (bytes, _, _) =
        encoding_rs::SHIFT_JIS.encode("田中さんは何を学びましたか。次は何をしますか。");
    assert!(of(&bytes).unwrap().text.starts_with("田中"));
}

#[test]
fn damaged_text_is_refused_with_its_line_and_never_patched() {
    let mut damaged = "Léa\nZoë\nJosé ".as_bytes().to_vec();
    damaged.push(0xFF);
    assert_eq!(
        refusal(&damaged),
        "list.txt:3: byte 7 of the line is no UTF-8, as the rest is. Save it as UTF-8 and try \
         again. Nothing was changed."
    );
    assert!(refusal(b"\xEF\xBB\xBFa\n\xFF").starts_with("list.txt:2: byte 1"));
    assert!(refusal(&[0xFF, 0xFE, b'a', 0, 0, 0xD8]).contains("is broken"));
    assert!(refusal(b"a\nb\0c").starts_with("list.txt:2: there is a zero byte"));
    assert!(refusal(b"a\0b\0\0c").contains("zero byte"));
    assert!(refusal(b"What helps you?\n\xff\xfe\0\xd8 What else? \n").starts_with("list.txt:2:"));
    assert!(refusal(b"\x01\0\x02\0").contains("zero byte"));
    assert!(refusal(&[0xFF, 0xFE, 0, 0, b'a', 0, 0, 0]).contains("UTF-32"));
}

#[test]
fn a_letter_lost_earlier_is_told() {
    let input = of("ok\nJos\u{FFFD}".as_bytes()).unwrap();
    assert!(input.notes[0].starts_with("list.txt:2:"));
}

#[test]
fn only_regular_files_are_opened_and_none_is_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let pipe = dir.path().join("pipe");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        FileType::Fifo,
        Mode::RUSR | Mode::WUSR,
        0,
    )
    .unwrap();
    let socket = dir.path().join("socket");
    let _listener = UnixListener::bind(&socket).unwrap();
    for (path, word) in [
        (dir.path(), "a folder"),
        (&pipe, "a pipe"),
        (&socket, "a socket"),
        (Path::new("/dev/zero"), "a device"),
    ] {
        let told = read(path).unwrap_err().to_string();
        assert!(told.contains(word), "{told}");
    }
    let missing = read(&dir.path().join("no\u{1b}[2Jne.txt"))
        .unwrap_err()
        .to_string();
    assert!(missing.contains("cannot be read") && !missing.contains('\u{1b}'));
    let file = dir.path().join("list.MD");
    fs::write(&file, "- Why?\n").unwrap();
    assert_eq!(read(&file).unwrap().format, Some(Format::Markdown));
}

#[test]
fn a_source_without_an_end_is_cut_off() {
    assert!(matches!(
        read_from("pipe", io::repeat(b'a')),
        Err(InputError::TooLarge { .. })
    ));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        match of(&bytes) {
            Ok(input) => {
                let told = input.notes.iter().any(|note| note.contains("lost"));
                prop_assert_eq!(input.text.contains(REPLACED), told);
            }
            Err(error) => prop_assert!(error.to_string().contains("list.txt")),
        }
    }
}

#[test]
fn what_is_no_file_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let told = |path: &Path| read_file(path).unwrap_err().to_string();
    assert!(
        told(folder.path())
            .ends_with("is a folder, not a file. Name a file in it. Nothing was changed.")
    );
    let missing = told(&folder.path().join("people.csv"));
    assert!(
        missing.ends_with("people.csv cannot be read: there is no such file. Nothing was changed.")
    );
    assert!(
        told(Path::new("/dev/null"))
            .contains("is a device, not a file. Save what it gives as a file")
    );
    let long = told(&folder.path().join("x".repeat(300)));
    assert!(long.contains("no file can have such a long name"), "{long}");
    // The standard input is the keyboard there.
    assert!(matches!(
        read_file(&folder.path().join("-")),
        Err(InputError::Io { .. })
    ));
}

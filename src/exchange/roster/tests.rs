use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn people(text: &str) -> Vec<(String, String, String)> {
    let taken = parse(text, None);
    assert_eq!(taken.faults, [], "{text}");
    rows_of(&taken)
}

fn rows_of(taken: &TakenRoster) -> Vec<(String, String, String)> {
    let plain = |text: &Option<Clean>| text.as_deref().unwrap_or_default().to_owned();
    taken
        .people
        .iter()
        .map(|person| {
            (
                person.name.to_string(),
                plain(&person.mail),
                plain(&person.role),
            )
        })
        .collect()
}

fn names(text: &str) -> Vec<String> {
    people(text).into_iter().map(|(name, _, _)| name).collect()
}

#[rstest]
#[case("Maria, Jun, Priya, Tom,\n      Aisha")]
#[case("- Maria\n- Jun\n* Priya\n1. Tom\n2) Aisha\n")]
#[case("Maria;Jun;Priya\r\nTom\tAisha")]
#[case("[\"Maria\", \"Jun\", {\"name\": \"Priya\"}, \"Tom\", \"Aisha\"]")]
#[case("Name\nMaria\nJun\nPriya\nTom\nAisha\n")]
#[case("Maria, Jun, Priya, Tom and Aisha")]
#[case("# our circle\nMaria\n\nJun\nPriya\nTom\nAisha")]
fn five_people_are_read_from_every_layout(#[case] text: &str) {
    assert_eq!(names(text), ["Maria", "Jun", "Priya", "Tom", "Aisha"]);
}

#[test]
fn lines_of_a_mail_name_people_and_a_remark_behind_a_dash_is_not_a_name() {
    let mail = "From: Lena <lena@mail.example>\nTo: \"Ruiz, Ana\" <ana@mail.example>, Bo <bo@mail.example>\nSubject: Circle\n\nEva Lind - Berlin\nAnne-Marie\n";
    let taken = parse(mail, None);
    let names: Vec<&str> = taken.people.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Lena", "Ana Ruiz", "Bo", "Eva Lind", "Anne-Marie"]);
    assert!(taken.notes.iter().any(|note| note.contains("Berlin")));
}

#[rstest]
#[case("Jun Tanaka <jun@mail.example>", ("Jun Tanaka", "jun@mail.example", ""))]
#[case("\"Tanaka, Jun\" <jun@mail.example>;", ("Jun Tanaka", "jun@mail.example", ""))]
#[case("Jun Tanaka, jun@mail.example, lead", ("Jun Tanaka", "jun@mail.example", "lead"))]
#[case("Jun Tanaka\tjun@mail.example", ("Jun Tanaka", "jun@mail.example", ""))]
#[case("jun.tanaka@mail.example", ("Jun Tanaka", "jun.tanaka@mail.example", ""))]
#[case("<jun.tanaka@mail.example>", ("Jun Tanaka", "jun.tanaka@mail.example", ""))]
#[case("E-Mail;Role;Full name\njun@mail.example;lead;Jun Tanaka", ("Jun Tanaka", "jun@mail.example", "lead"))]
#[case("First name,Last name,email\nJun,Tanaka,jun@mail.example", ("Jun Tanaka", "jun@mail.example", ""))]
#[case("{\"members\":[{\"name\":\"Jun Tanaka\",\"email\":\"jun@mail.example\",\"role\":\"lead\"}]}",
       ("Jun Tanaka", "jun@mail.example", "lead"))]
fn mail_and_role_belong_to_their_name(#[case] text: &str, #[case] expected: (&str, &str, &str)) {
    let (name, mail, role) = expected;
    assert_eq!(
        people(text),
        [(name.to_owned(), mail.to_owned(), role.to_owned())]
    );
}

#[rstest]
#[case("\"Öz, Jan\"")]
#[case("\"Öz, Jan\" <jan@mail.example>")]
#[case("name,mail\n\"Öz, Jan\",jan@mail.example\n")]
#[case("name;mail\nÖz, Jan;jan@mail.example\n")]
#[case("[{\"name\": \"Öz, Jan\"}]")]
fn a_family_name_before_a_comma_goes_behind(#[case] text: &str) {
    assert_eq!(names(text), ["Jan Öz"]);
}

#[test]
fn a_row_without_a_name_is_told_and_nobody_is_made_up() {
    let taken = parse(
        "name,mail,role\nAna,ana@x.example,\n,nobody@x.example,guest\n",
        None,
    );
    assert_eq!(taken.people.len(), 1);
    assert_eq!(
        taken.faults[0].told("people.csv"),
        "people.csv:3: there is no name in it"
    );
}

#[test]
fn a_role_that_means_nothing_here_is_told() {
    let taken = parse("name,role\nAna,Mentor\nBo,Facilitator\nCy,\n", None);
    assert_eq!(taken.people.len(), 3);
    assert_eq!(
        taken.notes,
        [
            "Line 2: the role \"Mentor\" is not one of member, facilitator, guest; Ana comes in as a member."
        ]
    );
}

#[test]
fn several_people_with_mails_stand_on_one_line() {
    let line = "Maria <m@x.example>, Tom Weiss <t@x.example>; Jun";
    assert_eq!(names(line), ["Maria", "Tom Weiss", "Jun"]);
}

#[test]
fn wrong_lines_are_named_and_the_rest_is_read() {
    let long = "x".repeat(300);
    let text = format!("Maria\n---\nJun <not a mail>\n{long}\nTom\n");
    let taken = parse(&text, None);
    let told: Vec<_> = taken
        .faults
        .iter()
        .map(|fault| fault.told("people.txt"))
        .collect();
    assert_eq!(
        told,
        [
            "people.txt:2: a name needs at least one letter or digit",
            "people.txt:3: \"not a mail\" is no mail address",
            "people.txt:4: this name has 300 letters; at most 200 fit",
        ]
    );
    assert_eq!(taken.people.len(), 2);
    let taken = parse("[\"Maria\",\n7,\n{\"role\":\"lead\"}]", Some(Format::Json));
    assert_eq!(
        taken
            .faults
            .iter()
            .map(|fault| fault.line)
            .collect::<Vec<_>>(),
        [2, 3]
    );
}

#[test]
fn prose_names_nobody_and_is_told_and_a_long_name_goes_in_quotes() {
    let text = "Maria\nWe meet on Thursday. Bring questions, a pen and a smile.\n\"Ana Maria de la Luz y Soto\", Jun\n";
    let taken = parse(text, None);
    let names: Vec<&str> = taken.people.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Maria", "Ana Maria de la Luz y Soto", "Jun"]);
    let told: Vec<_> = taken
        .faults
        .iter()
        .map(|fault| fault.told("list"))
        .collect();
    assert_eq!(
        told,
        [
            "list:2: \"We meet on Thursday. Bring questions\" reads like a sentence; a name as long as this goes in quotes"
        ]
    );
    // Where a table or a program says that it is a name, it is one.
    let table = parse("name,mail\nAna Maria de la Luz y Soto,a@x.example\n", None);
    assert_eq!((table.people.len(), table.faults.len()), (1, 0));
}

#[test]
fn two_people_of_one_name_stay_two_and_look_alikes_are_told() {
    let taken = parse("Léa\nlea\nTom\nT\u{43e}m\n", None);
    assert_eq!(taken.people.len(), 4);
    assert!(
        taken.notes[0].contains("lines 1 and 2"),
        "{:?}",
        taken.notes
    );
    assert!(
        taken.notes[1].contains("looks like Tom on line 3"),
        "{:?}",
        taken.notes
    );
}

#[test]
fn hard_names_are_kept_as_they_are() {
    assert_eq!(
        names("李 美玲\nמאיה לוי\nAnne-Ma\u{301}rie\nZo 👩‍🚀"),
        ["李 美玲", "מאיה לוי", "Anne-Márie", "Zo 👩‍🚀"]
    );
}

#[test]
fn names_that_drive_a_terminal_are_taken_clean_and_told() {
    let taken = parse("Jun\u{1b}[2J Tanaka\n", None);
    assert_eq!(taken.people[0].name, "Jun\u{FFFD}[2J Tanaka");
    assert!(taken.notes[0].contains("control characters"));
}

#[test]
fn nobody_is_told() {
    assert_eq!(parse("\n\n", None).notes, ["There is nobody in it."]);
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in any::<String>()) {
        parse(&text, None);
        parse(&text, Some(Format::Csv));
        parse(&text, Some(Format::Json));
    }

    #[test]
    fn no_signs_break_the_reader(pieces in prop::collection::vec(prop::sample::select(vec![
        "<", ">", "\"", ",", ";", "\n", "@", "a", " and ", "- ", "1. ", "name", "mail", "[", "{", "}", "]", ":", "é",
    ]), 0..40)) {
        let taken = parse(&pieces.concat(), None);
        prop_assert!(taken.people.iter().all(|person| !person.name.is_empty()));
    }

    #[test]
    fn one_name_a_line_gives_as_many_people(names in prop::collection::vec("[A-Z][a-z]{2,9}x", 1..30)) {
        prop_assert_eq!(parse(&names.join("\n"), None).people.len(), names.len());
    }
}

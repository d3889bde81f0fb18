//! The rows of the registry, in the order of help.

use super::{ArgKind, Binding, Group, Place, Spec};
use crate::command::id::CommandId as Id;

const fn live(keys: &'static str) -> Binding {
    Binding {
        place: Place::Live,
        keys,
    }
}

const fn room(keys: &'static str) -> Binding {
    Binding {
        place: Place::Room,
        keys,
    }
}

const fn any(keys: &'static str) -> Binding {
    Binding {
        place: Place::Anywhere,
        keys,
    }
}

/// Every command once, in the order of [`Id::ALL`].
pub const SPECS: &[Spec] = &[
    // the running session
    Spec::new(
        Group::Session,
        Id::StartPause,
        "Start, pause, go on",
        "Starts the session; while it runs, stops and continues the clock.",
        &[live("Space")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::Next,
        "Next step",
        "Goes to the next step, after the last one to the next block; in a list to the next owner.",
        &[live(">"), any(">")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::Back,
        "Previous step",
        "Goes back one step, before the first one to the previous block; in a list to the owner before.",
        &[live("<"), any("<")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::NextPrompt,
        "Next prompt or item",
        "Shows the next prompt of the block, or the next item of a review.",
        &[live("."), room("PgDn"), any(".")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::PreviousPrompt,
        "Previous prompt or item",
        "Shows the previous prompt of the block, or the previous item of a review.",
        &[live(","), room("PgUp"), any(",")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::Longer,
        "One minute longer",
        "Makes the running block, or the marked one of a plan, one minute longer.",
        &[live("+"), live("="), any("+"), any("=")],
    )
    .room()
    .arg(ArgKind::Number),
    Spec::new(
        Group::Session,
        Id::Shorter,
        "One minute shorter",
        "Makes the running block, or the marked one of a plan, one minute shorter.",
        &[live("-"), any("-")],
    )
    .room()
    .arg(ArgKind::Number),
    Spec::new(
        Group::Session,
        Id::Pick,
        "Give the floor, or pick",
        "Gives the person with this number the floor; elsewhere picks the row with this number.",
        &[live("Person"), any("Number")],
    )
    .room()
    .arg(ArgKind::Person),
    Spec::new(
        Group::Session,
        Id::Nobody,
        "Nobody has the floor",
        "Takes the floor back without giving it to anybody.",
        &[live("0 0")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::FloorNext,
        "Floor to the next person",
        "Gives the floor to the person named beside it.",
        &[live("f")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::PassTurn,
        "Pass",
        "Whoever is called passes and is asked again last.",
        &[live("F")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::Hand,
        "Raise or lower a hand",
        "Puts a person into the queue, or takes them out of it.",
        &[live("r Person")],
    )
    .room()
    .arg(ArgKind::Person),
    Spec::new(
        Group::Session,
        Id::HandDirect,
        "Hand for a direct reply",
        "Puts a person at the head of the queue for a direct reply, or takes them out of it.",
        &[live("R Person")],
    )
    .room()
    .arg(ArgKind::Person),
    Spec::new(
        Group::Session,
        Id::Attend,
        "Here or away",
        "Notes that a person is here, or away.",
        &[live("s Person")],
    )
    .room()
    .arg(ArgKind::Person),
    Spec::new(
        Group::Session,
        Id::Lead,
        "Lead or seat",
        "Says who leads the running block, or sits in the hot seat; Enter takes who is next.",
        &[live("s l Person"), live("s l Enter")],
    )
    .arg(ArgKind::Person),
    Spec::new(
        Group::Session,
        Id::TurnBefore,
        "The turn before too",
        "Gives the turn before to whoever has the floor now.",
        &[live("s f")],
    ),
    Spec::new(
        Group::Session,
        Id::Round,
        "Round",
        "Begins a round, in which everyone has the same time; again ends it.",
        &[live("s r")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::Silence,
        "Silence",
        "Counts how long it has been silent; again stops.",
        &[live("s s")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::NotHeard,
        "Who has not spoken",
        "Offers words that ask for views that were not heard.",
        &[live("s w")],
    ),
    Spec::new(
        Group::Session,
        Id::SpeakingTime,
        "Speaking time",
        "Shows how long people have spoken, to you alone; again hides it.",
        &[live("s a")],
    ),
    Spec::new(
        Group::Session,
        Id::Groups,
        "Groups",
        "Makes pairs, threes or fours of those who are here, and gives them time.",
        &[live("s g")],
    ),
    Spec::new(
        Group::Session,
        Id::Rate,
        "Vote or rating",
        "Counts a vote on topics, or a rating from shown hands.",
        &[live("s v")],
    ),
    Spec::new(
        Group::Session,
        Id::PickQuestion,
        "Pick a question",
        "Draws questions from the bank and adds the one you pick to the block.",
        &[live("s q")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::HandOver,
        "Hand over",
        "Shows where the session is and says who leads from now on.",
        &[live("s h")],
    ),
    Spec::new(
        Group::Session,
        Id::OffRecord,
        "Off the record",
        "From now on circlet writes nothing, until the same keys end it.",
        &[live("s o")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::ParkBlock,
        "Block for next time",
        "Leaves the block out of this session and keeps it for the next.",
        &[live("P")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::RoomView,
        "Room view",
        "Shows what the room may see in this window; the same key leaves it.",
        &[live("v")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::Blank,
        "Blank the room view",
        "Empties the room view; the same key brings it back.",
        &[live("b")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::RoomClock,
        "Clock of the room",
        "Shows the room the clock in full, in minutes, or not at all.",
        &[live("s c")],
    )
    .room(),
    Spec::new(
        Group::Session,
        Id::WrapUp,
        "Wrap up",
        "Ends the session: minutes, what was written down, the next date.",
        &[live("w w")],
    )
    .room(),
    // writing
    Spec::new(
        Group::Write,
        Id::Capture,
        "Write down",
        "Opens the line; the first one-letter word names the kind: a, d, n, p.",
        &[any("i")],
    )
    .room()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Write,
        Id::AddAction,
        "Action",
        "Writes an action down, with its owner and its date.",
        &[live("a")],
    )
    .room()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Write,
        Id::AddDecision,
        "Decision",
        "Writes a decision down.",
        &[live("d")],
    )
    .room()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Write,
        Id::AddNote,
        "Note for me",
        "Only you see it; after 90 days it is erased, unless it has the tag #keep.",
        &[live("n")],
    )
    .room()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Write,
        Id::AddCircleNote,
        "Note for the circle",
        "Writes a note down that goes into the minutes.",
        &[live("N")],
    )
    .room()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Write,
        Id::AddParked,
        "Parked item",
        "Keeps a topic for another time.",
        &[live("p")],
    )
    .room()
    .arg(ArgKind::Text),
    // any list
    Spec::new(
        Group::List,
        Id::Open,
        "Open",
        "Opens the marked row, or the question that waits in the message row.",
        &[any("Enter")],
    )
    .room(),
    Spec::new(
        Group::List,
        Id::Mark,
        "Mark",
        "Marks the row, so that a command acts on all marked ones.",
        &[any("Space")],
    ),
    Spec::new(
        Group::List,
        Id::MarkAll,
        "Mark all",
        "Marks all rows that are shown; again takes the marks away.",
        &[any("A")],
    ),
    Spec::new(
        Group::List,
        Id::Add,
        "Add",
        "Adds a row to this list.",
        &[any("a")],
    ),
    Spec::new(
        Group::List,
        Id::Edit,
        "Edit",
        "Changes the words of the row.",
        &[any("e")],
    ),
    Spec::new(
        Group::List,
        Id::Done,
        "Done",
        "Marks an action as done, a prompt as asked; again takes it back.",
        &[any("c")],
    ),
    Spec::new(
        Group::List,
        Id::Partly,
        "Partly done",
        "Marks an action as partly done, with one line on what is left.",
        &[any("C")],
    ),
    Spec::new(
        Group::List,
        Id::Due,
        "Date",
        "Gives the row a new date or time; Enter alone is the next session.",
        &[any("t")],
    ),
    Spec::new(
        Group::List,
        Id::Owner,
        "Owner or lead",
        "Gives the row to another person.",
        &[any("o")],
    ),
    Spec::new(
        Group::List,
        Id::Remove,
        "Let go, or to the trash",
        "Lets an action go, takes a row off the list; nothing is lost.",
        &[any("x")],
    ),
    Spec::new(
        Group::List,
        Id::ToTrash,
        "To the trash, or back",
        "Puts an action into the trash, where it is found by is:trash; again takes it out.",
        &[any("X")],
    ),
    Spec::new(
        Group::List,
        Id::WaitsFor,
        "Waits for",
        "Says what an action waits for, so that it stands as blocked; no words end that.",
        &[any("B")],
    )
    .arg(ArgKind::Text),
    Spec::new(
        Group::List,
        Id::AskHelp,
        "Ask the circle for help",
        "Makes an action a topic of the next session.",
        &[any("W")],
    ),
    Spec::new(
        Group::List,
        Id::Partner,
        "Partner",
        "Says who asks after an action, beside its owner.",
        &[any("O")],
    ),
    Spec::new(
        Group::List,
        Id::EditNote,
        "In your editor",
        "Opens an action with its note, a written row or a plan in $VISUAL or $EDITOR; a row else in a line.",
        &[any("E")],
    )
    .arg(ArgKind::Text),
    Spec::new(
        Group::List,
        Id::MoveDown,
        "Row down",
        "Moves the marked row one place down.",
        &[any("J")],
    ),
    Spec::new(
        Group::List,
        Id::MoveUp,
        "Row up",
        "Moves the marked row one place up.",
        &[any("K")],
    ),
    Spec::new(
        Group::List,
        Id::Star,
        "Star",
        "Gives a question a star; again takes it off.",
        &[any("*")],
    ),
    Spec::new(
        Group::List,
        Id::Preview,
        "Preview",
        "Shows the question as large as the room would see it; again goes back.",
        &[any("v")],
    ),
    Spec::new(
        Group::List,
        Id::Down,
        "Next row",
        "Goes to the next row.",
        &[any("j"), any("Down")],
    ),
    Spec::new(
        Group::List,
        Id::Up,
        "Previous row",
        "Goes to the previous row.",
        &[any("k"), any("Up")],
    ),
    Spec::new(
        Group::List,
        Id::Left,
        "Left",
        "Goes to the left.",
        &[any("h"), any("Left")],
    ),
    Spec::new(
        Group::List,
        Id::Right,
        "Right",
        "Goes to the right.",
        &[any("l"), any("Right")],
    ),
    Spec::new(
        Group::List,
        Id::PageDown,
        "Page down",
        "Goes one page down.",
        &[any("PgDn")],
    ),
    Spec::new(
        Group::List,
        Id::PageUp,
        "Page up",
        "Goes one page up.",
        &[any("PgUp")],
    ),
    Spec::new(
        Group::List,
        Id::Top,
        "First row",
        "Goes to the first row.",
        &[any("g g"), any("Home")],
    ),
    Spec::new(
        Group::List,
        Id::End,
        "Last row",
        "Goes to the last row.",
        &[any("G"), any("g e"), any("End")],
    ),
    Spec::new(
        Group::List,
        Id::Filter,
        "Filter",
        "Shows only rows that hold what you type.",
        &[any("/")],
    )
    .arg(ArgKind::Text),
    Spec::new(
        Group::List,
        Id::Sort,
        "Sort",
        "Sorts and groups the rows: by date, owner, tag or age.",
        &[any("s")],
    ),
    Spec::new(
        Group::List,
        Id::Copy,
        "Copy",
        "Copies the row or the prompt as text.",
        &[any("y")],
    )
    .room(),
    Spec::new(
        Group::List,
        Id::CopyAll,
        "Copy all",
        "Copies everything shown; a prompt with its follow-ups.",
        &[any("Y")],
    )
    .room(),
    Spec::new(
        Group::List,
        Id::Review,
        "Review",
        "Goes through actions one by one: yours, those shown, or of the person named.",
        &[any("r")],
    )
    .arg(ArgKind::Text),
    // going
    Spec::new(
        Group::Go,
        Id::GoHome,
        "Home",
        "Shows the next session and what wants a look.",
        &[any("g h")],
    ),
    Spec::new(
        Group::Go,
        Id::GoPlan,
        "Plan",
        "Shows the agenda of the next session, to be planned.",
        &[any("g p")],
    ),
    Spec::new(
        Group::Go,
        Id::GoLive,
        "Live",
        "Shows the running session, or the next one ready to start.",
        &[any("g l")],
    ),
    Spec::new(
        Group::Go,
        Id::GoActions,
        "Actions",
        "Shows who took on what, until when.",
        &[any("g a")],
    ),
    Spec::new(
        Group::Go,
        Id::GoQuestions,
        "Questions",
        "Shows the question bank, to look through it and plan with it.",
        &[any("g q")],
    ),
    Spec::new(
        Group::Go,
        Id::GoBooks,
        "Books",
        "Shows what the circle reads, how it is divided, and what it talks about.",
        &[any("g b")],
    ),
    Spec::new(
        Group::Go,
        Id::GoRoster,
        "Roster",
        "Shows the people of the circle.",
        &[any("g r")],
    ),
    Spec::new(
        Group::Go,
        Id::GoSessions,
        "Sessions",
        "Shows past sessions and their minutes.",
        &[any("g s")],
    ),
    Spec::new(
        Group::Go,
        Id::GoLog,
        "Log and trash",
        "Shows what was done, to take it back, and what lies in the trash.",
        &[any("g t")],
    ),
    Spec::new(
        Group::Go,
        Id::GoCircle,
        "Circle",
        "Chooses the circle that all screens show.",
        &[any("g c")],
    )
    .arg(ArgKind::Text),
    // everywhere
    Spec::new(
        Group::Everywhere,
        Id::Help,
        "Help",
        "Shows every key, those of this screen first.",
        &[any("?"), any("F1")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::Palette,
        "Commands",
        "Finds a command by its name and runs it.",
        &[any(":")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::Undo,
        "Take back",
        "Takes back what was done last; the message says what it was.",
        &[any("u")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::Redo,
        "Bring back",
        "Brings back what was taken back last.",
        &[any("U")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::WriteMarkdown,
        "Write out as Markdown",
        "Writes the minutes, or the list on the screen, into the export folder.",
        &[any("w m")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::WriteJson,
        "Write out as JSON",
        "Writes the minutes, or the list on the screen, for other programs.",
        &[any("w j")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::WriteCsv,
        "Write out as a table",
        "Writes the minutes, or the list on the screen, for a spreadsheet.",
        &[any("w c")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::WriteHtml,
        "Write out as a page",
        "Writes the minutes, or the list on the screen, as a page to read or print.",
        &[any("w h")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::WriteTodo,
        "Write out as todo.txt",
        "Writes the actions of the session, or those on the screen, as todo.txt.",
        &[any("w t")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::WriteCalendar,
        "Write a calendar file",
        "Writes the meetings of the circle, or the actions on the screen, for calendars.",
        &[any("w i")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::NoNames,
        "Without names",
        "The next file has people by number instead of their names; again takes that back.",
        &[any("w n")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::Mask,
        "Mask names",
        "Shows initials instead of names and hides notes; again, then Enter, shows them.",
        &[any("m")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::Zoom,
        "Zoom",
        "Gives the pane the whole screen; again gives it back.",
        &[any("z")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::NextPane,
        "Next pane",
        "Goes to the next pane.",
        &[any("Tab")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::PreviousPane,
        "Previous pane",
        "Goes to the previous pane.",
        &[any("Shift-Tab")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::Close,
        "Close",
        "Closes the field or panel and keeps what was typed; it never leaves the screen.",
        &[any("Esc")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::Quit,
        "Back, at Home quit",
        "Goes back to the screen before; at Home it quits.",
        &[any("q")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::QuitNow,
        "Quit",
        "Quits from any screen; everything is saved already.",
        &[any("Q")],
    ),
    Spec::new(
        Group::Everywhere,
        Id::Cancel,
        "Cancel, twice quit",
        "Cancels what is going on; a second time within two seconds quits.",
        &[any("Ctrl-C")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::Redraw,
        "Draw again",
        "Draws the whole screen again.",
        &[any("Ctrl-L")],
    )
    .room(),
    Spec::new(
        Group::Everywhere,
        Id::Suspend,
        "Hide circlet",
        "Gives the shell back until you type fg; taking back is u.",
        &[any("Ctrl-Z")],
    )
    .room(),
    // without a key
    Spec::new(
        Group::Named,
        Id::NewCircle,
        "New circle",
        "Makes a circle with its people and its first session.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::PlanSession,
        "Plan a session",
        "Plans the next session of this circle.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::Template,
        "Blocks of a template",
        "Puts the blocks of a template or the steps of a format on the agenda.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::MoveSession,
        "Move the next session",
        "Gives the next session another date or time.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::CancelSession,
        "Call the next session off",
        "Calls the next session off.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::SkipSession,
        "Skip the next session",
        "Calls the next session off and plans it on the next free date of the rule.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::Invite,
        "Invite guests",
        "Invites guests to the session that runs or comes next.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::Programme,
        "Plan a programme",
        "Shows the programmes and plans the sessions of the one you pick.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::DrawEach,
        "A question for each",
        "Draws a different question for each person; Enter makes them prompts.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::Search,
        "Search everything",
        "Finds sessions, actions, decisions, notes, people, books and questions by words.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::Merge,
        "Two entries of one person",
        "Makes another entry of this circle part of the person that is marked.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::MergePeople,
        "The same person",
        "Says who of another circle somebody of this one is, or that they are not.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::MoveAction,
        "Move to another circle",
        "Moves the action, or all marked ones, to the circle that you pick.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::NeverHere,
        "Never here",
        "Leaves the question out of what is drawn in this circle; again takes it in.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::ProposeBook,
        "Propose a book",
        "Writes a book down for the next choice, also while another one is being read.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::BookVote,
        "Vote on the next book",
        "Opens a vote on the proposed books, takes ballots, or shows the result.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::BookRecord,
        "Write the record of the book",
        "Writes what was read, quoted, asked and tried with the book, as a file to keep.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::NoteAnswer,
        "Note an answer",
        "Writes down what was said to the marked question about the book.",
        &[any("n")],
    ),
    Spec::new(
        Group::Named,
        Id::ArchiveCircle,
        "Put the circle to rest",
        "Puts the circle to rest, or takes it up again; everything is kept.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::Import,
        "Import a file",
        "Reads a roster, questions or a backup from a file and shows them before saving.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::Erase,
        "Erase for good",
        "Erases rows, a session, a person or a circle; this cannot be taken back.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text)
    .danger(),
    Spec::new(
        Group::Named,
        Id::Theme,
        "Theme",
        "Shows the themes and takes the one you pick.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::Me,
        "Who I am",
        "Says which member sits at this keyboard.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::Clicker,
        "Clicker",
        "Asks for each button of a clicker once and remembers it.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::Seats,
        "Seats",
        "Says who leads, keeps time and writes, and whose turn it is.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::HandOverNotes,
        "Hand over notes",
        "Writes the notes for a presenter into a file and erases them here.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::Rehearse,
        "Rehearse",
        "Goes through the plan of the next session and says what does not fit.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::Fit,
        "Make the agenda fit",
        "Shortens what is too long, or fills time that is free, in the ways there are.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::PlanFile,
        "Load a plan",
        "Takes the plan of a session from a file, after a look at it.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::Tips,
        "Tips on or off",
        "Shows a tip at the start, or no longer does.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::Mouse,
        "Mouse (Shift marks text)",
        "Takes the mouse for clicks, or gives it back to the terminal; Shift and drag marks text either way.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::Doctor,
        "How the store is",
        "Checks store and terminal and says what it found, without names or notes.",
        &[],
    )
    .by_name(),
    Spec::new(
        Group::Named,
        Id::Goal,
        "Goal or competency",
        "Says which goal or competency an action helps; no words take it off.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
    Spec::new(
        Group::Named,
        Id::SaveFilter,
        "Save the filter",
        "Keeps what is filtered now under a name, for all circles.",
        &[],
    )
    .by_name()
    .arg(ArgKind::Text),
];

//! The names of everything a key, the palette or a text command can do.

use serde::{Deserialize, Serialize};

/// What came with a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Arg {
    /// Nothing.
    #[default]
    None,
    /// A number that was picked, counted from 1; on Live the label of a person.
    Number(u16),
    /// Words after the command in the palette.
    Text(String),
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// One thing that people can ask for, whichever way they ask.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum CommandId { $($(#[$doc])* $name,)+ }

        impl CommandId {
            /// Every command, in the order of the registry.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name in `[keys]`, in the palette and in documents: verb first, kebab-case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

commands! {
    // the running session
    /// Start, pause, go on.
    StartPause = "start-pause",
    /// Next step, after the last the next block.
    Next = "next",
    /// Previous step or block.
    Back = "back",
    /// Next prompt or item.
    NextPrompt = "next-prompt",
    /// Previous prompt or item.
    PreviousPrompt = "previous-prompt",
    /// One minute longer.
    Longer = "longer",
    /// One minute shorter.
    Shorter = "shorter",
    /// Give a person the floor; elsewhere pick the numbered row.
    Pick = "pick",
    /// Nobody has the floor.
    Nobody = "nobody",
    /// The floor to the person named beside it.
    FloorNext = "floor-next",
    /// Whoever is called passes.
    PassTurn = "pass-turn",
    /// Raise or lower a hand.
    Hand = "hand",
    /// Raise or lower a hand for a direct reply.
    HandDirect = "hand-direct",
    /// Somebody is here or away.
    Attend = "attend",
    /// Who leads the block, or sits in it.
    Lead = "lead",
    /// The turn before was theirs too.
    TurnBefore = "turn-before",
    /// A round begins or ends.
    Round = "round",
    /// How long it has been silent.
    Silence = "silence",
    /// Who has not spoken.
    NotHeard = "not-heard",
    /// Speaking time, shown or hidden.
    SpeakingTime = "speaking-time",
    /// Pairs, threes or fours.
    Groups = "groups",
    /// A rating or a vote.
    Rate = "rate",
    /// Pick a question from the bank.
    PickQuestion = "pick-question",
    /// Somebody else leads from now on.
    HandOver = "hand-over",
    /// Off the record, on and off.
    OffRecord = "off-record",
    /// Keep the whole block for next time.
    ParkBlock = "park-block",
    /// The view for the room, in place.
    RoomView = "room-view",
    /// Blank the room view.
    Blank = "blank",
    /// What the clock of the room view shows.
    RoomClock = "room-clock",
    /// Wrap the session up.
    WrapUp = "wrap-up",
    // writing
    /// Write down; the first one-letter word names the kind.
    Capture = "capture",
    /// An action.
    AddAction = "add-action",
    /// A decision.
    AddDecision = "add-decision",
    /// A note for me.
    AddNote = "add-note",
    /// A note for the circle.
    AddCircleNote = "add-circle-note",
    /// A parked item.
    AddParked = "add-parked",
    // any list
    /// Open the row, or do the named main thing.
    Open = "open",
    /// Mark the row.
    Mark = "mark",
    /// Mark all rows shown.
    MarkAll = "mark-all",
    /// Add a row.
    Add = "add",
    /// Change the row.
    Edit = "edit",
    /// Done; a prompt: asked.
    Done = "done",
    /// Partly done.
    Partly = "partly",
    /// A new date.
    Due = "due",
    /// Owner or lead.
    Owner = "owner",
    /// Let go, or to the trash.
    Remove = "remove",
    /// Into the trash, or out of it.
    ToTrash = "to-trash",
    /// What an action waits for.
    WaitsFor = "waits-for",
    /// The circle is asked for help with an action.
    AskHelp = "ask-help",
    /// Who asks after an action.
    Partner = "partner",
    /// What stands beside an action.
    EditNote = "edit-note",
    /// The row one place down.
    MoveDown = "move-down",
    /// The row one place up.
    MoveUp = "move-up",
    /// A star, or none.
    Star = "star",
    /// As large as the room would see it.
    Preview = "preview",
    /// Next row.
    Down = "down",
    /// Previous row.
    Up = "up",
    /// To the left.
    Left = "left",
    /// To the right.
    Right = "right",
    /// A page down.
    PageDown = "page-down",
    /// A page up.
    PageUp = "page-up",
    /// First row.
    Top = "top",
    /// Last row.
    End = "end",
    /// Filter the rows.
    Filter = "filter",
    /// In which order the rows stand.
    Sort = "sort",
    /// Copy the row.
    Copy = "copy",
    /// Copy everything shown.
    CopyAll = "copy-all",
    /// Go through actions one by one.
    Review = "review",
    // going
    /// Home.
    GoHome = "go-home",
    /// The agenda of the next session.
    GoPlan = "go-plan",
    /// The running or next session.
    GoLive = "go-live",
    /// Action items.
    GoActions = "go-actions",
    /// The question bank.
    GoQuestions = "go-questions",
    /// What the circle reads.
    GoBooks = "go-books",
    /// The roster.
    GoRoster = "go-roster",
    /// Past sessions.
    GoSessions = "go-sessions",
    /// What was done, and the trash.
    GoLog = "go-log",
    /// Choose a circle.
    GoCircle = "go-circle",
    // everywhere
    /// Help.
    Help = "help",
    /// The list of commands.
    Palette = "palette",
    /// Take back.
    Undo = "undo",
    /// Bring back.
    Redo = "redo",
    /// Write out as Markdown.
    WriteMarkdown = "write-markdown",
    /// Write out as JSON.
    WriteJson = "write-json",
    /// Write out as a table.
    WriteCsv = "write-csv",
    /// Write out as a page.
    WriteHtml = "write-html",
    /// Write out as todo.txt.
    WriteTodo = "write-todo",
    /// Write out for calendars.
    WriteCalendar = "write-calendar",
    /// The next file has no names.
    NoNames = "no-names",
    /// Mask names.
    Mask = "mask",
    /// Give the pane the whole screen.
    Zoom = "zoom",
    /// Next pane.
    NextPane = "next-pane",
    /// Previous pane.
    PreviousPane = "previous-pane",
    /// One step back.
    Close = "close",
    /// Back, and at Home quit.
    Quit = "quit",
    /// Quit from anywhere.
    QuitNow = "quit-now",
    /// Cancel; twice quits.
    Cancel = "cancel",
    /// Draw the screen again.
    Redraw = "redraw",
    /// Hide circlet; the shell brings it back.
    Suspend = "suspend",
    // without a key
    /// Make a circle.
    NewCircle = "new-circle",
    /// Plan a session.
    PlanSession = "plan-session",
    /// Put the blocks of a template on the agenda.
    Template = "template",
    /// Move the next session.
    MoveSession = "move-session",
    /// Call the next session off.
    CancelSession = "cancel-session",
    /// Skip the next session.
    SkipSession = "skip-session",
    /// Invite guests to the next session.
    Invite = "invite",
    /// Plan the sessions of a programme.
    Programme = "programme",
    /// A different question for each person.
    DrawEach = "draw-each",
    /// Search everything.
    Search = "search",
    /// Two entries of one person become one.
    Merge = "merge",
    /// Who of another circle somebody is.
    MergePeople = "merge-people",
    /// Move an action to another circle.
    MoveAction = "move-action",
    /// Leave a question out in this circle.
    NeverHere = "never-here",
    /// Propose a book.
    ProposeBook = "propose-book",
    /// Vote on the next book.
    BookVote = "book-vote",
    /// Write out the record of a book.
    BookRecord = "book-record",
    /// Write down what was said to a question about a book.
    NoteAnswer = "note-answer",
    /// Put the circle to rest.
    ArchiveCircle = "archive-circle",
    /// Import a roster, questions or a backup.
    Import = "import",
    /// Erase for good.
    Erase = "erase",
    /// Choose a theme.
    Theme = "theme",
    /// Say who I am.
    Me = "me",
    /// Teach the buttons of a clicker.
    Clicker = "clicker",
    /// Who leads, keeps time, writes.
    Seats = "seats",
    /// Give a presenter their notes and erase them here.
    HandOverNotes = "hand-over-notes",
    /// Go through the plan of the next session.
    Rehearse = "rehearse",
    /// The agenda gets shorter or longer until it fits.
    Fit = "fit",
    /// A plan out of a file.
    PlanFile = "plan-file",
    /// Tips on or off.
    Tips = "tips",
    /// The mouse on or off.
    Mouse = "mouse",
    /// How the store is.
    Doctor = "doctor",
    /// The goal or competency that an action helps.
    Goal = "goal",
    /// Keep the filter under a name.
    SaveFilter = "save-filter",
}

"""The schema, in one sitting: tables that fold events, and the few that don't. Only appended to."""

from typing import Any

LOG = """
CREATE TABLE logs (
    id INTEGER PRIMARY KEY,
    device TEXT NOT NULL, incarnation TEXT NOT NULL,
    sign_key BLOB NOT NULL, seal_key BLOB NOT NULL,
    seq INTEGER NOT NULL, hash BLOB NOT NULL,
    UNIQUE (device, incarnation)
) STRICT;
CREATE TABLE heads (
    log INTEGER NOT NULL REFERENCES logs, seq INTEGER NOT NULL,
    hash BLOB NOT NULL, signature BLOB NOT NULL,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    log INTEGER NOT NULL REFERENCES logs, seq INTEGER NOT NULL,
    thing INTEGER NOT NULL REFERENCES things,
    type TEXT NOT NULL,
    public BLOB NOT NULL, personal BLOB, erased_hash BLOB,
    hash BLOB NOT NULL,
    effect TEXT NOT NULL DEFAULT 'applied', reason TEXT NOT NULL DEFAULT '',
    UNIQUE (log, seq)
) STRICT;
CREATE INDEX events_of_thing ON events (thing);
CREATE INDEX events_not_applied ON events (effect) WHERE effect != 'applied';
"""

# SQLite uses a partial index only for queries that repeat its condition word for word
OPEN = "status NOT IN ('returned', 'withdrawn', 'stopped', 'voided')"

# What the events mean. Instants are whole seconds since 1970; dates are ISO text.
FOLD = f"""
CREATE TABLE dossiers (
    thing INTEGER PRIMARY KEY REFERENCES things,
    code TEXT NOT NULL, provisional_code TEXT NOT NULL, token TEXT NOT NULL,
    status TEXT NOT NULL,
    procedure TEXT NOT NULL, procedure_name TEXT NOT NULL, field TEXT NOT NULL,
    case_number INTEGER NOT NULL,
    applicant TEXT NOT NULL, id_number TEXT NOT NULL, phone TEXT NOT NULL,
    received_at INTEGER NOT NULL, received_by TEXT NOT NULL,
    due INTEGER NOT NULL, first_due INTEGER NOT NULL, promises INTEGER NOT NULL,
    holder TEXT NOT NULL, holder_since INTEGER NOT NULL,
    resolved_at INTEGER, returned_at INTEGER,
    register_group TEXT NOT NULL, register_year INTEGER NOT NULL,
    book INTEGER NOT NULL, serial INTEGER NOT NULL
) STRICT;
CREATE INDEX dossiers_code ON dossiers (code);
CREATE INDEX dossiers_provisional ON dossiers (provisional_code) WHERE provisional_code != '';
CREATE INDEX dossiers_id_number ON dossiers (id_number) WHERE id_number != '';
CREATE INDEX dossiers_token ON dossiers (token);
CREATE INDEX dossiers_received ON dossiers (received_at);
CREATE INDEX dossiers_open ON dossiers (status, due, first_due, received_at, holder) WHERE {OPEN};
CREATE INDEX dossiers_register ON dossiers (register_group, register_year, book, serial);
CREATE TABLE visits (
    thing INTEGER PRIMARY KEY REFERENCES things, at INTEGER NOT NULL, by TEXT NOT NULL,
    outcome TEXT NOT NULL, procedure TEXT NOT NULL, procedure_name TEXT NOT NULL
) STRICT;
CREATE TABLE numbers (series TEXT PRIMARY KEY, highest INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE standing (
    kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
"""

# No fold: these are this counter's own, and a rebuild leaves them alone.
LOCAL = """
CREATE TABLE local (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE peers (peer TEXT PRIMARY KEY, map TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, officer TEXT NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE print_jobs (
    id INTEGER PRIMARY KEY, thing INTEGER NOT NULL REFERENCES things, form TEXT NOT NULL,
    printer TEXT NOT NULL, job TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5(
    tokens, content='', contentless_delete=1, detail=none, tokenize='ascii'
);
"""

OF_THINGS = ("dossiers", "visits", "helps", "online")
FOLD_TABLES = (*OF_THINGS, "numbers", "standing")
LOCAL_TABLES = (
    "local", "peers", "drafts", "print_jobs", "search", "attachments", "ballots", "spent", "turnout",
    "turns",
)  # fmt: skip


def m001_first(db: Any) -> None:
    for script in (LOG, FOLD, LOCAL):
        for statement in script.split(";\n"):
            if statement.strip():
                db.execute(statement)


def m002_print_jobs_by_event(db: Any) -> None:
    """Nothing was ever written into the first one."""
    db.execute("DROP TABLE print_jobs")
    db.execute("""
        CREATE TABLE print_jobs (
            id INTEGER PRIMARY KEY, thing INTEGER NOT NULL REFERENCES things,
            event TEXT NOT NULL UNIQUE, form TEXT NOT NULL, paper TEXT NOT NULL, mark TEXT NOT NULL,
            printer TEXT NOT NULL, job TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX print_jobs_of_thing ON print_jobs (thing)")
    db.execute("CREATE INDEX print_jobs_by_state ON print_jobs (state)")


def m003_clock_and_apology(db: Any) -> None:
    """What waits may run too, and one apology is all: the fold fills both in anew."""
    db.execute("ALTER TABLE dossiers ADD COLUMN runs INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE dossiers ADD COLUMN apologised INTEGER NOT NULL DEFAULT 0")
    db.execute("DROP INDEX dossiers_open")
    db.execute(
        "CREATE INDEX dossiers_open ON dossiers"
        f" (status, due, first_due, received_at, holder, runs) WHERE {OPEN}"
    )


# repeated word for word by the queries that use the index
TO_LOOK_AT = "tasks > 0"


def m004_tasks(db: Any) -> None:
    """How much deeds done apart left to look at: the fold fills it in anew."""
    db.execute("ALTER TABLE dossiers ADD COLUMN tasks INTEGER NOT NULL DEFAULT 0")
    db.execute(f"CREATE INDEX dossiers_tasks ON dossiers (holder) WHERE {TO_LOOK_AT}")


def m005_attachments(db: Any) -> None:
    """What the server was heard to hold of the files that events name; `event` is the row of one."""
    db.execute("""
        CREATE TABLE attachments (
            file TEXT NOT NULL UNIQUE, event INTEGER NOT NULL REFERENCES events, size INTEGER NOT NULL,
            there INTEGER NOT NULL DEFAULT 0, asked_at INTEGER NOT NULL DEFAULT 0
        ) STRICT
    """)
    db.execute("CREATE INDEX attachments_not_there ON attachments (there, asked_at)")
    db.execute("CREATE INDEX events_digitised ON events (id) WHERE type = 'document_digitised'")


def m006_principal_and_urgency(db: Any) -> None:
    """Who authorised, and what is wanted early: the fold fills both in anew."""
    db.execute("ALTER TABLE dossiers ADD COLUMN principal TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE dossiers ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE dossiers ADD COLUMN wished INTEGER")
    db.execute("DROP INDEX dossiers_open")
    db.execute(
        "CREATE INDEX dossiers_open ON dossiers (status, due, first_due, received_at, holder,"
        f" holder_since, runs, apologised, resolved_at, urgent, wished) WHERE {OPEN}"
    )


def m007_ballots(db: Any) -> None:
    """What citizens said, apart from whose turn is spent; no row number tells an order."""
    db.execute("""
        CREATE TABLE ballots (
            day TEXT NOT NULL, key BLOB NOT NULL, answers TEXT NOT NULL, PRIMARY KEY (day, key)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE TABLE spent (mark BLOB PRIMARY KEY) STRICT, WITHOUT ROWID")
    db.execute("""
        CREATE TABLE turnout (
            day TEXT PRIMARY KEY, asked INTEGER NOT NULL, answered INTEGER NOT NULL,
            declined INTEGER NOT NULL, later INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
    """)


def m008_helps(db: Any) -> None:
    """Who was helped at the help desk, a row a help: the fold fills it in."""
    db.execute("""
        CREATE TABLE helps (
            thing INTEGER PRIMARY KEY REFERENCES things, at INTEGER NOT NULL, by TEXT NOT NULL,
            procedure TEXT NOT NULL, procedure_name TEXT NOT NULL, level TEXT NOT NULL,
            outcome TEXT NOT NULL, minutes INTEGER NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX helps_at ON helps (at)")


# repeated word for word by the queries that use the index
ONLINE_WAITING = "answer = ''"


def m009_online(db: Any) -> None:
    """Online dossiers by their official codes: the fold fills them in."""
    db.execute("""
        CREATE TABLE online (
            thing INTEGER PRIMARY KEY REFERENCES things,
            code TEXT NOT NULL UNIQUE, arrived INTEGER NOT NULL,
            procedure TEXT NOT NULL, procedure_name TEXT NOT NULL,
            applicant TEXT NOT NULL, phone TEXT NOT NULL,
            answer TEXT NOT NULL, opened TEXT NOT NULL
        ) STRICT
    """)
    db.execute(f"CREATE INDEX online_waiting ON online (arrived) WHERE {ONLINE_WAITING}")
    db.execute("CREATE INDEX online_opened ON online (opened) WHERE opened != ''")


# repeated word for word by the queries that use the index
TO_PROVINCE = "to_province > 0"


def m010_province(db: Any) -> None:
    """The code in the province's system, and what that still has to be told: the fold fills both in."""
    db.execute("ALTER TABLE dossiers ADD COLUMN province_code TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE dossiers ADD COLUMN to_province INTEGER NOT NULL DEFAULT 0")
    db.execute(
        "CREATE INDEX dossiers_to_province ON dossiers (to_province, received_at)"
        f" WHERE {TO_PROVINCE}"
    )
    db.execute(
        "CREATE INDEX dossiers_province ON dossiers (province_code) WHERE province_code != ''"
    )


def m011_away(db: Any) -> None:
    """What lies at another agency, and until when; what the post takes: the fold fills all in anew."""
    db.execute("ALTER TABLE dossiers ADD COLUMN away INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE dossiers ADD COLUMN away_due INTEGER")
    db.execute("ALTER TABLE dossiers ADD COLUMN by_post INTEGER NOT NULL DEFAULT 0")
    db.execute("DROP INDEX dossiers_open")
    db.execute(
        "CREATE INDEX dossiers_open ON dossiers (status, due, first_due, received_at, holder,"
        " holder_since, runs, apologised, resolved_at, urgent, wished, away, away_due, by_post)"
        f" WHERE {OPEN}"
    )


def m012_turns(db: Any) -> None:
    """The waiting line of this PC; numbers, and nobody's name."""
    db.execute("""
        CREATE TABLE turns (
            day TEXT NOT NULL, number INTEGER NOT NULL, priority TEXT NOT NULL, state TEXT NOT NULL,
            taken_at INTEGER NOT NULL, called_at INTEGER, calls INTEGER NOT NULL,
            PRIMARY KEY (day, number)
        ) STRICT, WITHOUT ROWID
    """)


def m013_branches(db: Any) -> None:
    """What was held so far are whole logs; a branch tells the hash it goes on from."""
    db.execute("ALTER TABLE logs ADD COLUMN onto BLOB")
    db.execute("CREATE INDEX logs_branches ON logs (device) WHERE onto IS NOT NULL")


def m014_search_merged_apart(db: Any) -> None:
    """Merged by us, a little after each deed, and never in the middle of a commit: see `Folding`."""
    for name, value in (("automerge", 0), ("crisismerge", 100)):
        db.execute("INSERT INTO search (search, rank) VALUES (?, ?)", (name, value))


def m015_person_by_search(db: Any) -> None:
    """A person's dossiers are found by the search index, which holds each number whole."""
    db.execute("DROP INDEX dossiers_id_number")


def m016_prints_on_one_sheet(db: Any) -> None:
    """Prints of several dossiers on one paper are sent as one: all but the first name it."""
    db.execute("ALTER TABLE print_jobs ADD COLUMN sheet INTEGER REFERENCES print_jobs")
    db.execute("CREATE INDEX print_jobs_by_sheet ON print_jobs (coalesce(sheet, id))")


STEPS = (
    m001_first,
    m002_print_jobs_by_event,
    m003_clock_and_apology,
    m004_tasks,
    m005_attachments,
    m006_principal_and_urgency,
    m007_ballots,
    m008_helps,
    m009_online,
    m010_province,
    m011_away,
    m012_turns,
    m013_branches,
    m014_search_merged_apart,
    m015_person_by_search,
    m016_prints_on_one_sheet,
)
"""What made each version of the schema out of the one before."""

SCHEMA_VERSION = len(STEPS)
"""What a file that has seen them all says of itself; less, and it is brought up to date when it is opened."""

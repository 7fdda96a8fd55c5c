"""Who may apply, case by case: one table for the Python rule, the search and the page.

It is noon UTC on 2026-11-23. A rule is written `nationality only KZ sco`, `age 18-30 deadline`,
`held 6 7`; its deadlines `2026-12-15` or `2026-12-15:KZ`, those of some nationals; who asks
`nationalities / residence / age / level held / level sought`, each as far as told. The answer is
y (meets), n (does not meet) or ? (not stated).
"""

from dataclasses import dataclass

MEMBERSHIPS = [
    # country, grouping, status, since, until, is verified
    ("KZ", "sco", "member", "2001-06-15", None, True),
    ("UZ", "sco", "member", "2026-12-10", None, True),
    ("BY", "sco", "member", "2024-07-04", "2026-12-05", True),
    ("TJ", "sco", "member", "2001-06-15", "2026-11-23", True),
    ("IR", "sco", "member", "2023-07-04", None, False),
    ("MN", "sco", "member", None, None, True),
    ("TR", "sco", "dialogue-partner", "2013-04-26", None, True),
    ("IN", "sco", "member", "2017-06-09", None, True),
    ("IN", "sco", "suspended", "2026-01-01", None, True),
    ("VN", "asean", "member", "1995-07-28", None, True),
]

TABLE = {
    # --- Nationality
    ("nationality only KZ", ""): {
        "KZ": "y", "FR": "n", "": "?", "/KZ": "?", "FR/KZ": "n", "FR KZ": "y", "FR CN": "n",
        "FR//22/6": "n", "//22/6/master": "?",
    },
    ("nationality only KZ FR", ""): {"KZ": "y", "FR": "y", "CN": "n", "CN FR": "y"},
    ("nationality except KZ", ""): {
        "KZ": "n", "FR": "y", "FR KZ": "y", "": "?", "/FR": "?", "KZ/FR": "n",
    },
    # --- Membership, on the day of asking where there is no deadline
    ("nationality only sco", ""): {
        "KZ": "y", "UZ": "n", "BY": "y", "TJ": "n", "IR": "?", "MN": "?", "TR": "?", "IN": "?",
        "VN": "n", "FR": "n", "": "?", "FR UZ": "n", "FR BY": "y", "FR IR": "?", "IR UZ": "?",
    },
    ("nationality except sco", ""): {
        "KZ": "n", "UZ": "y", "BY": "n", "TJ": "y", "IR": "?", "IN": "?", "FR": "y", "KZ UZ": "y",
        "KZ IR": "?",
    },
    ("nationality only sco asean", ""): {"VN": "y", "KZ": "y", "UZ": "n", "IR": "?", "IR VN": "y"},
    ("nationality only FR sco", ""): {"FR": "y", "UZ": "n", "IR": "?"},
    # --- … and on the date of each deadline that is theirs and still to come
    ("nationality only sco", "2026-12-01"): {"UZ": "n", "BY": "y", "KZ": "y", "IR": "?", "": "?"},
    ("nationality only sco", "2026-12-15"): {"UZ": "y", "BY": "n", "KZ": "y", "TJ": "n"},
    ("nationality only sco", "2026-12-01 2026-12-15"): {"UZ": "y", "BY": "y", "FR": "n"},
    ("nationality only sco", "2026-12-09"): {"UZ": "n"},
    ("nationality only sco", "2026-12-10"): {"UZ": "y"},
    ("nationality only sco", "2026-12-04"): {"BY": "y"},
    ("nationality only sco", "2026-12-05"): {"BY": "n"},
    ("nationality only sco", "2026-11-01 2026-12-15"): {"UZ": "y", "BY": "n"},
    ("nationality only sco", "2026-12-15:UZ"): {"UZ": "y", "BY": "y", "KZ": "y", "FR": "n"},
    ("nationality only sco", "2026-12-15:BY"): {"UZ": "n", "BY": "n", "BY UZ": "n", "BY KZ": "y"},
    ("nationality only sco", "2026-12-01:UZ 2026-12-15:KZ"): {"UZ": "n", "UZ KZ": "y"},
    ("nationality except sco", "2026-12-01 2026-12-15"): {"UZ": "y", "BY": "y", "KZ": "n"},
    # --- Residence
    ("residence only KZ", ""): {
        "/KZ": "y", "/FR": "n", "": "?", "KZ": "?", "KZ/FR": "n", "FR/KZ": "y",
    },
    ("residence except KZ", ""): {"/KZ": "n", "/FR": "y", "KZ": "?", "KZ/FR": "y"},
    ("residence only sco", "2026-12-15"): {
        "/UZ": "y", "/BY": "n", "/IR": "?", "FR/UZ": "y", "FR/BY": "n",
    },
    # whose deadline it is depends on the nationality, and so does the day
    ("residence only sco", "2026-12-15:FR"): {
        "/UZ": "?", "FR/UZ": "y", "CN/UZ": "n", "/KZ": "y", "/CN": "n", "/BY": "?", "FR/BY": "n",
    },
    # --- Either
    ("either only KZ", ""): {
        "KZ": "y", "/KZ": "y", "FR": "?", "/FR": "?", "FR/FR": "n", "FR/KZ": "y", "KZ/FR": "y",
        "FR CN/FR": "n", "FR KZ/FR": "y", "": "?",
    },
    ("either except KZ", ""): {
        "KZ": "?", "/KZ": "?", "KZ/KZ": "n", "KZ/FR": "y", "FR": "y", "FR/KZ": "y",
    },
    ("either only sco", ""): {"IR/FR": "?", "FR/IR": "?", "UZ/FR": "n", "UZ/KZ": "y"},
    # --- Age: told in years, it is known to a year; of 30 the birthday may lie before the day or not
    ("age -30 deadline", "2026-12-15"): {
        "//30": "?", "//29": "y", "//31": "n", "//18": "y", "": "?", "KZ/FR": "?", "//120": "n",
    },
    ("age 18- deadline", "2026-12-15"): {"//17": "?", "//16": "n", "//18": "y", "//1": "n"},
    ("age 18-30 deadline", "2026-12-15"): {
        "//16": "n", "//17": "?", "//18": "y", "//29": "y", "//30": "?", "//31": "n",
    },
    ("age 30-30 deadline", "2026-12-15"): {"//30": "?", "//29": "?", "//28": "n", "//31": "n"},
    ("age -30 deadline", "2026-11-23"): {"//30": "y", "//31": "?", "//32": "n"},
    ("age -31 deadline", "2026-12-15 2027-12-01"): {"//30": "y", "//31": "?", "//32": "n"},
    ("age -31 deadline", "2027-12-01"): {"//29": "y", "//30": "?", "//31": "n"},
    ("age 20- deadline", "2026-12-15 2027-12-01"): {"//18": "?", "//19": "y", "//17": "n"},
    ("age -31 deadline", "2026-12-15:KZ 2027-12-01"): {
        "KZ//30": "y", "FR//30": "?", "//30": "?", "KZ//31": "?", "FR//31": "n", "//31": "?",
        "//32": "n", "FR KZ//30": "y",
    },
    ("age -31 deadline", "2026-12-15:KZ"): {
        "KZ//30": "y", "FR//30": "?", "//30": "?", "KZ//40": "n", "FR//40": "?", "//40": "?",
    },
    ("age -30 deadline", ""): {"//20": "?", "//90": "?"},
    ("age -30 deadline", "2026-11-01"): {"//20": "?", "//90": "?"},
    ("age 16-25 start", ""): {"//20": "y", "//25": "?", "//26": "n", "//15": "?", "//14": "n"},
    ("age -30 date 2026-01-01", ""): {"//30": "y", "//31": "?", "//32": "n"},
    ("age -30 date 2028-01-01", ""): {"//28": "y", "//29": "?", "//30": "n"},
    ("age 18-30 not-stated", "2026-12-15"): {"//22": "?", "//90": "?", "//5": "?"},
    # --- Level held
    ("held 6", ""): {
        "///6": "y", "///5": "n", "///3": "n", "///7": "?", "///8": "?", "": "?", "//22": "?",
    },
    ("held 3 6", ""): {"///3": "y", "///4": "?", "///6": "y", "///2": "n", "///8": "?"},
    # --- Level sought
    ("sought 6", ""): {
        "////bachelor": "y", "////master": "n", "////secondary": "n", "////postdoctoral": "?",
        "///6": "?", "": "?",
    },
    ("sought 2", ""): {"////secondary": "?", "////vocational": "n"},
    ("sought 2 3", ""): {"////secondary": "y", "////vocational": "?", "////doctorate": "n"},
    # --- What no address tells
    ("field 06", ""): {"KZ/KZ/22/6/master": "?"},
    ("language en B2", ""): {"KZ/KZ/22/6/master": "?", "": "?"},
    ("words", ""): {"KZ/KZ/22/6/master": "?", "": "?"},
    ("fee", ""): {"KZ/KZ/22/6/master": "?", "": "?"},
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    rule: str
    deadlines: str
    asks: str
    answer: str

    @property
    def told(self) -> list[str]:
        """Nationalities, residence, age, level held, level sought."""
        parts = self.asks.split("/")
        return parts + [""] * (5 - len(parts))

    @property
    def address(self) -> str:
        names = ("nationality", "residence", "age", "held", "level")
        pairs = zip(names, self.told, strict=True)
        return "&".join(f"{name}={one}" for name, value in pairs for one in value.split())

    @property
    def subject(self) -> str:
        """What the rule is about, as the search names it."""
        kind = self.rule.split()[0]
        return f"level-{kind}" if kind in {"held", "sought"} else kind

    @property
    def is_hidden(self) -> bool:
        """The listing leaves out what is known not to fit; the level sought is a filter there."""
        return self.answer == "n" and self.subject != "level-sought"


CASES = [
    Case(rule, deadlines, asks, answer)
    for (rule, deadlines), answers in TABLE.items()
    for asks, answer in answers.items()
]

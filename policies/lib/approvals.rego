# METADATA
# title: Approvals
# description: Whose approvals an action needs, and who gave theirs.
package lib.approvals

import data.lib.actions
import rego.v1

# Standings that ask for approvals, with whose.
from := {
	"root": "root",
	"tier2": "tier2",
	"tier3": "tier3",
	"lifted": "tier3",
}

# What an action still needs, or has: one for each that needs any.
asked contains {
	"subject": one.name,
	"from": level,
	"needed": input.required[level],
	"counted": counted(one.action.approvals, level),
} if {
	some one in actions.judged
	level := from[one.standing]
	count(sparing(one)) == 0
}

# Entries that stand in for approvals: of tier 2 alone.
sparing(one) := one.entries if one.standing == "tier2"

sparing(one) := [] if one.standing != "tier2"

# Who may approve a higher tier may approve a lower one.
counted(approvals, "tier2") := sort({login | some login in approvals.tier2} | {login | some login in approvals.tier3})

counted(approvals, "tier3") := sort({login | some login in approvals.tier3})

counted(approvals, "root") := sort({login | some login in approvals.root})

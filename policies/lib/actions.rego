# METADATA
# title: Actions
# description: How each action of the change stands, worked out once for all rules.
package lib.actions

import rego.v1

# Each action with its standing and the whitelist entries that hold for it. Who decides it, `standing` says: `free`: nobody
# needs to; `contracts`: the contracts gate, which holds it; `root`: the owners; `tier2`, `tier3`: as the tier says;
# `lifted`: tier 4 that the organisation allows; else the code that denies it.
judged := [{"name": action.name, "action": action, "standing": standing_of(action, entries), "entries": entries} |
	some action in input.actions
	entries := entries_for(action)
]

standing_of(action, entries) := "free" if {
	action.tier == 1
} else := "contracts" if {
	action.tier < 4
	is_of_schemas(action.finding)
} else := "root" if {
	action.isRoot
	is_for_owners(action.finding)
} else := "tier2" if {
	action.tier == 2
} else := "tier3" if {
	action.tier == 3
} else := "lifted" if {
	some entry in entries
	lifts(entry)
} else := action.finding if {
	action.finding in data.defaults.own_codes
} else := "governance/tier_forbidden"

is_of_schemas(finding) if {
	is_string(finding)
	startswith(finding, "schema/")
}

# A secret or an unsafe workflow is as dangerous at the root as elsewhere.
is_for_owners(null)

is_for_owners("governance/loosening")

is_for_owners(finding) if is_of_schemas(finding)

# In force for everybody whose hand is in the change: where somebody may be unknown, none is.
entries_for(action) := [entry |
	input.unknownContributors == null
	some entry in action.whitelist
	reaches(entry.maxTier, action.tier)
]

reaches(null, _)

reaches(most, tier) if {
	is_number(most)
	most >= tier
}

lifts(entry) if {
	entry.level == "organization"
	entry.inFull
	entry.daysLeft <= data.defaults.lift_days
}

# METADATA
# title: An action is forbidden
# description: An action of tier 4 is denied unless the organisation names it in full for at most 30 days.
# related_resources:
#   - docs/findings/governance/tier_forbidden.md
# custom:
#   severity: deny
#   remedy: Leave the action out, or ask the organisation for a whitelist entry that names it in full.
package plumbline.rules.governance.tier_forbidden

import data.lib.actions
import rego.v1

result contains {"subject": one.name, "outcome": "fail", "standing": one.standing} if {
	some one in actions.judged
	one.standing == "governance/tier_forbidden"
}

result contains {"subject": one.name, "outcome": "pass", "standing": one.standing, "entries": entries} if {
	some one in actions.judged
	one.standing == "lifted"
	entries := [entry | some entry in one.entries; actions.lifts(entry)]
}

result contains {"subject": one.name, "outcome": "pass", "standing": one.standing} if {
	some one in actions.judged
	one.standing != "governance/tier_forbidden"
	one.standing != "lifted"
}

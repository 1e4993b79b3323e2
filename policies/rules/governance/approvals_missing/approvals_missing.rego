# METADATA
# title: Approvals are missing
# description: An action waits until as many people approved it as its tier needs, and none of them has a hand in the change.
# related_resources:
#   - docs/findings/governance/approvals_missing.md
# custom:
#   severity: hold
#   remedy: Ask the people named for their approval.
package plumbline.rules.governance.approvals_missing

import data.lib.actions
import data.lib.approvals
import rego.v1

result contains object.union(asked, {"outcome": "hold"}) if {
	some asked in approvals.asked
	count(asked.counted) < asked.needed
}

result contains object.union(asked, {"outcome": "pass"}) if {
	some asked in approvals.asked
	asked.needed > 0
	count(asked.counted) >= asked.needed
}

result contains object.union(asked, {"outcome": "pass", "no_second_person": true}) if {
	some asked in approvals.asked
	asked.needed == 0
}

result contains {"subject": one.name, "outcome": "pass", "entries": one.entries} if {
	some one in actions.judged
	one.standing == "tier2"
	count(one.entries) > 0
}

result contains {"subject": one.name, "outcome": "pass"} if {
	some one in actions.judged
	object.get(approvals.from, one.standing, null) == null
}

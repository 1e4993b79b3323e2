# METADATA
# title: A contract asks for a person
# description: An action on a contract whose flag humanApprovalRequired is in force waits for the approvals of tier 3.
# related_resources:
#   - docs/findings/governance/human_approval_required.md
# custom:
#   severity: hold
#   remedy: Ask the people named for their approval.
package plumbline.rules.governance.human_approval_required

import data.lib.approvals
import rego.v1

# Ids of contracts that a person must look at. A flag that is not told is in force.
flagged contains contract.id if {
	some contract in input.contracts
	object.get(contract, ["flags", "humanApprovalRequired"], true) != false
}

# Setting the flag must never wait for it, and clearing it needs the same approvals already.
concerns(action) := false if {
	action.tier == 1
} else := false if {
	action.action in data.defaults.brakes
} else := false if {
	not object.get(action.subject, "contract", null) in flagged
} else := true

result contains {"subject": action.name, "outcome": "hold", "from": "tier3", "needed": input.required.tier3, "counted": counted} if {
	some action in input.actions
	concerns(action) == true
	counted := approvals.counted(action.approvals, "tier3")
	count(counted) < input.required.tier3
}

result contains {"subject": action.name, "outcome": "pass", "from": "tier3", "needed": input.required.tier3, "counted": counted} if {
	some action in input.actions
	concerns(action) == true
	counted := approvals.counted(action.approvals, "tier3")
	count(counted) >= input.required.tier3
}

result contains {"subject": action.name, "outcome": "pass"} if {
	some action in input.actions
	concerns(action) == false
}

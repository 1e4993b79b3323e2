# METADATA
# title: A contract asks for a person
# description: An action on a contract whose flag humanApprovalRequired is in force waits for the approvals of tier 3.
# related_resources:
#   - docs/findings/governance/human_approval_required.md
# custom:
#   severity: hold
#   remedy: Ask the people named for their approval.
package plumbline.rules.governance.human_approval_required

import data.lib.actions
import data.lib.approvals
import rego.v1

# Ids of contracts that a person must look at. A flag that is not told is in force.
flagged[contract.id] if {
	some contract in input.contracts
	object.get(contract, ["flags", "humanApprovalRequired"], true) != false
}

# Setting the flag must never wait for it, and clearing it needs the same approvals already. What is not known is concerned.
concerns(one) := false if {
	one.standing == "free"
} else := false if {
	one.action.action in data.defaults.brakes
} else := false if {
	is_array(input.contracts)
	subject := one.action.subject
	object.get(flagged, object.get(subject, "contract", ""), false) == false
} else := true

concerned contains {"subject": one.name, "from": "tier3", "needed": input.required.tier3, "counted": approvals.counted(one.action.approvals, "tier3")} if {
	some one in actions.judged
	concerns(one) == true
}

result contains object.union(asked, {"outcome": "hold"}) if {
	some asked in concerned
	count(asked.counted) < asked.needed
}

result contains object.union(asked, {"outcome": "pass"}) if {
	some asked in concerned
	count(asked.counted) >= asked.needed
}

result contains {"subject": one.name, "outcome": "pass"} if {
	some one in actions.judged
	concerns(one) == false
}

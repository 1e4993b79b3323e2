# METADATA
# title: An action without a whitelist entry
# description: An action of tier 3 needs a whitelist entry that matches everybody whose hand is in the change.
# related_resources:
#   - docs/findings/governance/not_whitelisted.md
# custom:
#   severity: deny
#   remedy: Ask for a whitelist entry, in a change of its own.
package plumbline.rules.governance.not_whitelisted

import data.lib.actions
import rego.v1

result contains {"subject": action.name, "outcome": "fail", "standing": "tier3"} if {
	some action in input.actions
	actions.standing[action.name] == "tier3"
	count(actions.entries(action)) == 0
}

result contains {"subject": action.name, "outcome": "pass", "standing": "tier3", "entries": entries} if {
	some action in input.actions
	actions.standing[action.name] == "tier3"
	entries := actions.entries(action)
	count(entries) > 0
}

result contains {"subject": name, "outcome": "pass", "standing": standing} if {
	some name, standing in actions.standing
	standing != "tier3"
}

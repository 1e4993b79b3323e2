# METADATA
# title: No whitelist entry allows an action
# description: An action of tier 3 needs a whitelist entry that matches everybody whose hand is in the change.
# related_resources:
#   - docs/findings/governance/not_whitelisted.md
# custom:
#   severity: deny
#   remedy: Ask for a whitelist entry, in a change of its own.
package plumbline.rules.governance.not_whitelisted

import data.lib.actions
import rego.v1

result contains {"subject": one.name, "outcome": "fail"} if {
	some one in actions.judged
	one.standing == "tier3"
	count(one.entries) == 0
}

result contains {"subject": one.name, "outcome": "pass", "entries": one.entries} if {
	some one in actions.judged
	one.standing == "tier3"
	count(one.entries) > 0
}

result contains {"subject": one.name, "outcome": "pass"} if {
	some one in actions.judged
	one.standing != "tier3"
}

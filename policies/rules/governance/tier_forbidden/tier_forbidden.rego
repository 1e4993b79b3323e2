# METADATA
# title: An action of tier 4
# description: An action of tier 4 is denied unless the organisation names it in full for at most 30 days.
# related_resources:
#   - docs/findings/governance/tier_forbidden.md
# custom:
#   severity: deny
#   remedy: Leave the action out, or ask the organisation for a whitelist entry that names it in full.
package plumbline.rules.governance.tier_forbidden

import data.lib.actions
import rego.v1

result contains {"subject": name, "outcome": "fail", "standing": standing} if {
	some name, standing in actions.standing
	standing == "governance/tier_forbidden"
}

result contains {"subject": name, "outcome": "pass", "standing": standing} if {
	some name, standing in actions.standing
	standing != "governance/tier_forbidden"
}

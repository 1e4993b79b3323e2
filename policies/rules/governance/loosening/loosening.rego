# METADATA
# title: The change loosens what changes are judged by
# description: A change that loosens what Plumbline enforces is denied outside of the root.
# related_resources:
#   - docs/findings/governance/loosening.md
# custom:
#   severity: deny
#   remedy: Take the loosening out, or ask the organisation for a whitelist entry that names the action in full.
package plumbline.rules.governance.loosening

import data.lib.actions
import rego.v1

result contains {"subject": one.name, "outcome": "fail"} if {
	some one in actions.judged
	one.standing == "governance/loosening"
}

result contains {"subject": one.name, "outcome": "pass"} if {
	some one in actions.judged
	one.standing != "governance/loosening"
}

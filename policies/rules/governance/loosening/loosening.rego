# METADATA
# title: A change to Plumbline's own files loosens
# description: A change that loosens what Plumbline enforces is denied outside of the root.
# related_resources:
#   - docs/findings/governance/loosening.md
# custom:
#   severity: deny
#   remedy: Take the loosening out, or ask the organisation for a whitelist entry that names the action in full.
package plumbline.rules.governance.loosening

import data.lib.actions
import rego.v1

result contains {"subject": name, "outcome": "fail", "standing": standing} if {
	some name, standing in actions.standing
	standing == "governance/loosening"
}

result contains {"subject": name, "outcome": "pass", "standing": standing} if {
	some name, standing in actions.standing
	standing != "governance/loosening"
}

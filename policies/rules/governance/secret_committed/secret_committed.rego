# METADATA
# title: A secret is committed
# description: A line that is added and has the form of a secret is denied.
# related_resources:
#   - docs/findings/governance/secret_committed.md
# custom:
#   severity: deny
#   remedy: Take the secret out of the history of the branch and revoke it.
package plumbline.rules.governance.secret_committed

import data.lib.actions
import rego.v1

result contains {"subject": name, "outcome": "fail", "standing": standing} if {
	some name, standing in actions.standing
	standing == "governance/secret_committed"
}

result contains {"subject": name, "outcome": "pass", "standing": standing} if {
	some name, standing in actions.standing
	standing != "governance/secret_committed"
}

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

result contains {"subject": one.name, "outcome": "fail"} if {
	some one in actions.judged
	one.standing == "governance/secret_committed"
}

result contains {"subject": one.name, "outcome": "pass"} if {
	some one in actions.judged
	one.standing != "governance/secret_committed"
}

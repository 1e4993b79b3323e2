# METADATA
# title: A workflow becomes unsafe
# description: A workflow that gains write permissions, or gives secrets to what anybody may trigger, is denied.
# related_resources:
#   - docs/findings/governance/workflow_unsafe.md
# custom:
#   severity: deny
#   remedy: Keep the permissions and triggers that the base has.
package plumbline.rules.governance.workflow_unsafe

import data.lib.actions
import rego.v1

result contains {"subject": one.name, "outcome": "fail"} if {
	some one in actions.judged
	one.standing == "governance/workflow_unsafe"
}

result contains {"subject": one.name, "outcome": "pass"} if {
	some one in actions.judged
	one.standing != "governance/workflow_unsafe"
}

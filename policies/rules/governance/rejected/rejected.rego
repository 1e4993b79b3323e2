# METADATA
# title: An approver rejected it
# description: An action that somebody who may approve it rejected is denied.
# related_resources:
#   - docs/findings/governance/rejected.md
# custom:
#   severity: deny
#   remedy: Change what was rejected, or ask whoever rejected it to take that back.
package plumbline.rules.governance.rejected

import rego.v1

result contains {"subject": action.name, "outcome": "fail", "by": action.rejections} if {
	some action in input.actions
	count(action.rejections) > 0
}

result contains {"subject": action.name, "outcome": "pass"} if {
	some action in input.actions
	count(action.rejections) == 0
}

# METADATA
# title: A claim is contradicted by what it cites
# description: A critical claim of an agent is contradicted by what it cites.
# related_resources:
#   - docs/findings/hallucination/claim_contradicted.md
# custom:
#   severity: deny
#   remedy: Correct the change, or take the claim back.
package plumbline.rules.hallucination.claim_contradicted

import data.lib.verification
import rego.v1

found := {claim.id |
	some claim in verification.claims
	claim.verdict == "contradicted"
	claim.critical != false
}

result contains {"subject": name, "outcome": verification.outcome_of(found)} if some name in verification.whole

result contains one if some one in verification.beside

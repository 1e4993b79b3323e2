# METADATA
# title: The claims are not verified, and the confidence is low
# description: The change of an agent waits for a person where Plumbline did not verify its claims and the calibrated confidence is below the minimum.
# related_resources:
#   - docs/findings/hallucination/confidence_low.md
# custom:
#   severity: hold
#   remedy: Verify every critical claim, or ask the people named for their approval.
package plumbline.rules.hallucination.confidence_low

import data.lib.verification
import rego.v1

calibrated := object.get(verification.record, ["confidence", "calibrated"], null)

minimum := object.get(input, ["config", "hallucination", "minConfidence"], data.defaults.min_confidence)

# Whether a person has to look at it. What is not told as it should be asks for one.
require_human_approval := false if {
	object.get(verification.record, "verified_by_rag", false) == true
} else := false if {
	is_number(calibrated)
	is_number(minimum)
	calibrated >= minimum
} else := true

outcome := "hold" if require_human_approval

outcome := "pass" if require_human_approval == false

result contains {"subject": name, "outcome": outcome, "require_human_approval": require_human_approval} if some name in verification.whole

result contains one if some one in verification.beside

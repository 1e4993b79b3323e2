# METADATA
# title: A symbol does not exist
# description: The change of an agent uses a symbol that does not exist, or a claim is about one.
# related_resources:
#   - docs/findings/hallucination/symbol_missing.md
# custom:
#   severity: deny
#   remedy: Use a name that the module exports.
package plumbline.rules.hallucination.symbol_missing

import data.lib.verification
import rego.v1

found contains one if {
	some one in verification.failed
	one.code == "SYMBOL_EXISTS"
}

found contains one if {
	some one in verification.missing
	one.kind == "symbol"
}

result contains {"subject": name, "outcome": verification.outcome_of(found)} if some name in verification.whole

result contains one if some one in verification.beside

# METADATA
# title: A quoted text is not where it is cited
# description: A claim of an agent quotes what does not stand where it is cited.
# related_resources:
#   - docs/findings/hallucination/quote_absent.md
# custom:
#   severity: deny
#   remedy: Quote exactly what stands there.
package plumbline.rules.hallucination.quote_absent

import data.lib.verification
import rego.v1

found := {one |
	some one in verification.failed
	one.code in {"QUOTE_EXACT", "HASH_MATCH"}
}

result contains {"subject": name, "outcome": verification.outcome_of(found)} if some name in verification.whole

result contains one if some one in verification.beside

# METADATA
# title: A package does not exist
# description: The change of an agent uses a package that does not exist, or a claim is about one.
# related_resources:
#   - docs/findings/hallucination/package_missing.md
# custom:
#   severity: deny
#   remedy: Use a package that exists.
package plumbline.rules.hallucination.package_missing

import data.lib.verification
import rego.v1

found contains one if {
	some one in verification.failed
	one.code == "PACKAGE_EXISTS"
}

found contains one if {
	some one in verification.missing
	one.kind == "package"
}

result contains {"subject": name, "outcome": verification.outcome_of(found)} if some name in verification.whole

result contains one if some one in verification.beside

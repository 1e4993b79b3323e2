# METADATA
# title: A file that is spoken of does not exist
# description: The change of an agent uses a file that does not exist, or a claim is about one.
# related_resources:
#   - docs/findings/hallucination/file_missing.md
# custom:
#   severity: deny
#   remedy: Name a file that exists.
package plumbline.rules.hallucination.file_missing

import data.lib.verification
import rego.v1

found contains one if {
	some one in verification.failed
	one.of_citation == false
	one.code == "PATH_EXISTS"
}

found contains one if {
	some one in verification.missing
	one.kind == "file"
}

result contains {"subject": name, "outcome": verification.outcome_of(found)} if some name in verification.whole

result contains one if some one in verification.beside

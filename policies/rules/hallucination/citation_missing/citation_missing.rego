# METADATA
# title: What is cited does not exist
# description: A claim of an agent cites a commit, a file, lines or a check run that do not exist.
# related_resources:
#   - docs/findings/hallucination/citation_missing.md
# custom:
#   severity: deny
#   remedy: Cite what is in the repository at a commit of a protected branch.
package plumbline.rules.hallucination.citation_missing

import data.lib.verification
import rego.v1

found := {one |
	some one in verification.failed
	one.of_citation
	one.code in {"PATH_EXISTS", "LINE_RANGE", "COMMIT_REACHABLE", "RUN_EXISTS"}
}

result contains {"subject": name, "outcome": verification.outcome_of(found)} if some name in verification.whole

result contains one if some one in verification.beside

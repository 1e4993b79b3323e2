# METADATA
# title: Verification
# description: What Plumbline found out about the claims of an agent, worked out once for all rules.
package lib.verification

import rego.v1

# The change of an agent as a whole. What else a change does is for other rules.
whole contains action.name if {
	some action in input.actions
	action.action == "agent.change"
}

others contains action.name if {
	some action in input.actions
	action.action != "agent.change"
}

record := object.get(input, "verification", {})

claims := object.get(record, "claims", null)

is_told := is_array(claims)

# Checks that failed: what is claimed to be there is not.
failed contains {"claim": claim.id, "code": check.code, "of_citation": is_string(object.get(check, "citation", null))} if {
	some claim in claims
	some check in claim.checks
	check.status == "failed"
}

# What the change or a document uses and nobody has, whether or not a claim is about it: packages as purl, symbols as path#name, and files.
missing contains {"kind": kind_of(name), "name": name} if some name in object.get(record, ["references", "missing"], [])

kind_of(name) := "package" if {
	startswith(name, "pkg:")
} else := "symbol" if {
	indexof(name, "#") > 0
} else := "file"

# What a rule says that found so many. Where nothing was verified, nothing was found either: people look at it.
outcome_of(_) := "hold" if is_told == false

outcome_of(found) := "fail" if {
	is_told
	count(found) > 0
}

outcome_of(found) := "pass" if {
	is_told
	count(found) == 0
}

# Passes for all that is not the change of an agent.
beside := {{"subject": name, "outcome": "pass"} | some name in others}

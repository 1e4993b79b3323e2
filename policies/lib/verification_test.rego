package lib.verification_test

import data.lib.actions_test as build
import data.lib.verification
import rego.v1

whole := build.action({"name": "agent.change", "action": "agent.change", "tier": 1, "subject": {}})

# The change of an agent, and something else that it does.
change(record) := object.union(build.change([whole, build.action({})]), {"verification": record, "config": {}})

# What came of one critical claim.
record(claim, more) := object.union({"claims": [object.union({"id": "c1", "critical": true, "verdict": "verified", "checks": []}, claim)], "verified_by_rag": true, "confidence": {"self_reported": 0.9, "calibrated": 0.9, "n_labels": 60}}, more)

with_check(check) := record({"verdict": "unsupported", "checks": [check]}, {"verified_by_rag": false})

# What a rule answers for both actions.
answers(outcome) := {{"subject": "agent.change", "outcome": outcome}, {"subject": "a", "outcome": "pass"}}

test_tells_the_change_of_an_agent_from_the_rest if {
	verification.whole == {"agent.change"} with input as change(record({}, {}))
	verification.others == {"a"} with input as change(record({}, {}))
}

test_what_failed_is_told_with_what_it_is_of if {
	found := {{"claim": "c1", "code": "QUOTE_EXACT", "of_citation": true}}
	verification.failed == found with input as change(with_check({"code": "QUOTE_EXACT", "status": "failed", "citation": "q1"}))
	verification.failed == set() with input as change(with_check({"code": "QUOTE_EXACT", "status": "notice", "citation": "q1"}))
}

test_nothing_that_was_verified_asks_for_people if {
	verification.outcome_of({1}) == "hold" with input as object.remove(change({}), ["verification"])
	verification.outcome_of(set()) == "hold" with input as change({"claims": "none"})
	verification.outcome_of({1}) == "fail" with input as change(record({}, {}))
	verification.outcome_of(set()) == "pass" with input as change(record({}, {}))
}

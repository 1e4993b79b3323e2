package plumbline.rules.hallucination.confidence_low_test

import data.lib.verification_test as build
import data.plumbline.rules.hallucination.confidence_low
import rego.v1

of(more, minimum) := found if {
	found := confidence_low.result with input as object.union(build.change(build.record({}, more)), {"config": {"hallucination": minimum}})
}

answers(outcome, required) := {{"subject": "agent.change", "outcome": outcome, "require_human_approval": required}, {"subject": "a", "outcome": "pass"}}

unverified(calibrated) := {"verified_by_rag": false, "confidence": {"self_reported": 1, "calibrated": calibrated, "n_labels": 60}}

test_finds_unverified_claims_below_the_minimum if {
	of(unverified(0.8499), {}) == answers("hold", true)
	of(unverified(0.9), {"minConfidence": 0.95}) == answers("hold", true)
}

test_finds_what_the_agent_alone_is_sure_of if {
	of({"verified_by_rag": "true", "confidence": {"self_reported": 1, "calibrated": 0.1, "n_labels": 0}}, {}) == answers("hold", true)
}

test_does_not_find_verified_claims_or_enough_confidence if {
	of({"confidence": {"self_reported": 0, "calibrated": 0, "n_labels": 0}}, {}) == answers("pass", false)
	of(unverified(0.85), {}) == answers("pass", false)
	of(unverified(0.5), {"minConfidence": 0.5}) == answers("pass", false)
}

test_absent_record_or_number_asks_for_a_person if {
	confidence_low.result == answers("hold", true) with input as object.remove(build.change({}), ["verification"])
	of({"verified_by_rag": false, "confidence": {"calibrated": null}}, {}) == answers("hold", true)
	of(unverified(0.9), {"minConfidence": "none"}) == answers("hold", true)
	of({"verified_by_rag": false, "confidence": null}, {}) == answers("hold", true)
}

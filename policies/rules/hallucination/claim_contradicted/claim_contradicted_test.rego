package plumbline.rules.hallucination.claim_contradicted_test

import data.lib.verification_test as build
import data.plumbline.rules.hallucination.claim_contradicted
import rego.v1

of(record) := found if found := claim_contradicted.result with input as build.change(record)

test_finds_a_critical_claim_that_is_contradicted if of(build.record({"verdict": "contradicted"}, {})) == build.answers("fail")

test_finds_it_where_nothing_says_that_it_is_not_critical if of(build.record({"verdict": "contradicted", "critical": null}, {})) == build.answers("fail")

test_does_not_find_a_claim_that_is_not_critical_or_not_contradicted if {
	of(build.record({"verdict": "contradicted", "critical": false}, {})) == build.answers("pass")
	of(build.record({"verdict": "unsupported"}, {})) == build.answers("pass")
}

test_absent_record_asks_for_a_person if {
	claim_contradicted.result == build.answers("hold") with input as object.remove(build.change({}), ["verification"])
	of({"claims": null}) == build.answers("hold")
}

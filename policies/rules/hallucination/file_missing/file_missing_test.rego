package plumbline.rules.hallucination.file_missing_test

import data.lib.verification_test as build
import data.plumbline.rules.hallucination.file_missing
import rego.v1

of(record) := found if found := file_missing.result with input as build.change(record)

test_finds_a_claim_about_a_file_that_is_not_there if of(build.with_check({"code": "PATH_EXISTS", "status": "failed"})) == build.answers("fail")

test_does_not_find_a_citation_or_a_file_that_is_there if {
	of(build.with_check({"code": "PATH_EXISTS", "status": "failed", "citation": "q1"})) == build.answers("pass")
	of(build.with_check({"code": "PATH_EXISTS", "status": "passed"})) == build.answers("pass")
}

test_finds_a_file_that_no_claim_is_about if {
	every name in ["src/none.ts", "./none", "#inner"] {
		of(build.record({}, {"references": {"missing": [name]}})) == build.answers("fail")
	}
}

test_does_not_find_other_things_that_are_missing if {
	of(build.record({}, {"references": {"missing": ["pkg:npm/made-up", "src/tax.ts#addTaxes"]}})) == build.answers("pass")
}

test_absent_record_asks_for_a_person if {
	file_missing.result == build.answers("hold") with input as object.remove(build.change({}), ["verification"])
	of({"claims": null}) == build.answers("hold")
}

package plumbline.rules.hallucination.package_missing_test

import data.lib.verification_test as build
import data.plumbline.rules.hallucination.package_missing
import rego.v1

of(record) := found if found := package_missing.result with input as build.change(record)

test_finds_a_package_that_is_not_there if of(build.with_check({"code": "PACKAGE_EXISTS", "status": "failed"})) == build.answers("fail")

test_does_not_find_a_package_that_is_there if of(build.with_check({"code": "PACKAGE_EXISTS", "status": "passed"})) == build.answers("pass")

test_finds_a_package_that_no_claim_is_about if {
	of(build.record({}, {"references": {"missing": ["pkg:npm/made-up"]}})) == build.answers("fail")
}

test_does_not_find_other_things_that_are_missing if {
	of(build.record({}, {"references": {"missing": ["src/none.ts", "src/tax.ts#addTaxes", "./pkg:npm"]}})) == build.answers("pass")
	of(build.record({}, {"references": {"missing": null}})) == build.answers("pass")
}

test_absent_record_asks_for_a_person if {
	package_missing.result == build.answers("hold") with input as object.remove(build.change({}), ["verification"])
	of({"claims": null}) == build.answers("hold")
}

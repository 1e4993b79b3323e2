package plumbline.rules.hallucination.symbol_missing_test

import data.lib.verification_test as build
import data.plumbline.rules.hallucination.symbol_missing
import rego.v1

of(record) := found if found := symbol_missing.result with input as build.change(record)

test_finds_a_symbol_that_is_not_there if of(build.with_check({"code": "SYMBOL_EXISTS", "status": "failed"})) == build.answers("fail")

test_does_not_find_a_symbol_that_is_there if of(build.with_check({"code": "SYMBOL_EXISTS", "status": "passed"})) == build.answers("pass")

test_finds_a_symbol_that_no_claim_is_about if {
	of(build.record({}, {"references": {"missing": ["src/tax.ts#addTaxes"]}})) == build.answers("fail")
}

test_does_not_find_other_things_that_are_missing if {
	of(build.record({}, {"references": {"missing": ["pkg:npm/made-up", "src/none.ts", "#inner"]}})) == build.answers("pass")
}

test_absent_record_asks_for_a_person if {
	symbol_missing.result == build.answers("hold") with input as object.remove(build.change({}), ["verification"])
	of({"claims": null}) == build.answers("hold")
}

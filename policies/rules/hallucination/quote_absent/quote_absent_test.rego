package plumbline.rules.hallucination.quote_absent_test

import data.lib.verification_test as build
import data.plumbline.rules.hallucination.quote_absent
import rego.v1

of(record) := found if found := quote_absent.result with input as build.change(record)

test_finds_a_quote_or_a_content_that_is_another if {
	of(build.with_check({"code": "QUOTE_EXACT", "status": "failed", "citation": "q1"})) == build.answers("fail")
	of(build.with_check({"code": "HASH_MATCH", "status": "failed", "citation": "q1"})) == build.answers("fail")
}

test_does_not_find_what_stands_there_or_has_moved if {
	of(build.record({}, {})) == build.answers("pass")
	of(build.with_check({"code": "QUOTE_EXACT", "status": "notice", "citation": "q1"})) == build.answers("pass")
}

test_absent_record_asks_for_a_person if {
	quote_absent.result == build.answers("hold") with input as object.remove(build.change({}), ["verification"])
	of({"claims": null}) == build.answers("hold")
}

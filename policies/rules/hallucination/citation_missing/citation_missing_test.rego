package plumbline.rules.hallucination.citation_missing_test

import data.lib.verification_test as build
import data.plumbline.rules.hallucination.citation_missing
import rego.v1

of(record) := found if found := citation_missing.result with input as build.change(record)

test_finds_a_citation_that_leads_nowhere if {
	every code in ["PATH_EXISTS", "LINE_RANGE", "COMMIT_REACHABLE", "RUN_EXISTS"] {
		of(build.with_check({"code": code, "status": "failed", "citation": "q1"})) == build.answers("fail")
	}
}

test_does_not_find_what_is_there_or_is_no_citation if {
	of(build.record({}, {})) == build.answers("pass")
	of(build.with_check({"code": "PATH_EXISTS", "status": "passed", "citation": "q1"})) == build.answers("pass")
	of(build.with_check({"code": "PATH_EXISTS", "status": "failed"})) == build.answers("pass")
}

test_absent_record_asks_for_a_person if {
	citation_missing.result == build.answers("hold") with input as object.remove(build.change({}), ["verification"])
	of({"claims": null}) == build.answers("hold")
}

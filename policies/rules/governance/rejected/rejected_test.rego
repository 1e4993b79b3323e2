package plumbline.rules.governance.rejected_test

import data.lib.actions_test as build
import data.plumbline.rules.governance.rejected
import rego.v1

answers(more) := found if found := rejected.result with input as build.change([build.action(more)])

no := {"login": "eve", "reason": "too early"}

test_finds_what_somebody_rejected_of_any_tier if {
	answers({"tier": 1, "rejections": [no]}) == {{"subject": "a", "outcome": "fail", "by": [no]}}
	answers({"tier": 3, "rejections": [no]}) == {{"subject": "a", "outcome": "fail", "by": [no]}}
}

test_does_not_find_what_nobody_rejected if answers({}) == {{"subject": "a", "outcome": "pass"}}

test_absent_rejections_are_answered_by_nobody if rejected.result == set() with input as {"actions": [{"name": "a"}]}

package plumbline.rules.governance.secret_committed_test

import data.lib.actions_test as build
import data.plumbline.rules.governance.secret_committed
import rego.v1

code := "governance/secret_committed"

answers(more) := found if found := secret_committed.result with input as build.change([build.action(more)])

test_finds_tier_four_of_its_code if answers({"tier": 4, "finding": code}) == {{"subject": "a", "outcome": "fail"}}

test_does_not_find_what_has_another_code_or_tier if {
	answers({"tier": 4}) == {{"subject": "a", "outcome": "pass"}}
	answers({"tier": 3, "finding": code}) == {{"subject": "a", "outcome": "pass"}}
	answers({"tier": 4, "finding": "governance/loosening"}) == {{"subject": "a", "outcome": "pass"}}
}

test_does_not_find_what_the_organisation_names_in_full if {
	answers({"tier": 4, "finding": code, "whitelist": [build.entry({})]}) == {{"subject": "a", "outcome": "pass"}}
}

test_finds_what_an_entry_names_by_a_glob_or_for_too_long if {
	answers({"tier": 4, "finding": code, "whitelist": [build.entry({"inFull": false}), build.entry({"daysLeft": 31})]}) == {{"subject": "a", "outcome": "fail"}}
}

test_finds_it_at_the_root_too if answers({"tier": 4, "finding": code, "isRoot": true}) == {{"subject": "a", "outcome": "fail"}}

test_absent_actions_are_answered_by_nobody if {
	secret_committed.result == set() with input as {}
	secret_committed.result == set() with input as {"actions": [{"tier": 1}]}
}

package plumbline.rules.governance.tier_forbidden_test

import data.lib.actions_test as build
import data.plumbline.rules.governance.tier_forbidden
import rego.v1

answers(more) := found if found := tier_forbidden.result with input as build.change([build.action(more)])

test_finds_tier_four if answers({"tier": 4}) == {{"subject": "a", "outcome": "fail", "standing": "governance/tier_forbidden"}}

test_finds_tier_four_that_the_contracts_gate_would_not_hold if {
	answers({"tier": 4, "finding": "schema/incompatible"}) == {{"subject": "a", "outcome": "fail", "standing": "governance/tier_forbidden"}}
}

test_does_not_find_lower_tiers if {
	every tier, standing in {1: "free", 2: "tier2", 3: "tier3"} {
		answers({"tier": tier}) == {{"subject": "a", "outcome": "pass", "standing": standing}}
	}
}

test_does_not_find_what_another_code_tells if {
	answers({"tier": 4, "finding": "governance/loosening"}) == {{"subject": "a", "outcome": "pass", "standing": "governance/loosening"}}
}

test_does_not_find_what_the_organisation_names_in_full_and_says_which_entry if {
	answers({"tier": 4, "whitelist": [build.entry({}), build.entry({"inFull": false})]}) == {{"subject": "a", "outcome": "pass", "standing": "lifted", "entries": [build.entry({})]}}
}

test_does_not_find_it_at_the_root if answers({"tier": 4, "isRoot": true}) == {{"subject": "a", "outcome": "pass", "standing": "root"}}

test_absent_tier_is_found if {
	tier_forbidden.result == {{"subject": "a", "outcome": "fail", "standing": "governance/tier_forbidden"}} with input as {"actions": [{"name": "a"}]}
}

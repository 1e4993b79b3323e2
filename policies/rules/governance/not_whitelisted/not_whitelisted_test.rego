package plumbline.rules.governance.not_whitelisted_test

import data.lib.actions_test as build
import data.plumbline.rules.governance.not_whitelisted
import rego.v1

answers(more) := found if found := not_whitelisted.result with input as build.change([build.action(more)])

test_finds_tier_three_without_an_entry if answers({"tier": 3}) == {{"subject": "a", "outcome": "fail"}}

test_finds_tier_three_whose_entry_does_not_reach_it if answers({"tier": 3, "whitelist": [build.entry({"maxTier": 2})]}) == {{"subject": "a", "outcome": "fail"}}

test_finds_tier_three_where_somebody_is_not_known if {
	change := build.change([build.action({"tier": 3, "whitelist": [build.entry({})]})])
	not_whitelisted.result == {{"subject": "a", "outcome": "fail"}} with input as object.union(change, {"unknownContributors": "pushed unseen"})
}

test_does_not_find_tier_three_with_an_entry_and_says_which if {
	answers({"tier": 3, "whitelist": [build.entry({"level": "repository"})]}) == {{"subject": "a", "outcome": "pass", "entries": [build.entry({"level": "repository"})]}}
}

test_does_not_find_other_tiers_schemas_or_the_root if {
	every more in [{"tier": 1}, {"tier": 2}, {"tier": 4}, {"tier": 3, "finding": "schema/incompatible"}, {"tier": 3, "isRoot": true}] {
		answers(more) == {{"subject": "a", "outcome": "pass"}}
	}
}

test_absent_whitelist_is_none if {
	not_whitelisted.result == {{"subject": "a", "outcome": "fail"}} with input as {"unknownContributors": null, "actions": [{"name": "a", "tier": 3}]}
}

package plumbline.rules.governance.approvals_missing_test

import data.lib.actions_test as build
import data.plumbline.rules.governance.approvals_missing
import rego.v1

answers(more) := found if found := approvals_missing.result with input as build.change([build.action(more)])

asked(outcome, from, needed, counted) := {{"subject": "a", "outcome": outcome, "from": from, "needed": needed, "counted": counted}}

given(more) := {"approvals": object.union({"tier2": [], "tier3": [], "root": []}, more)}

test_finds_tier_two_without_an_entry_or_an_approval if answers({}) == asked("hold", "tier2", 1, [])

test_finds_tier_three_with_too_few_whatever_its_entry if {
	answers(object.union(given({"tier3": ["ann"]}), {"tier": 3, "whitelist": [build.entry({})]})) == asked("hold", "tier3", 2, ["ann"])
}

test_finds_tier_three_that_only_tier_two_approved if answers(object.union(given({"tier2": ["ann", "bob"]}), {"tier": 3})) == asked("hold", "tier3", 2, [])

test_finds_tier_four_that_the_organisation_lifts if answers({"tier": 4, "whitelist": [build.entry({})]}) == asked("hold", "tier3", 2, [])

test_finds_the_root_without_its_owners if {
	answers({"tier": 3, "isRoot": true}) == asked("hold", "root", 1, [])
	answers(object.union(given({"tier3": ["ann", "bob"]}), {"tier": 4, "isRoot": true, "finding": "governance/loosening"})) == asked("hold", "root", 1, [])
}

test_does_not_find_what_enough_approved if {
	answers(given({"tier2": ["ann"]})) == asked("pass", "tier2", 1, ["ann"])
	answers(given({"tier3": ["bob"]})) == asked("pass", "tier2", 1, ["bob"])
	answers(object.union(given({"tier3": ["ann", "bob"]}), {"tier": 3})) == asked("pass", "tier3", 2, ["ann", "bob"])
	answers(object.union(given({"root": ["eve"]}), {"tier": 3, "isRoot": true})) == asked("pass", "root", 1, ["eve"])
}

test_does_not_find_tier_two_with_an_entry_and_says_which if {
	answers({"whitelist": [build.entry({"inFull": false})]}) == {{"subject": "a", "outcome": "pass", "entries": [build.entry({"inFull": false})]}}
}

test_finds_tier_two_with_an_entry_where_somebody_is_not_known if {
	change := build.change([build.action({"whitelist": [build.entry({})]})])
	approvals_missing.result == asked("hold", "tier2", 1, []) with input as object.union(change, {"unknownContributors": "pushed unseen"})
}

test_does_not_find_what_is_free_denied_or_held_elsewhere if {
	every more in [{"tier": 1}, {"tier": 4}, {"tier": 4, "finding": "governance/loosening"}, {"tier": 3, "finding": "schema/incompatible"}] {
		answers(more) == {{"subject": "a", "outcome": "pass"}}
	}
}

test_does_not_find_the_root_that_asks_for_nobody_and_says_so if {
	change := object.union(build.change([build.action({"tier": 3, "isRoot": true})]), {"required": {"root": 0}})
	approvals_missing.result == {{"subject": "a", "outcome": "pass", "from": "root", "needed": 0, "counted": [], "no_second_person": true}} with input as change
}

test_absent_approvals_or_numbers_are_answered_by_nobody if {
	approvals_missing.result == set() with input as {"actions": [{"name": "a", "tier": 2}], "required": {"tier2": 1}}
	approvals_missing.result == set() with input as {"actions": [{"name": "a", "tier": 2, "approvals": {}}]}
}

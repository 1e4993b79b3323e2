package plumbline.rules.governance.human_approval_required_test

import data.lib.actions_test as build
import data.plumbline.rules.governance.human_approval_required
import rego.v1

contract(required) := {"id": "checkout", "flags": {"halted": false, "humanApprovalRequired": required, "budgetOverride": false}}

bump := {"action": "contract.bump", "subject": {"contract": "checkout", "path": "contracts/checkout.yaml"}}

of(contracts, more) := found if found := human_approval_required.result with input as object.union(
	build.change([build.action(object.union(bump, more))]),
	{"contracts": contracts},
)

free := {{"subject": "a", "outcome": "pass"}}

asked(outcome, counted) := {{"subject": "a", "outcome": outcome, "from": "tier3", "needed": 2, "counted": counted}}

test_finds_an_action_on_a_contract_with_the_flag if {
	of([contract(true)], {}) == asked("hold", [])
	of([contract(false), contract(true)], {"approvals": {"tier3": ["ann"]}}) == asked("hold", ["ann"])
}

test_finds_it_whatever_the_whitelist_says if of([contract(true)], {"whitelist": [build.entry({})]}) == asked("hold", [])

test_does_not_find_what_enough_of_tier_three_approved if of([contract(true)], {"approvals": {"tier3": ["ann", "bob"]}}) == asked("pass", ["ann", "bob"])

test_does_not_find_another_contract_or_none if {
	of([contract(false)], {}) == free
	of([object.union(contract(true), {"id": "search"})], {}) == free
	of([contract(true)], {"subject": {"contract": "search"}}) == free
}

test_does_not_find_the_setting_and_clearing_of_flags_or_what_is_free if {
	of([contract(true)], {"action": "contract.halt"}) == free
	of([contract(true)], {"action": "contract.resume", "tier": 3}) == free
	of([contract(true)], {"tier": 1}) == free
}

test_absent_flags_and_contracts_count_as_in_force if {
	of([{"id": "checkout"}], {}) == asked("hold", [])
	of(null, {}) == asked("hold", [])
}

test_absent_numbers_are_answered_by_nobody if {
	change := build.change([build.action(bump)])
	human_approval_required.result == set() with input as object.union(object.remove(change, ["required"]), {"contracts": [contract(true)]})
}

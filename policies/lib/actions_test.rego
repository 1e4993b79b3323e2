package lib.actions_test

import data.lib.actions
import rego.v1

# An action of tier 2 that nobody approved and no entry names, but for what a test says.
action(more) := object.union(
	{
		"name": "a",
		"action": "workflow.change",
		"tier": 2,
		"subject": {"path": ".github/workflows/ci.yml"},
		"finding": null,
		"isRoot": false,
		"whitelist": [],
		"approvals": {"tier2": [], "tier3": [], "root": []},
		"rejections": [],
	},
	more,
)

# A change that does this.
change(found) := {
	"version": 1,
	"unknownContributors": null,
	"actions": found,
	"required": {"tier2": 1, "tier3": 2, "root": 1},
	"contracts": [],
}

entry(more) := object.union({"level": "organization", "action": "workflow.change", "owner": "team:platform", "until": "2026-12-26", "daysLeft": 30, "maxTier": null, "inFull": true}, more)

standing(more) := one.standing if {
	some one in actions.judged with input as change([action(more)])
}

test_tiers_one_to_three_stand_for_themselves if {
	standing({"tier": 1}) == "free"
	standing({"tier": 2}) == "tier2"
	standing({"tier": 3}) == "tier3"
}

test_tier_four_is_denied_by_its_own_code_else_by_the_tier if {
	standing({"tier": 4}) == "governance/tier_forbidden"
	standing({"tier": 4, "finding": "governance/loosening"}) == "governance/loosening"
	standing({"tier": 4, "finding": "schema/incompatible"}) == "governance/tier_forbidden"
	standing({"tier": 4, "finding": "contract/halted"}) == "governance/tier_forbidden"
}

test_schemas_are_left_to_the_contracts_gate if standing({"tier": 3, "finding": "schema/undecided"}) == "contracts"

test_the_root_is_for_owners_but_not_what_is_dangerous_anywhere if {
	standing({"tier": 3, "isRoot": true}) == "root"
	standing({"tier": 4, "isRoot": true, "finding": "governance/loosening"}) == "root"
	standing({"tier": 4, "isRoot": true, "finding": "schema/incompatible"}) == "root"
	standing({"tier": 4, "isRoot": true, "finding": "governance/secret_committed"}) == "governance/secret_committed"
	standing({"tier": 4, "isRoot": true, "finding": "governance/workflow_unsafe"}) == "governance/workflow_unsafe"
}

test_tier_four_is_lifted_by_the_organisation_in_full_for_thirty_days if {
	standing({"tier": 4, "whitelist": [entry({})]}) == "lifted"
	standing({"tier": 4, "whitelist": [entry({"daysLeft": 31})]}) == "governance/tier_forbidden"
	standing({"tier": 4, "whitelist": [entry({"inFull": false})]}) == "governance/tier_forbidden"
	standing({"tier": 4, "whitelist": [entry({"level": "repository"})]}) == "governance/tier_forbidden"
	standing({"tier": 4, "whitelist": [entry({"maxTier": 3})]}) == "governance/tier_forbidden"
	standing({"tier": 4, "whitelist": [entry({"maxTier": 4})]}) == "lifted"
}

test_no_entry_matches_somebody_who_is_not_known if {
	some one in actions.judged with input as object.union(change([action({"tier": 4, "whitelist": [entry({})]})]), {"unknownContributors": "pushed unseen"})
	one.standing == "governance/tier_forbidden"
	one.entries == []
}

test_what_is_not_told_is_denied if {
	some one in actions.judged with input as {"actions": [{"name": "a"}]}
	one.standing == "governance/tier_forbidden"
}

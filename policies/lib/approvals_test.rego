package lib.approvals_test

import data.lib.approvals
import rego.v1

given := {"tier2": ["bob"], "tier3": ["ann", "bob"], "root": ["eve"]}

test_one_person_counts_once_and_a_higher_tier_for_a_lower_one if {
	approvals.counted(given, "tier2") == ["ann", "bob"]
	approvals.counted(given, "tier3") == ["ann", "bob"]
	approvals.counted(given, "root") == ["eve"]
}

test_what_is_not_told_counts_nothing if approvals.counted({}, "tier2") == []

package main_test

import data.main
import rego.v1

rules := {"t": {"a": {"result": {{"subject": "x", "outcome": "pass"}}, "other": 1}, "b": {"other": 1}, "c": {"result": set()}}}

test_report_has_what_each_rule_says_and_nothing_else_of_it if {
	main.report == {"input_version": 1, "results": {"t": {"a": {{"subject": "x", "outcome": "pass"}}, "c": set()}}} with input as {"version": 1} with data.plumbline.rules as rules
}

test_report_is_undefined_without_a_version if not main.report with input as {} with data.plumbline.rules as rules

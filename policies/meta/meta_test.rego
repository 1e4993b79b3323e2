package meta_test

import data.meta
import rego.v1

path := "rules/deploy/window/window.rego"

space(parts) := {"path": array.concat([{"type": "var", "value": "data"}], [{"type": "string", "value": part} | some part in parts])}

tests := {"package": {"path": []}, "rules": [{"head": {"name": name}} | some name in ["test_finds_it", "test_does_not_find_it", "test_absent_it"]]}

good := {
	"modules": {
		path: {"package": space(["plumbline", "rules", "deploy", "window"]), "rules": []},
		"rules/deploy/window/window_test.rego": tests,
	},
	"about": {"deploy/window": {"title": "A window", "description": "It is closed.", "related_resources": [{"ref": "docs/findings/deploy/window.md"}], "custom": {"severity": "deny", "remedy": "Wait."}}},
	"codes": {"deploy/window": ["deny", "A window"]},
	"pages": ["docs/findings/deploy/window.md"],
}

denied(patch) := found if found := meta.deny with input as object.union(good, patch)

about(more) := {"about": {"deploy/window": more}}

test_does_not_find_anything_in_a_good_rule if denied({}) == set()

test_absent_input_is_denied_nothing if meta.deny == set() with input as {}

test_finds_a_package_that_is_not_its_folder if {
	denied({"modules": {path: {"package": space(["plumbline", "rules", "deploy", "door"])}}}) == {"rules/deploy/window/window.rego: its package is plumbline.rules.deploy.door, expected plumbline.rules.deploy.window and a file of the same name"}
}

test_finds_what_metadata_lacks if {
	found := meta.deny with input as object.union(object.remove(good, ["about"]), {"about": {}})
	found == {
		"deploy/window: its METADATA has no title",
		"deploy/window: its METADATA has no description",
		"deploy/window: its METADATA has no custom.severity",
		"deploy/window: its METADATA has no custom.remedy",
		"deploy/window: its METADATA names [], expected its page docs/findings/deploy/window.md alone",
		"deploy/window: its description is not one sentence",
		`deploy/window: the code is known as ["deny","A window"], and its METADATA says [null,null]`,
	}
}

test_finds_a_title_that_is_no_text if denied(about({"title": 7})) == {"deploy/window: its METADATA has no title", `deploy/window: the code is known as ["deny","A window"], and its METADATA says ["deny",7]`}

test_finds_a_description_of_two_sentences if denied(about({"description": "It is. Closed."})) == {"deploy/window: its description is not one sentence"}

test_finds_a_page_that_is_another_or_missing if {
	denied(about({"related_resources": [{"ref": "docs/a.md"}]})) == {`deploy/window: its METADATA names ["docs/a.md"], expected its page docs/findings/deploy/window.md alone`}
	denied({"pages": []}) == {"deploy/window: there is no page docs/findings/deploy/window.md"}
}

test_finds_a_code_that_is_unknown_or_of_another_severity if {
	denied({"codes": {"deploy/window": ["hold", "A window"]}}) == {`deploy/window: the code is known as ["hold","A window"], and its METADATA says ["deny","A window"]`}
	found := meta.deny with input as object.union(object.remove(good, ["codes"]), {"codes": {}})
	found == {`deploy/window: the code is known as [], and its METADATA says ["deny","A window"]`}
}

test_finds_a_date_that_is_none if {
	denied(about({"custom": {"effective_on": "soon"}})) == {"deploy/window: effective_on is soon, expected a day"}
	denied(about({"custom": {"effective_on": "2027-01-01"}})) == set()
}

test_finds_tests_that_are_missing if {
	denied({"modules": {"rules/deploy/window/window_test.rego": {"rules": []}}}) == {"deploy/window: no test begins with test_finds_", "deploy/window: no test begins with test_does_not_find_", "deploy/window: no test begins with test_absent_"}
}

reference(parts) := {"type": "ref", "value": [{"type": "var", "value": part} | some part in parts]}

body(expression) := {"modules": {path: {"rules": [{"body": [expression]}]}}}

test_finds_what_is_not_the_same_each_time if {
	denied(body({"terms": [reference(["eq"]), {"type": "call", "value": [reference(["time", "now_ns"])]}]})) == {"rules/deploy/window/window.rego: it calls time.now_ns, which is not the same each time"}
}

test_finds_under_not_what_may_be_undefined if {
	denied(body({"negated": true, "terms": [reference(["to_number"]), {"type": "string", "value": "v3"}]})) == {"rules/deploy/window/window.rego: it calls to_number under not, which is true of what is undefined"}
	denied(body({"terms": [reference(["regex", "match"])]})) == set()
}

test_finds_under_not_what_may_be_absent if {
	denied(body({"negated": true, "terms": reference(["input", "approved"])})) == {"rules/deploy/window/window.rego: it asks for a member of the input under not, which is true of what is absent"}
	denied(body({"negated": true, "terms": reference(["one", "approved"])})) == set()
	denied(body({"terms": reference(["input", "approved"])})) == set()
}

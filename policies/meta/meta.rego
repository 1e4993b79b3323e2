# METADATA
# title: The policies about the policies
# description: Says what is wrong with the rules that ship with Plumbline, over their syntax trees and METADATA.
package meta

import rego.v1

# The rules there are, by their folders.
rules[code] := path if {
	some path, _ in input.modules
	[_, code] := regex.find_all_string_submatch_n(`^rules/([a-z]+/[a-z_]+)/[a-z_]+\.rego$`, path, 1)[0]
	not endswith(path, "_test.rego")
}

about(code) := object.get(input.about, code, {})

text(value) := "" if not is_string(value)

text(value) := trim_space(value) if is_string(value)

deny contains sprintf("%s: its package is %s, expected plumbline.rules.%s and a file of the same name", [path, space, dotted]) if {
	some code, path in rules
	space := concat(".", [part.value | some i, part in input.modules[path]["package"].path; i > 0])
	dotted := replace(code, "/", ".")
	[space, path] != [sprintf("plumbline.rules.%s", [dotted]), sprintf("rules/%s/%s.rego", [code, split(code, "/")[1]])]
}

deny contains sprintf("%s: its METADATA has no %s", [code, name]) if {
	some code, _ in rules
	some name in ["title", "description"]
	text(object.get(about(code), name, "")) == ""
}

deny contains sprintf("%s: its METADATA has no custom.%s", [code, name]) if {
	some code, _ in rules
	some name in ["severity", "remedy"]
	text(object.get(about(code), ["custom", name], "")) == ""
}

deny contains sprintf("%s: its description is not one sentence", [code]) if {
	some code, _ in rules
	regex.match(`^[A-Z][^.]*\.$`, text(object.get(about(code), "description", ""))) == false
}

deny contains sprintf("%s: its METADATA names %s, expected its page %s alone", [code, json.marshal(named), page]) if {
	some code, _ in rules
	page := sprintf("docs/findings/%s.md", [code])
	named := [one.ref | some one in object.get(about(code), "related_resources", [])]
	named != [page]
}

deny contains sprintf("%s: there is no page docs/findings/%s.md", [code, code]) if {
	some code, _ in rules
	count([page | some page in input.pages; page == sprintf("docs/findings/%s.md", [code])]) == 0
}

deny contains sprintf("%s: the code is known as %s, and its METADATA says %s", [code, json.marshal(known), json.marshal(said)]) if {
	some code, _ in rules
	known := object.get(input.codes, code, [])
	said := [object.get(about(code), ["custom", "severity"], null), object.get(about(code), "title", null)]
	known != said
}

deny contains sprintf("%s: effective_on is %s, expected a day", [code, day]) if {
	some code, _ in rules
	day := about(code).custom.effective_on
	regex.match(`^\d{4}-\d{2}-\d{2}$`, text(day)) == false
}

deny contains sprintf("%s: no test begins with %s", [code, beginning]) if {
	some code, _ in rules
	some beginning in ["test_finds_", "test_does_not_find_", "test_absent_"]
	names := {rule.head.name | some rule in object.get(input.modules, sprintf("rules/%s/%s_test.rego", [code, split(code, "/")[1]]), {"rules": []}).rules}
	count([name | some name in names; startswith(name, beginning)]) == 0
}

# What is called, with whether that stands under `not`.
calls[path] contains {"name": name, "negated": negated} if {
	some path, module in input.modules
	walk(module.rules, [_, expression])
	is_object(expression)
	terms := object.get(expression, "terms", null)
	negated := object.get(expression, "negated", false)
	some name in called(terms)
}

# A call is a list that a reference begins, as the terms of an expression or as a value in them.
called(terms) := {dotted(head.value) |
	walk([terms], [_, list])
	is_array(list)
	head := list[0]
	is_object(head)
	head.type == "ref"
}

dotted(parts) := concat(".", [part.value | some part in parts; is_string(part.value)])

deny contains sprintf("%s: it calls %s, which is not the same each time", [path, call.name]) if {
	some path, _ in input.modules
	some call in calls[path]
	call.name in data.meta.nondeterministic
}

deny contains sprintf("%s: it calls %s under not, which is true of what is undefined", [path, call.name]) if {
	some path, _ in input.modules
	some call in calls[path]
	call.negated
	call.name in data.meta.undefinable
}

# Under `not` a member that is absent is as good as a refusal that was lifted.
deny contains sprintf("%s: it asks for a member of the input under not, which is true of what is absent", [path]) if {
	some path, module in input.modules
	not endswith(path, "_test.rego")
	walk(module.rules, [_, expression])
	is_object(expression)
	object.get(expression, "negated", false) == true
	walk(expression.terms, [_, term])
	is_object(term)
	object.get(term, "type", "") == "ref"
	object.get(term.value[0], "value", "") == "input"
}

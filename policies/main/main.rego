# METADATA
# title: The report
# description: Collects what each rule answers; a rule is found by its folder's package and registered nowhere.
package main

import rego.v1

report := {"input_version": input.version, "results": results}

results contains object.union(answer, {"rule": concat("/", [area, code])}) if {
	some area, code
	some answer in data.plumbline.rules[area][code].result
	is_object(answer)
}

# An answer that is none stays visible: left out, its rule would seem to have said nothing more.
results contains {"rule": concat("/", [area, code]), "malformed": answer} if {
	some area, code
	some answer in data.plumbline.rules[area][code].result
	not is_object(answer)
}

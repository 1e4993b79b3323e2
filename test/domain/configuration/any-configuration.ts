import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';

const globs = fc.uniqueArray(fc.constantFrom('a/*', 'b/**', '**/x', 'w', 'k'), { minLength: 1, maxLength: 3 });
const mode = fc.constantFrom('observe', 'enforce', 'warn until 2027-01-01', 'warn until 2028-01-01');
/** Codes that generated rules name. */
export const ruleCodes = ['*', 'contract/schema_invalid', 'contract/immutable_changed', 'engine/failed'] as const;
const count = fc.integer({ min: 1, max: 4 });
const people = fc.uniqueArray(fc.constantFrom('team:a', 'team:b', 'user:c'), { minLength: 1, maxLength: 3 });

function optional(shape: Readonly<Record<string, fc.Arbitrary<JsonValue>>>): fc.Arbitrary<JsonObject> {
  return fc.record(shape, { requiredKeys: [] }).map((members) => Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))));
}

const contractSet = fc.tuple(fc.constantFrom('n', 'm'), globs, optional({ signatures: fc.constantFrom('optional', 'required'), schema: fc.constantFrom('s.json', 'builtin:x/v1'), layout: fc.constantFrom('in-place', 'versioned') }));
const contracts = fc.uniqueArray(contractSet, { maxLength: 2, selector: ([name]) => name }).map((sets) => sets.map(([name, globbed, rest]) => ({ name, paths: globbed, ...rest })));
const entries = fc.uniqueArray(fc.tuple(fc.constantFrom('main', 'other'), fc.constantFrom('main', 'release/*', '*'), fc.boolean()), { minLength: 1, maxLength: 2, selector: ([name]) => name });
const branches = entries.map((list) => list.map(([entry, name, require]) => ({ entry, names: [name], require })));

const bundle = fc.tuple(fc.constantFrom('team', 'shared'), fc.constantFrom({ path: 'b/x.tar.gz' }, { path: 'w.tar.gz' }, ...['1', '2'].map((digit) => ({ url: 'https://policies.example/x.tar.gz', digest: `sha256:${digit.repeat(64)}` }))));
const bundles = fc.uniqueArray(bundle, { maxLength: 2, selector: ([name]) => name }).map((list) => list.map(([name, place]) => ({ name, ...place })));

/** A valid configuration with a handful of names, so that two of them meet. */
export const anyConfiguration: fc.Arbitrary<JsonObject> = optional({
  branches,
  contracts,
  keys: fc.uniqueArray(fc.constantFrom('k1', 'k2'), { maxLength: 2 }),
  waivers: globs,
  rules: fc.dictionary(fc.constantFrom(...ruleCodes), mode),
  hallucination: optional({ minConfidence: fc.constantFrom(0.5, 0.85, 0.9) }),
  drift: optional({ strict: fc.boolean(), remediation: fc.constantFrom('report', 'propose', 'auto'), schedule: fc.constantFrom('1 * * * *', '2 * * * *'), confirmAfter: fc.constantFrom('30s', '2m'), repairTarget: fc.constantFrom('2m', '1h'), pauseWindows: fc.array(fc.record({ start: fc.constantFrom('0 22 * * 5', '0 6 * * 1'), duration: fc.constantFrom('1h', '2d'), reason: fc.constantFrom('planned', 'frozen') }), { maxLength: 2 }) }),
  governance: optional({ bundles, approvals: optional({ tier2: optional({ count, from: people }), tier3: optional({ count, from: people }), reviews: fc.boolean() }), requests: optional({ tiers: fc.dictionary(fc.constantFrom('a.b', 'c.d'), count) }) }),
}).map((keys) => ({ version: 1, ...keys }));

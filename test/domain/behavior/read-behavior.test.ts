import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import schema from '../../../schemas/behavior.schema.json' with { type: 'json' };
import { aDocument, behaviorOf, messagesOf, ofMetric, problemsOf } from './a-behavior.ts';

const whole = `kind: Behavior
name: checkout-quality
scope: environment
source: {type: http-json, url: "https://metrics.example.com/checkout", secret: METRICS_TOKEN}
fixture: behaviors/fixtures/checkout.json
metrics:
  - {name: readinessScore, pointer: /readinessScore, baseline: 0.847, absolute: 0.001}
  - {name: policyPassPct, pointer: /policyPassPct, baseline: 0.923, absolute: 0.005}
  - {name: latency_ms, samples: /latency, baselineSamples: baselines/latency.json, tolerance: {relative: 0.1}, direction: increase, critical: true}
  - {name: pass_rate, successes: /ok, trials: /n, baseline: {successes: 58, trials: 60}, margin: 0.10, direction: decrease}
  - {name: response, body: /, schema: schemas/checkout.schema.json}
reproducibility: {seed: 42, iterations: 1000, generator: "k6", version: "1.2.0"}
owner: team:checkout
playbook: open-issue
`;

test('the schema of behaviours is a schema of its dialect', () => {
  assert.equal(new Ajv().validateSchema(schema), true);
});

test('readBehavior() reads a whole behaviour, with what counts where it says nothing', () => {
  const { metrics, ...rest } = behaviorOf(whole);
  assert.deepEqual(rest, {
    name: 'checkout-quality',
    scope: 'environment',
    source: { kind: 'http-json', url: 'https://metrics.example.com/checkout', secret: 'METRICS_TOKEN', observedAt: null, generator: '/reproducibility' },
    fixture: 'behaviors/fixtures/checkout.json',
    reproducibility: { seed: 42, iterations: 1000, generator: 'k6', version: '1.2.0' },
    owner: 'team:checkout',
    playbook: 'open-issue',
    maxAge: 86_400_000,
    minSamples: 4,
    maxSamples: 5000,
    confidence: 0.95,
    acceptBlocking: false,
    strict: null,
  });
  assert.deepEqual(metrics, [
    { kind: 'exact', name: 'readinessScore', critical: false, direction: 'both', pointer: '/readinessScore', baseline: 0.847, tolerances: new Map([['', { kind: 'absolute', value: 0.001 }]]) },
    { kind: 'exact', name: 'policyPassPct', critical: false, direction: 'both', pointer: '/policyPassPct', baseline: 0.923, tolerances: new Map([['', { kind: 'absolute', value: 0.005 }]]) },
    { kind: 'samples', name: 'latency_ms', critical: true, direction: 'increase', samples: '/latency', baseline: { kind: 'file', path: 'baselines/latency.json' }, tolerance: { kind: 'relative', value: 0.1 }, paired: false, secondLook: false },
    { kind: 'rate', name: 'pass_rate', critical: false, direction: 'decrease', successes: '/ok', trials: '/n', baseline: { successes: 58, trials: 60 }, margin: 0.1 },
    { kind: 'body', name: 'response', critical: false, body: '/', schema: 'schemas/checkout.schema.json' },
  ]);
});

test('readBehavior() reads what is stated otherwise', () => {
  const { maxAge, minSamples, maxSamples, confidence, acceptBlocking, strict } = behaviorOf(aDocument({ maxAge: '15m', minSamples: 30, maxSamples: 60, confidence: 0.99, acceptBlocking: true, strict: false }));
  assert.deepEqual([maxAge, minSamples, maxSamples, confidence, acceptBlocking, strict], [900_000, 30, 60, 0.99, true, false]);
});

const values = [1, 2, 3, null];
const forms = [
  [{ name: 'm', samples: '/s', baseline: values, tolerance: { absolute: 1 }, paired: true }, { kind: 'samples', samples: '/s', baseline: { kind: 'values', values }, tolerance: { kind: 'absolute', value: 1 }, paired: true, secondLook: false }],
  [{ name: 'm', samples: '/s', baseline: values, tolerance: { absolute: 1 }, secondLook: true }, { kind: 'samples', samples: '/s', baseline: { kind: 'values', values }, tolerance: { kind: 'absolute', value: 1 }, paired: false, secondLook: true }],
  [{ name: 'm', samples: '/s', baseline: 250, quantile: 0.95, tolerance: { relative: 0.2 } }, { kind: 'quantile', samples: '/s', quantile: 0.95, baseline: { kind: 'agreed', value: 250 }, tolerance: { kind: 'relative', value: 0.2 } }],
  [{ name: 'm', samples: '/s', baselineSamples: 'b.json', quantile: 0.95, tolerance: { relative: 0.2 } }, { kind: 'quantile', samples: '/s', quantile: 0.95, baseline: { kind: 'file', path: 'b.json' }, tolerance: { kind: 'relative', value: 0.2 } }],
  [{ name: 'm', samples: '/s', baseline: [true, true, false, true], paired: true, margin: 0.1 }, { kind: 'paired-rate', samples: '/s', baseline: { kind: 'values', values: [true, true, false, true] }, margin: 0.1 }],
  [{ name: 'm', successes: '/a', trials: '/b', baseline: 0.9, margin: 0.1 }, { kind: 'rate', successes: '/a', trials: '/b', baseline: 0.9, margin: 0.1 }],
  [{ name: 'm', pointer: '/a', baseline: { p50: 1, p95: 2 }, ulp: 4, fields: { '/p95': { relative: 0.1 } } }, { kind: 'exact', pointer: '/a', baseline: { p50: 1, p95: 2 }, tolerances: new Map([['', { kind: 'ulp', value: 4 }], ['/p95', { kind: 'relative', value: 0.1 }]]) }],
] as const;

for (const [written, { kind, ...read }] of forms) {
  test(`readBehavior() reads a metric of the form ${kind} ${JSON.stringify(written)}`, () => {
    assert.deepEqual(behaviorOf(ofMetric(written)).metrics, [{ name: 'm', critical: false, direction: 'both', kind, ...read }]);
  });
}

const sources = [
  [{ type: 'prometheus', url: 'http://prometheus.example.com:9090', queries: { latency: { query: 'up', window: '1h', step: '30s' }, errors: { query: 'sum(x)' } } }, { kind: 'prometheus', url: 'http://prometheus.example.com:9090', secret: null, queries: [{ name: 'latency', query: 'up', range: { window: 3_600_000, step: 30_000 } }, { name: 'errors', query: 'sum(x)', range: null }] }],
  [{ type: 'openapi', document: 'api/openapi.yaml', server: 'https://api.example.com/v1', secret: 'A', operations: [{ id: 'list', parameters: { limit: 10 } }, { id: 'one' }] }, { kind: 'openapi', document: 'api/openapi.yaml', server: 'https://api.example.com/v1', secret: 'A', operations: [{ id: 'list', parameters: { limit: '10' } }, { id: 'one', parameters: {} }] }],
  [{ type: 'github-actions', workflow: 'mona/checkout/.github/workflows/sample.yml', ref: 'refs/heads/main' }, { kind: 'github-actions', workflow: 'mona/checkout/.github/workflows/sample.yml', ref: 'refs/heads/main', waitFor: 1_800_000 }],
  [{ type: 'repository-files', files: [{ path: '.editorconfig', template: 'org:templates/.editorconfig' }] }, { kind: 'repository-files', files: [{ path: '.editorconfig', template: 'org:templates/.editorconfig' }] }],
  [{ type: 'repository-settings', declared: 'settings.yaml' }, { kind: 'repository-settings', declared: 'settings.yaml' }],
  [{ type: 'contract-releases' }, { kind: 'contract-releases', contracts: null }],
  [{ type: 'terraform-plan', workflow: '.github/workflows/plan.yml', artifact: 'plan' }, { kind: 'terraform-plan', workflow: '.github/workflows/plan.yml', artifact: 'plan', file: 'plan.json' }],
  [{ type: 'usage-quotas', agent: 'Robot[bot]', contract: 'contracts/robot.yaml' }, { kind: 'usage-quotas', agent: 'Robot[bot]', contract: 'contracts/robot.yaml' }],
] as const;

for (const [written, read] of sources) {
  test(`readBehavior() reads a source of type ${written.type}`, () => {
    assert.deepEqual(behaviorOf(aDocument({ source: written, scope: written.type === 'github-actions' ? 'change' : 'environment' })).source, read);
  });
}

test('a source that compares by itself needs no metric, and is expected to find no difference', () => {
  const { metrics: _, ...without } = aDocument({ source: { type: 'contract-releases' } });
  assert.deepEqual(behaviorOf(without).metrics, [{ kind: 'differences', name: 'differences', critical: false }]);
  const writtenOut = behaviorOf({ ...without, metrics: [{ name: 'files', pointer: '/differences', baseline: [], critical: true }] });
  assert.deepEqual(writtenOut.metrics, [{ kind: 'differences', name: 'files', critical: true }]);
});

test('what is wrong is told with its code, line and column, what was found and expected, and one next step', () => {
  assert.deepEqual(problemsOf(whole.replace('owner: team:checkout', 'owner: checkout')), [
    { code: 'config/invalid', line: 13, column: 1, pointer: '/owner', message: 'Cannot use `owner`: found "checkout", expected "user:<login>", "team:<name>" or "app:<slug>".', found: '"checkout"', expected: '"user:<login>", "team:<name>" or "app:<slug>"', next: 'Correct `owner`.' },
  ]);
  assert.deepEqual(problemsOf(whole.replace('absolute: 0.005', 'absolut: 0.005')).map(({ line, column, next }) => [line, column, next]), [[8, 69, 'Write `absolute` instead.']]);
});

const refused: readonly (readonly [why: string, document: Parameters<typeof messagesOf>[0], ...messages: readonly string[]])[] = [
  ['is of another kind', aDocument({ kind: 'Behaviour' }), 'Cannot use `kind`: found "Behaviour", expected "Behavior".'],
  ['has an unknown source', aDocument({ source: { type: 'http' } }), 'Cannot use `source.type`: found "http", expected `http-json` or `prometheus` or `openapi` or `github-actions` or `repository-files` or `repository-settings` or `contract-releases` or `terraform-plan` or `usage-quotas`.'],
  ['has a member of another source', aDocument({ source: { type: 'repository-settings', declared: 'a', url: 'https://a.example.com' } }), 'Cannot use the key "url" in `source`: it is not known.'],
  ['has a source without its address', aDocument({ source: { type: 'http-json' } }), 'Cannot use `source`: found an object, expected the key `url`.'],
  ['reads a file outside', aDocument({ fixture: '../secrets.json' }), 'Cannot use `fixture`: found "../secrets.json", expected a path in the repository such as "baselines/latency.json".'],
  ['asks with a password', aDocument({ source: { type: 'http-json', url: 'https://a:b@c.example.com' } }), 'Cannot use `source.url`: found "https://a:b@c.example.com", expected an address such as "https://metrics.example.com/checkout", without a user and a fragment.'],
  ['asks by another scheme', aDocument({ source: { type: 'http-json', url: 'file:///etc/passwd' } }), 'Cannot use `source.url`: found "file:///etc/passwd", expected an address such as "https://metrics.example.com/checkout", without a user and a fragment.'],
  ['sends a secret in the open', aDocument({ source: { type: 'http-json', url: 'http://a.example.com', secret: 'A' } }), 'Cannot use `source.url`: found "http://a.example.com", expected an address of https, where a secret is sent.'],
  ['waits for samples of an environment', aDocument({ source: { type: 'github-actions', workflow: 'a/b/.github/workflows/s.yml', ref: 'refs/heads/main' } }), 'Cannot use `scope`: found "environment" with a source of type "github-actions", whose samples are of changes, expected "change", or a source that answers for the system as it is.'],
  ['decides about a change by an environment', aDocument({ scope: 'change' }), 'Cannot use `scope`: found "change" with a source of type "http-json", which says nothing of one head, expected "environment", or a source of type "github-actions", "repository-files" or "terraform-plan".'],
  ['has no metric', aDocument({ metrics: [] }), 'Cannot use `metrics`: found a list of 0, expected no fewer than 1 items.'],
  ['names two metrics alike', aDocument({ metrics: [{ name: 'a', pointer: '/a', baseline: 1 }, { name: 'a', pointer: '/b', baseline: 1 }] }), 'Cannot use `metrics.1.name`: found "a" again, expected each name once.'],
  ['needs more samples than it may take', aDocument({ minSamples: 60, maxSamples: 30 }), 'Cannot use `minSamples`: found 60, expected at most the 30 of `maxSamples`.'],
  ['judges fewer values than can tell anything', aDocument({ minSamples: 3 }), 'Cannot use `minSamples`: found 3, expected at least 4.'],
  ['has an age without a unit', aDocument({ maxAge: '15' }), 'Cannot use `maxAge`: found "15", expected a duration such as "15m", "24h" or "7d".'],
  ['asks a range without steps', aDocument({ source: { type: 'prometheus', url: 'https://a.example.com', queries: { 'a.b': { query: 'up', window: '1h' } } } }), 'Cannot use `source.queries.a.b`: found only `window`, expected `window` and `step`, or neither.'],
  ['asks a range of too many steps', aDocument({ source: { type: 'prometheus', url: 'https://a.example.com', queries: { a: { query: 'up', window: '1d', step: '1s' } } } }), 'Cannot use `source.queries.a.step`: found "1s" in a window of "1d", expected 1 to 5000 steps.'],
  ['has a metric of no form', ofMetric({ name: 'm' }), 'Cannot use `metrics.0`: found an object, expected the key `pointer` or `samples` or `successes` or `body`.'],
  ['has a metric of two forms', ofMetric({ name: 'm', pointer: '/a', body: '/', schema: 'a.json', baseline: 1 }), 'Cannot use the key "body" in `metrics.0`: it is not known.', 'Cannot use the key "schema" in `metrics.0`: it is not known.', 'Cannot use the key "pointer" in `metrics.0`: it is not known.', 'Cannot use the key "baseline" in `metrics.0`: it is not known.'],
  ['agrees on no value', ofMetric({ name: 'm', pointer: '/a', baseline: null }), 'Cannot use `metrics.0.baseline`: found null, which is also what a source without a value says, expected a value.'],
  ['has two tolerances', ofMetric({ name: 'm', pointer: '/a', baseline: 1, absolute: 1, ulp: 1 }), 'Cannot use `metrics.0.ulp`: found `absolute` and `ulp`, expected one tolerance.'],
  ['has a tolerance nowhere', ofMetric({ name: 'm', pointer: '/a', baseline: 1, fields: { p95: { absolute: 1 } } }), 'Cannot use `metrics.0.fields.p95`: found "p95", expected a JSON pointer such as "/p95".'],
  ['has samples without a tolerance', ofMetric({ name: 'm', samples: '/a', baseline: values }), 'Cannot use `metrics.0`: found no tolerance, expected the key `tolerance`, or with `paired` the key `margin`.'],
  ['has samples without a baseline', ofMetric({ name: 'm', samples: '/a', tolerance: { absolute: 1 } }), 'Cannot use `metrics.0`: found an object, expected the key `baseline` or `baselineSamples`.'],
  ['has samples with two baselines', ofMetric({ name: 'm', samples: '/a', tolerance: { absolute: 1 }, baseline: values, baselineSamples: 'a' }), 'Cannot use `metrics.0.baseline`: found `baseline` and `baselineSamples`, expected one of them.'],
  ['compares samples with one number', ofMetric({ name: 'm', samples: '/a', tolerance: { absolute: 1 }, baseline: 3 }), 'Cannot use `metrics.0.baseline`: found 3, expected a list of values, or `quantile` beside it.'],
  ['compares numbers with text', ofMetric({ name: 'm', samples: '/a', paired: true, margin: 0.1, baseline: [true, 1, true, true] }), 'Cannot use `metrics.0.baseline.1`: found 1, expected a boolean, or null for a value that was missing.'],
  ['has a margin of no pairs', ofMetric({ name: 'm', samples: '/a', margin: 0.1, baseline: [true, true, true, true] }), 'Cannot use `metrics.0.margin`: found `margin` without `paired: true`, expected `tolerance`, or `paired: true` beside it.'],
  ['pairs tails', ofMetric({ name: 'm', samples: '/a', quantile: 0.9, paired: true, tolerance: { absolute: 1 }, baseline: values }), 'Cannot use `metrics.0.quantile`: found `quantile` and `paired`, expected one of them.'],
  ['has more successes than trials', ofMetric({ name: 'm', successes: '/a', trials: '/b', margin: 0.1, baseline: { successes: 3, trials: 2 } }), 'Cannot use `metrics.0.baseline.successes`: found 3, expected at most the 2 trials.'],
  ['has a rate above 1', ofMetric({ name: 'm', successes: '/a', trials: '/b', margin: 0.1, baseline: 93 }), 'Cannot use `metrics.0.baseline`: found 93, expected at most 1.'],
  ['tolerates everything', ofMetric({ name: 'm', successes: '/a', trials: '/b', margin: 1, baseline: 0.9 }), 'Cannot use `metrics.0.margin`: found 1, expected < 1.'],
];

for (const [why, document, ...messages] of refused) {
  test(`readBehavior() refuses a behaviour that ${why}`, () => {
    assert.deepEqual(messagesOf(document), messages);
  });
}

test('readBehavior() refuses what is no object', () => {
  for (const text of ['[]', '1', 'null', '"Behavior"']) assert.equal(problemsOf(text).length, 1, text);
});

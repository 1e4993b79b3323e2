import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../../../src/domain/json-value.ts';
import { ownFileDeriver } from '../../../../src/gates/governance/own/own-file-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aDocument, ofMetric } from '../../../domain/behavior/a-behavior.ts';
import { deriveWith, namesOf } from '../derive-with.ts';

const path = 'b/x.yaml';
const document: JsonObject = { drift: { behaviors: ['b/**'] } };
const metric = { name: 'm', pointer: '/m', baseline: 1, absolute: 0.1 };
const changed = `3 behavior.change ${path}`;

function derive(files: readonly FileInput[]): readonly string[] {
  return namesOf(deriveWith(ownFileDeriver, { files, document }).actions);
}

/** What is derived of a behaviour that becomes another, beside that it changes. */
function between(base: JsonObject, head: JsonObject): readonly string[] {
  const [first, ...rest] = derive([{ path, base: JSON.stringify(base), head: JSON.stringify(head) }]);
  assert.equal(first, changed);
  return rest;
}

const loosening = (setting: string): readonly string[] => [`4 behavior.change ${path} ${setting} governance/loosening`];

describe('behaviorActions()', () => {
  const looser: readonly (readonly [setting: string, from: JsonObject, to: JsonObject])[] = [
    ['/strict', { strict: true }, { strict: false }],
    ['/strict', {}, { strict: false }],
    ['/maxAge', { maxAge: '12h' }, { maxAge: '1d' }],
    ['/maxAge', {}, { maxAge: '25h' }],
    ['/minSamples', { minSamples: 50 }, { minSamples: 40 }],
    ['/maxSamples', {}, { maxSamples: 5000, minSamples: 4 }],
    ['/confidence', {}, { confidence: 0.9 }],
    ['/scope', { scope: 'change', source: { type: 'terraform-plan', workflow: 'w.yml', artifact: 'a' } }, { scope: 'environment', source: { type: 'terraform-plan', workflow: 'w.yml', artifact: 'a' } }],
    ['/metrics/0/absolute', { metrics: [metric] }, { metrics: [{ ...metric, absolute: 0.2 }] }],
    ['/metrics/0/relative', { metrics: [metric] }, { metrics: [{ name: 'm', pointer: '/m', baseline: 1, relative: 0.001 }] }],
    ['/metrics/0/direction', { metrics: [metric] }, { metrics: [{ ...metric, direction: 'increase' }] }],
    ['/metrics/0/critical', { metrics: [{ ...metric, critical: true }] }, { metrics: [metric] }],
    ['/metrics/0/fields/~1a/ulp', { metrics: [metric] }, { metrics: [{ ...metric, fields: { '/a': { ulp: 3 } } }] }],
    ['/source/operations/1', { source: openapi('a', 'b') }, { source: openapi('a') }],
    ['/source/files/0', { source: { type: 'repository-files', files: [{ path: 'a', template: 't' }] } }, { source: { type: 'repository-files', files: [{ path: 'c', template: 't' }] } }],
    ['/source/contracts', { source: { type: 'contract-releases' } }, { source: { type: 'contract-releases', contracts: ['a'] } }],
  ];
  for (const [setting, from, to] of looser) {
    const isSame = setting === '/maxSamples';
    it(`${isSame ? 'does not deny a default that is written' : 'denies'} ${setting} from ${JSON.stringify(from).slice(0, 60)} to ${JSON.stringify(to).slice(0, 60)}${isSame ? '' : ', not the way back'}`, () => {
      assert.deepEqual(between(aDocument(from), aDocument(to)), isSame ? [] : loosening(setting));
      if (setting !== '/source/files/0' && setting !== '/source/contracts' && setting !== '/metrics/0/relative') assert.deepEqual(between(aDocument(to), aDocument(from)), []);
    });
  }

  const rate = { name: 'm', successes: '/ok', trials: '/n', baseline: 0.5, margin: 0.1 };
  const samples = { name: 'm', samples: '/v', baseline: [1, 2, 3, 4], tolerance: { absolute: 1 } };
  const sampled = { type: 'github-actions', workflow: 'acme/ci/.github/workflows/sample.yml', ref: 'refs/heads/main' };
  const http = { type: 'http-json', url: 'https://a.example/', observedAt: '/at' };
  const made = { generator: 'k6', version: '1', seed: 42 };
  const replaced: readonly (readonly [settings: readonly string[], from: JsonObject, to: JsonObject])[] = [
    [['/name'], {}, { name: 'checkout-2' }],
    [['/metrics/0/margin', '/metrics/0/pointer'], { metrics: [metric] }, { metrics: [{ ...rate, baseline: 1, margin: 0.999 }] }],
    [['/metrics/0/margin'], { metrics: [samples] }, { metrics: [{ name: 'm', samples: '/v', baseline: [1, 2, 3, 4], paired: true, margin: 0.999 }] }],
    [['/metrics/0/pointer'], { metrics: [metric] }, { metrics: [{ ...metric, pointer: '/other' }] }],
    [['/metrics/0/samples'], { metrics: [samples] }, { metrics: [{ ...samples, samples: '/w' }] }],
    [['/metrics/0/quantile'], { metrics: [{ ...samples, quantile: 0.95 }] }, { metrics: [{ ...samples, quantile: 0.05 }] }],
    [['/metrics/0/quantile'], { metrics: [samples] }, { metrics: [{ ...samples, quantile: 0.5 }] }],
    [['/reproducibility/generator', '/reproducibility/seed', '/reproducibility/version'], { reproducibility: made }, {}],
    [['/reproducibility/seed'], { reproducibility: made }, { reproducibility: { generator: 'k6', version: '1' } }],
    [['/source/observedAt'], { source: http }, { source: { type: 'http-json', url: 'https://a.example/' } }],
    [['/source/observedAt'], { source: http }, { source: { ...http, observedAt: '/now' } }],
    [['/source/ref'], { source: sampled }, { source: { ...sampled, ref: 'refs/heads/evil' } }],
    [['/source/agent', '/source/contract'], { source: { type: 'usage-quotas', agent: 'robot[bot]', contract: 'a.yaml' } }, { source: { type: 'usage-quotas', agent: 'nobody', contract: 'b.yaml' } }],
    [['/source/workflow'], { source: sampled }, { source: { ...sampled, workflow: 'mallory/ci/.github/workflows/sample.yml' } }],
    [['/source/workflow'], { source: { type: 'terraform-plan', workflow: 'w.yml', artifact: 'a' } }, { source: { type: 'terraform-plan', workflow: 'v.yml', artifact: 'a' } }],
  ];
  for (const [settings, from, to] of replaced) {
    it(`denies that ${settings.join(' and ')} goes or becomes another: ${JSON.stringify(to).slice(0, 80)}`, () => {
      const own = (actions: readonly string[]): readonly string[] => actions.filter((one) => !one.startsWith('3 baseline.change')).toSorted();
      assert.deepEqual(own(between(aDocument(from), aDocument(to))), settings.flatMap(loosening));
    });
  }

  it('lets what makes the samples, and where the answer says its age, be said where nothing was, and another version be agreed on', () => {
    const { observedAt: _, ...undated } = http;
    assert.deepEqual(between(aDocument({ source: undated }), aDocument({ source: http, reproducibility: made })), []);
    assert.deepEqual(between(aDocument({ reproducibility: made }), aDocument({ reproducibility: { ...made, version: '2', seed: 7 } })), []);
  });

  it('denies a wider margin and tells a moved baseline beside it', () => {
    const rate = { name: 'r', successes: '/ok', trials: '/n', baseline: { successes: 58, trials: 60 }, margin: 0.1 };
    assert.deepEqual(between(ofMetric(rate), ofMetric({ ...rate, margin: 0.2, baseline: { successes: 50, trials: 60 } })), [`3 baseline.change ${path}`, ...loosening('/metrics/0/margin')]);
  });

  it('tells another source, owner or playbook as a change that loosens nothing', () => {
    assert.deepEqual(between(aDocument(), aDocument({ owner: 'team:other', playbook: 'open-issue', source: { type: 'http-json', url: 'https://other.example/' } })), []);
  });

  it('tells a file that a behaviour names as a baseline, and one that is a template alone as that', () => {
    const behavior = { path, base: JSON.stringify(ofMetric({ name: 'm', samples: '/v', baselineSamples: 'v.json', tolerance: { absolute: 1 } })) };
    assert.deepEqual(derive([behavior, { path: 'v.json', base: '[1]', head: '[2]', roles: ['own'] }]), ['3 baseline.change v.json']);
    const files = { path, base: JSON.stringify(aDocument({ source: { type: 'repository-files', files: [{ path: 'LICENSE', template: 'templates/LICENSE' }] } })) };
    assert.deepEqual(derive([files, { path: 'templates/LICENSE', base: 'a', head: 'b', roles: ['own'] }]), ['3 template.change templates/LICENSE']);
  });

  it('tells a file of which no behaviour can be read as a baseline', () => {
    assert.deepEqual(derive([{ path, base: 'kind: [' }, { path: 'v.json', base: '[1]', head: null, roles: ['own'] }]), ['3 baseline.change v.json']);
  });
});

function openapi(...ids: readonly string[]): JsonObject {
  return { type: 'openapi', document: 'api.json', server: 'https://a.example', operations: ids.map((id) => ({ id })) };
}


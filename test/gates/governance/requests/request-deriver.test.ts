import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestDeriver } from '../../../../src/gates/governance/requests/request-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aSide } from '../../../builders/content.ts';
import { codesOf, deriveWith, namesOf } from '../derive-with.ts';
import type { Deriving } from '../derive-with.ts';

const path = 'requests/restart.yaml';
const request = 'kind: ActionRequest\naction: service.restart\ntarget: checkout\nrationale: It hangs.\nexpires: 2026-12-01\n';
const document = { governance: { requests: { paths: ['requests/**'], tiers: { 'service.restart': 2, 'budget.raise': 4 } } } };

function derive(file: Partial<FileInput>, rest: Partial<Deriving> = {}): readonly (readonly string[])[] {
  const { actions, findings } = deriveWith(requestDeriver, { files: [{ path, ...file }], document, ...rest });
  return [namesOf(actions), codesOf(findings)];
}

test('a request is an action of the tier that the configuration gives it', () => {
  assert.deepEqual(derive({ head: request }), [[`2 request.service.restart ${path}`], []]);
});

test('a request that the configuration does not list is of tier 3', () => {
  assert.deepEqual(derive({ head: request.replace('service.restart', 'publish') }), [[`3 request.publish ${path}`], []]);
});

test('a declared tier raises that of the action and never lowers it', () => {
  assert.deepEqual(derive({ head: `${request}tier: 4\n` }), [[`4 request.service.restart ${path}`], []]);
  assert.deepEqual(derive({ head: `${request}tier: 1\n` }), [[`2 request.service.restart ${path}`], []]);
});

test('an action carries what is asked for, to the last member', () => {
  const [action] = deriveWith(requestDeriver, { files: [{ path, head: request }], document }).actions;
  assert.deepEqual({ ...action?.evidence, request: '' }, { target: 'checkout', rationale: 'It hangs.', playbook: null, expires: '2026-12-01T00:00:00.000Z', request: '' });
  assert.equal(action?.why, 'Asks for `service.restart` of "checkout" until 2026-12-01 00:00 UTC: "It hangs.".');
});

test('a request that is edited is asked for again, and one that is reformatted or withdrawn is not', () => {
  assert.deepEqual(derive({ base: request, head: request.replace('checkout', 'shop') }), [[`2 request.service.restart ${path}`], []]);
  assert.deepEqual(derive({ base: request, head: `# please\n${request}` }), [[], []]);
  assert.deepEqual(derive({ base: request, head: null }), [[], []]);
});

test('a request that does not satisfy its schema is refused with line and column', () => {
  const { actions, findings } = deriveWith(requestDeriver, { files: [{ path, head: request.replace('2026-12-01', 'soon') }], document });
  assert.deepEqual([actions, findings.map(({ code, severity, line, column, message }) => [code, severity, line, column, message])], [
    [],
    [['governance/request_invalid', 'deny', 5, 1, 'Cannot use `expires`: found "soon", expected a day such as 2027-03-31, or an instant with its zone.']],
  ]);
});

test('a request that is no document, no file or of another kind is refused', () => {
  for (const head of ['{', 'kind: Request\n', aSide(request, '120000'), '[]']) assert.deepEqual([...new Set(derive({ head })[1])], ['governance/request_invalid deny']);
});

test('a request with a member that nobody knows is refused, whatever its name: attack', () => {
  assert.deepEqual(derive({ path: 'requests/a.json', head: JSON.stringify({ kind: 'ActionRequest', action: 'constructor', target: 'x', rationale: 'x', expires: '2027-01-01', toString: 1 }) })[1], ['governance/request_invalid deny']);
  assert.deepEqual(derive({ path: 'requests/a.json', head: JSON.stringify({ kind: 'ActionRequest', action: 'constructor', target: 'x', rationale: 'x', expires: '2027-01-01' }) })[0], ['3 request.constructor requests/a.json']);
});

test('a request that has ended is refused', () => {
  assert.deepEqual(derive({ head: request }, { snapshot: { now: '2026-12-01T00:00:00.000Z' } }), [[`2 request.service.restart ${path}`], ['governance/request_invalid deny']]);
  assert.deepEqual(derive({ head: request }, { snapshot: { now: '2026-11-30T23:59:59.000Z' } })[1], []);
});

test('a request that is out of reach leaves open what is asked for', () => {
  assert.deepEqual(derive({ head: request }, { world: { unavailable: () => true } }), [[], ['snapshot/unreadable unknown']]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleRulesSetting } from '../../src/config/bundle-rules.ts';

test('bundles are fetched from no host unless POLICY_BUNDLE_HOSTS names it', () => {
  assert.deepEqual(bundleRulesSetting({}), { kind: 'good', value: { hosts: [], allowsLoopback: false } });
  assert.deepEqual(bundleRulesSetting({ POLICY_BUNDLE_HOSTS: ' policies.example.com, b.example:8443 ,' }), { kind: 'good', value: { hosts: ['policies.example.com', 'b.example:8443'], allowsLoopback: false } });
});

test('this very machine is a host in development alone', () => {
  assert.deepEqual(bundleRulesSetting({ PLUMBLINE_MODE: 'development', POLICY_BUNDLE_HOSTS: '127.0.0.1:3000' }), { kind: 'good', value: { hosts: ['127.0.0.1:3000'], allowsLoopback: true } });
});

for (const wrong of ['https://policies.example.com', 'policies.example.com/team', 'Policies.example.com', 'policies.example.com:443', '*.example.com', 'a b', 'eve@policies.example.com']) {
  test(`${wrong} is no host`, () => {
    const setting = bundleRulesSetting({ POLICY_BUNDLE_HOSTS: `good.example,${wrong}` });
    assert.ok(setting.kind === 'bad' && setting.why.startsWith('POLICY_BUNDLE_HOSTS names "'), JSON.stringify(setting));
  });
}

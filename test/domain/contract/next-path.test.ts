import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextPaths } from '../../../src/domain/contract/next-path.ts';

for (const [path, version, expected] of [
  ['contracts/checkout/v2.yaml', '3.0.0', ['contracts/checkout/v3.yaml', 'contracts/checkout/v3.0.0.yaml']],
  ['contracts/checkout/v2.yaml', '2.1.0', ['contracts/checkout/v2.1.0.yaml']],
  ['contracts/checkout-1.2.json', 'v1.3.0', ['contracts/checkout-1.3.json', 'contracts/checkout-1.3.0.json']],
  ['checkout.v1.0.0.yaml', '1.0.1', ['checkout.v1.0.1.yaml']],
  ['v1.yaml', '2.0.0-rc.1', ['v2.0.0-rc.1.yaml']],
  ['contracts/checkout.yaml', '1.1.0', ['contracts/checkout-1.1.0.yaml']],
] as const) {
  test(`nextPaths() puts ${version} beside ${path} as ${expected[0]}`, () => {
    assert.deepEqual(nextPaths(path, version), expected);
  });
}

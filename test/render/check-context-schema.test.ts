import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import schema from '../../schemas/check-context.schema.json' with { type: 'json' };

const validate = new Ajv({ strict: true, ownProperties: true }).compile(schema);

const least = { author: { login: 'mona', kind: 'human' }, teams: {}, approvals: [], fork: false, now: '2026-11-20T12:00:00Z' };
const whole = {
  ...least,
  author: { login: 'coder[bot]', kind: 'agent' },
  contributors: [{ login: 'mona', kind: 'human' }],
  teams: { governance: ['hubot', 'octo_acme'] },
  approvals: [{ login: 'hubot', kind: 'human', scope: 'config/repair', sha: 'c'.repeat(40), at: '2026-11-20T11:00:00.000Z' }],
  title: 'Change',
  body: '',
};

describe('check-context.schema.json', () => {
  it('accepts the least and the whole of what GitHub knows', () => {
    assert.deepEqual([least, whole].map((value) => validate(value)), [true, true]);
  });

  it('refuses each missing member', () => {
    const without = Object.keys(least).map((left) => Object.fromEntries(Object.entries(least).filter(([key]) => key !== left)));
    assert.deepEqual(without.map((value) => validate(value)), without.map(() => false));
  });

  it('refuses a misspelt member, a login that is none, a local time and an unknown kind', () => {
    const wrong = [{ ...least, approval: [] }, { ...least, author: { login: '@mona', kind: 'human' } }, { ...least, now: '2026-11-20T12:00:00+01:00' }, { ...least, author: { login: 'mona', kind: 'robot' } }];
    assert.deepEqual(wrong.map((value) => validate(value)), [false, false, false, false]);
  });
});

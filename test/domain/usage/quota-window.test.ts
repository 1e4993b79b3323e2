import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { configurationOf } from '../../../src/domain/configuration/configuration-of.ts';
import { validateConfiguration } from '../../../src/domain/configuration/validate-configuration.ts';
import { calendarWindow } from '../../../src/domain/usage/calendar-window.ts';
import { countedUsage, totalOf, withUsage } from '../../../src/domain/usage/counted-usage.ts';
import type { UsageGroup } from '../../../src/domain/usage/counted-usage.ts';
import { judgedWindow } from '../../../src/domain/usage/quota-state.ts';
import { quotaWindows } from '../../../src/domain/usage/quota-window.ts';

const place = { accountId: 7, repositoryId: 100, agent: 'Robot[bot]' };

function windowsOf(quotas: readonly { readonly [name: string]: string | number }[], now = '2026-11-27T12:00:00.000Z') {
  return quotaWindows(configurationOf({ version: 1, hallucination: { quotas: quotas.map((quota) => ({ ...quota })) } }, 'main'), place, now);
}

suite('a window of the calendar', () => {
  for (const [title, period, zone, now, from, to] of [
    ['a day in UTC', 'day', 'UTC', '2026-11-27T23:59:59.999Z', '2026-11-27T00:00:00.000Z', '2026-11-28T00:00:00.000Z'],
    ['a day of 23 hours', 'day', 'Europe/Berlin', '2026-03-29T10:00:00.000Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['a day of 25 hours', 'day', 'Europe/Berlin', '2026-10-25T10:00:00.000Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['a day without a midnight', 'day', 'America/Santiago', '2026-09-06T12:00:00.000Z', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
    ['a day with an hour before midnight twice', 'day', 'America/Santiago', '2026-04-04T12:00:00.000Z', '2026-04-04T03:00:00.000Z', '2026-04-05T04:00:00.000Z'],
    ['a day of a zone of quarter hours', 'day', 'Asia/Kathmandu', '2026-11-27T18:15:00.000Z', '2026-11-27T18:15:00.000Z', '2026-11-28T18:15:00.000Z'],
    ['a day far east', 'day', 'Pacific/Kiritimati', '2026-11-27T09:59:00.000Z', '2026-11-26T10:00:00.000Z', '2026-11-27T10:00:00.000Z'],
    ['February of a leap year', 'month', 'UTC', '2028-02-29T23:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['the last month of a year', 'month', 'America/New_York', '2027-01-01T04:59:59.000Z', '2026-12-01T05:00:00.000Z', '2027-01-01T05:00:00.000Z'],
    ['a month in which clocks are put', 'month', 'Europe/Berlin', '2026-10-31T22:59:59.000Z', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
  ] as const) {
    test(`is ${title}`, () => assert.deepEqual(calendarWindow(period, zone, now), { period, from, to }));
  }

  test('holds its instant, and its end begins the next, in every zone and at any time', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/St_Johns');
    fc.assert(fc.property(fc.constantFrom('day', 'month'), zones, fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (period, zone, at) => {
      const { from, to } = calendarWindow(period, zone, at.toISOString());
      assert.ok(from <= at.toISOString() && at.toISOString() < to);
      assert.equal(calendarWindow(period, zone, to).from, to);
      assert.equal(new Date(from).getTime() % 900_000, 0);
    }), { numRuns: 60 });
  });

  test('attack: a configuration names no zone that there is not', () => {
    const errors = (zone: string) => validateConfiguration({ version: 1, hallucination: { quotas: [{ scope: 'agent', tokensPerDay: 1, zone }] } }).map(({ keyword }) => keyword);
    assert.deepEqual([errors('Europe/Berlin'), errors('Europe/Atlantis')], [[], ['format']]);
  });
});

suite('a quota', () => {
  test('limits tokens by day and cost by month, of those who share it', () => {
    const windows = windowsOf([{ scope: 'agent', tokensPerDay: 5, zone: 'Europe/Berlin' }, { scope: 'repository', costPerMonth: 0.1 }, { scope: 'organization', tokensPerDay: 0, costPerMonth: 1e-13 }]);
    assert.deepEqual(windows.map(({ scope, subject, measure, period, limit, zone }) => [scope, subject, measure, period, limit, zone]), [
      ['agent', 'robot[bot]', 'tokens', 'day', 5n, 'Europe/Berlin'],
      ['repository', '100', 'cost', 'month', 100_000_000_000n, 'UTC'],
      ['organization', '7', 'tokens', 'day', 0n, 'UTC'],
      ['organization', '7', 'cost', 'month', 0n, 'UTC'],
    ]);
  });

  test('is near at four fifths, and passed by one more than all of it', () => {
    const [window] = windowsOf([{ scope: 'agent', tokensPerDay: 10 }]);
    assert.ok(window !== undefined);
    const stateAt = (tokens: bigint) => judgedWindow(window, withUsage(countedUsage([], 'agent', place), 'proxy', { tokens, cost: 0n })).state;
    assert.deepEqual([0n, 7n, 8n, 10n, 11n].map(stateAt), ['free', 'free', 'near', 'near', 'exceeded']);
  });

  const group = (input: Partial<UsageGroup>): UsageGroup => ({ repositoryId: 100, agent: 'robot[bot]', source: 'self', tokens: 0n, cost: 0n, ...input });

  test('counts of what several sources tell of an agent in a repository the most, and sums that over those who share it', () => {
    const groups = [group({ tokens: 5n, cost: 9n }), group({ source: 'proxy', tokens: 8n, cost: 1n }), group({ repositoryId: 101, tokens: 20n }), group({ agent: 'other', source: 'provider', tokens: 100n })];
    const total = (scope: 'agent' | 'repository' | 'organization') => totalOf(countedUsage(groups, scope, place)).tokens;
    assert.deepEqual([total('agent'), total('repository'), total('organization')], [28n, 108n, 128n]);
    assert.equal(totalOf(withUsage(countedUsage(groups, 'agent', place), 'self', { tokens: 4n, cost: 0n })).tokens, 29n);
  });
});

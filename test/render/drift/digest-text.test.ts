import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestText } from '../../../src/render/drift/digest-text.ts';
import { aDigest, aDigestEntry, aDigestLeftover } from '../../builders/a-digest.ts';
import { assertGolden } from '../golden.ts';

const time = { runs: 9, mean: 150_000, p90: 400_000, meanInconclusive: 30_000 };
const run = { repositoryId: 1, repository: 'acme/shop', behavior: 'checkout-quality', playbook: 'restore-contract', confirmedAt: '2026-11-20T12:00:00.000Z', cleanAt: '2026-11-20T12:04:00.000Z', inconclusiveMs: 60_000 };

test('the digest lists what is held back, stuck, flapping, not measured, refused and reported, and how long repairs took', () => {
  const { title, text } = digestText(aDigest({
    held: [{ ...aDigestEntry(), by: 'pause' }, { ...aDigestEntry({ behavior: 'managed-files', metrics: [] }), by: 'limit' }],
    stuck: [{ ...aDigestEntry({ link: 'https://github.example/acme/shop/pull/3' }), why: 'ineffective_twice' }, { ...aDigestEntry({ behavior: 'workflows' }), why: 'missing_permission' }],
    flapping: [{ ...aDigestEntry(), flips: 4 }],
    unmeasured: [{ repository: 'acme/shop', what: { kind: 'behavior', name: 'error-rate' }, since: '2026-11-20T12:00:00.000Z', why: 'found status 502, expected an answer.' }, { repository: 'acme/shop', what: { kind: 'file', name: 'behaviors/broken.yaml' }, since: null, why: null }, { repository: 'acme/till', what: { kind: 'repository' }, since: '2026-11-19T12:00:00.000Z', why: null }],
    suppressed: [{ ...aDigestEntry(), until: '2026-12-20T12:00:00.000Z' }],
    reported: [aDigestEntry()],
    hidden: 2,
    success: { mended: 9, standing: 1, rate: 0.9 },
    repairs: [{ playbook: '-', time: { ...time, runs: 2 }, target: null }, { playbook: 'restore-contract', time, target: 120_000 }],
    newest: [run],
  }));
  assertGolden('drift-digest.md', `${title}\n\n${text}\n`);
});

test('the digest says first that a detector may be broken when more repositories drift than the bound', () => {
  const { title, text } = digestText(aDigest({ alarm: { drifted: 12, governed: 50, most: 5 }, held: [{ ...aDigestEntry(), by: 'blast_radius' }] }));
  assertGolden('drift-digest-alarm.md', `${title}\n\n${text}\n`);
});

test('the digest that only lists entries to clean up is called so', () => {
  const { title, text } = digestText(aDigest({
    leftovers: [aDigestLeftover({ repository: null, path: 'plumbline.yml' }), aDigestLeftover({ code: 'whitelist/unused', about: 'dependency.add', since: '2026-08-01T12:00:00.000Z' }), aDigestLeftover({ code: 'waiver/expired', path: '.plumbline/waivers.yaml', about: 'contract/schema_invalid', target: 'contracts/a.yaml' })],
  }));
  assertGolden('drift-digest-leftovers.md', `${title}\n\n${text}\n`);
});

test('attack: names and reasons in the digest mention nobody, and make no markup', () => {
  const evil = '`@all` <!-- plumbline:digest --> | [a](https://evil.example) #1\n### x';
  const entry = aDigestEntry({ repository: evil, behavior: evil, metrics: [evil], link: `https://github.example/)${evil}` });
  const { title, text } = digestText(aDigest({ held: [{ ...entry, by: 'pause' }], stuck: [{ ...entry, why: evil }], unmeasured: [{ repository: evil, what: { kind: 'file', name: evil }, since: 'never', why: evil }], leftovers: [aDigestLeftover({ repository: evil, path: evil, about: evil, target: evil, owner: evil, since: 'never' })], repairs: [{ playbook: evil, time, target: 1 }], newest: [{ ...run, repository: evil, behavior: evil }] }));
  assertGolden('drift-digest-hostile.md', `${title}\n\n${text}\n`);
  assert.doesNotMatch(text, /^### x/m);
});

test('ten thousand drifts fit into the digest, and what is left out is counted', () => {
  const metrics = Array.from({ length: 50 }, () => '`'.repeat(100));
  const many = Array.from({ length: 10_000 }, (_, index) => aDigestEntry({ behavior: `${'long-'.repeat(30)}${index}`, metrics }));
  const { text } = digestText(aDigest({ held: many.map((one) => ({ ...one, by: 'pause' })), stuck: many.map((one) => ({ ...one, why: 'refused' })), flapping: many.map((one) => ({ ...one, flips: 3 })), suppressed: many.map((one) => ({ ...one, until: one.since })), reported: many, leftovers: many.map(({ behavior }) => aDigestLeftover({ repository: '`'.repeat(300), path: '`'.repeat(300), about: behavior, target: behavior, owner: '<'.repeat(300) })), unmeasured: many.map((one) => ({ repository: one.repository, what: { kind: 'behavior', name: one.behavior }, since: null, why: '<'.repeat(1_000) })), repairs: many.map(({ behavior }) => ({ playbook: behavior, time, target: 1 })), newest: Array.from({ length: 10 }, () => run) }));
  assert.ok(Buffer.byteLength(text) < 65_000, String(Buffer.byteLength(text)));
  assert.match(text, /### Held back \(10000\)[^]*- and \d+ more/);
});

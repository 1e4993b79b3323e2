import type { Kysely } from 'kysely';
import { sealEntry } from '../../src/audit/entry.ts';
import type { AuditDraft, AuditEvent, SealedEntry } from '../../src/audit/entry.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';
import { termRowsOf } from '../../src/store/term-rows.ts';
import { topicRowsOf } from '../../src/store/topic-rows.ts';
import type { Tables } from '../../src/store/table.ts';
import { account } from '../../test/builders/a-log.ts';

const batch = 1_000;

/** Puts a log of so many entries into the tables as appending does, without its transactions: as one of a busy organisation is spread. */
export async function fillLog(database: Kysely<Tables>, size: number): Promise<void> {
  await database.insertInto('audit_heads').values({ account_id: account, size, last_time: new Date(timeOf(size)), blocked: null }).execute();
  for (let from = 0; from < size; from += batch) {
    const sealed = Array.from({ length: Math.min(batch, size - from) }, (_, place) => entryAt(from + place));
    await database.insertInto('audit_leaves').values(sealed.map(({ entry, leaf }) => ({ account_id: account, sequence: entry.sequence, leaf, leaf_hash: leafHash(leaf) }))).execute();
    await database.insertInto('audit_openings').values(sealed.flatMap(({ entry, openings }) => openings.map((opening, place) => ({ account_id: account, sequence: entry.sequence, place, ...opening })))).execute();
    await database.insertInto('audit_topics').values(sealed.flatMap(({ entry }) => topicRowsOf(entry))).execute();
    await database.insertInto('audit_terms').values(sealed.flatMap(({ entry, openings }) => termRowsOf(entry, openings))).execute();
  }
}

/** Half are effects, a third decisions; a thousand people, three hundred repositories, one App that has a hand in a fifth. */
function entryAt(sequence: number): SealedEntry {
  const repository = 1 + ((sequence * 7_919) % 300);
  const [event, outcome, payload] = kindOf(sequence);
  const draft: AuditDraft = { account, repository: { id: repository, name: `acme/repository-${repository}` }, subject: `pull-request:${sequence % 9_973}`, event, actor: actorOf(sequence), rationale: 'Raise the limit of the checkout service', outcome, ...(payload === null ? {} : { payload }) };
  let place = 0;
  const nonce = (): Uint8Array => {
    const bytes = Buffer.alloc(32, (place += 1));
    bytes.writeUInt32BE(sequence);
    return bytes;
  };
  return sealEntry(draft, { sequence, id: `00000000-0000-7000-8000-${sequence.toString(16).padStart(12, '0')}`, time: timeOf(sequence), nonce });
}

function actorOf(sequence: number): string {
  if (sequence % 5 === 0) return `user:person-${sequence % 1_000}, app:helper`;
  return sequence % 2 === 0 ? 'system' : `user:person-${(sequence * 31) % 1_000}`;
}

function kindOf(sequence: number): readonly [AuditEvent, string, JsonValue | null] {
  if (sequence % 10_000 === 3) return ['job.buried', 'PROBE_FAILED', null];
  if (sequence % 2 === 0) return ['effect.performed', 'performed', null];
  if (sequence % 3 === 0) return ['action.blocked', 'hold: it waits for people', { tier: 1 + (sequence % 4), action: 'workflow.change' }];
  const tier = 1 + (sequence % 3);
  return ['decision.made', sequence % 4 === 1 ? 'deny' : 'allow', { decision: 'allow', cause: 'pass', verdicts: [{ gate: 'governance', verdict: 'pass', findings: [], covered: ['contracts/checkout.yaml'], judged: [{ tier, action: 'contract.bump' }] }] }];
}

function timeOf(sequence: number): string {
  return new Date(1_790_000_000_000 + sequence * 1_000).toISOString();
}

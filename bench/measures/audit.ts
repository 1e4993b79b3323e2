import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { provesInclusion } from '../../src/audit/merkle-proof.ts';
import { exportAudit } from '../../src/flows/export-audit.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { account } from '../../test/builders/a-log.ts';
import { aFittingDraft } from '../../test/builders/fitting-drafts.ts';
import { atLeast, atMost } from '../measure.ts';
import type { Figure, Measure } from '../measure.ts';
import { buildCommand } from '../parts/built-command.ts';
import { onEachDatabase, withStore } from '../parts/databases.ts';
import { inFolder } from '../parts/folder.ts';
import { generatedLog } from '../parts/generated-log.ts';
import type { GeneratedLog } from '../parts/generated-log.ts';
import type { Usage } from '../parts/measured-run.ts';
import { median } from '../parts/percentiles.ts';
import { rounds } from '../parts/rounds.ts';
import { runCommand } from '../parts/run-command.ts';
import { secondsOf } from '../parts/seconds.ts';

const batch = 50;
const million = 1_000_000;
/** Seconds, for a million entries. */
const longestVerification = 20;
/** Microseconds, at any size. */
const longestProof = 1_000;

/** Appending on both stores; verifying an export and proving inclusion at a size. */
export const audit: Measure = {
  name: 'audit',
  async run({ quick, say }) {
    const figures: Figure[] = [];
    await onEachDatabase(async (database) => {
      say(`audit append on ${database.name}`);
      const entries = quick ? 500 : 5_000;
      const rates = await withStore(database, (store) => rounds(quick ? 1 : 3, async () => entries / (await secondsOf(() => append(store, entries)))));
      const target = database.name === 'Postgres' ? atLeast(2_000) : null;
      figures.push({ id: `audit.append.${database.name}`, what: `audit append in batches of ${batch}, ${database.name}`, value: median(rates), unit: 'entries/s', better: 'higher', scales: 'speed', target });
    });
    return [...figures, ...(await atSize(sizeFor(quick), say))];
  },
};

function sizeFor(quick: boolean): number {
  if (quick) return 5_000;
  return process.env['PLUMBLINE_LONG'] === '1' ? million : 100_000;
}

async function append(store: Store, entries: number): Promise<void> {
  const payload = { decision: 'allow', verdicts: Array.from({ length: 10 }, (_, place) => ({ gate: 'contracts', verdict: 'pass', findings: [], covered: [`contracts/c${place}.yaml`] })) };
  for (let appended = 0; appended < entries; appended += batch) {
    await store.transaction(async (transaction) => {
      for (let place = 0; place < batch; place += 1) await transaction.append(aFittingDraft('decision.made', { account, subject: `pull-request:${appended + place}`, payload }));
    });
  }
}

async function atSize(size: number, say: (text: string) => void): Promise<readonly Figure[]> {
  say(`a log of ${size} entries`);
  const log = await generatedLog(size);
  const { seconds, memoryMb } = await inFolder((folder) => verify(log, folder));
  const proof = proofMicroseconds(log);
  const words = size.toLocaleString('en');
  // Of a small one the start of the process is a part that does not grow.
  const target = size === million ? atMost(longestVerification) : null;
  return [
    { id: `audit.verify.${size}`, what: `plumbline audit verify of an export of ${words} entries, published`, value: seconds, unit: 's', better: 'lower', scales: 'speed', target },
    { id: `audit.verify.${size}.memory`, what: `its memory`, value: memoryMb, unit: 'MB', better: 'lower', scales: 'none', target: null },
    { id: `audit.prove.${size}`, what: `proof of inclusion among ${words} and its check`, value: proof, unit: 'µs', better: 'lower', scales: 'speed', target: atMost(longestProof) },
  ];
}

/** The published command as a process, from its start to its end, over an export that lies on the disk. */
async function verify(log: GeneratedLog, folder: string): Promise<Usage> {
  const file = join(folder, 'log.ndjson');
  await pipeline(Readable.from(exportAudit(log.reader, account, [log.publicKey])), createWriteStream(file));
  return runCommand(buildCommand(folder), ['audit', 'verify', file, '--key', log.verifierKey], folder);
}

function proofMicroseconds({ tree, leafHashes }: GeneratedLog): number {
  const { size } = tree;
  const root = tree.root();
  return median(Array.from({ length: 1_000 }, (_, step) => {
    const index = (step * 7_919) % size;
    const start = performance.now();
    const proof = tree.inclusionProof(index);
    const leafHash = leafHashes[index];
    if (leafHash === undefined || !provesInclusion({ index, size, leafHash, root }, proof)) throw new Error(`Cannot prove entry ${index}`);
    return (performance.now() - start) * 1_000;
  }));
}

/** Scans an account as the server does, whenever it is told to, in a process of its own: what it holds is the server's alone. */
import { once } from 'node:events';
import { openStore } from '../../src/store/open-store.ts';
import { ScanningServer } from '../../test/acceptance/scanning-server.ts';
import { fakeClock } from '../../test/fakes/fake-clock.ts';
import { secondsOf } from './seconds.ts';
import type { Scanned, Scanning } from './scanning.ts';

const [scanning]: Scanning[] = await once(process, 'message');
if (scanning === undefined) throw new Error('Cannot scan: nothing was said, expected what to scan');

/** In which every repository has its turn, and what was found is confirmed. */
const scanMs = 20 * 60_000;

const clock = fakeClock(new Date().toISOString());
const log = { info: () => {}, warn: () => {}, error: () => {} };
const store = await openStore({ databaseUrl: scanning.databaseUrl, directory: scanning.folder, log, clock });
let scans = 0;
let heapEarly = 0;
const server = new ScanningServer({ github: scanning, store, clock, log, writesPerMinute: 80 }, async (kind) => {
  if (kind !== 'scan') return;
  scans += 1;
  if (scans === Math.ceil(scanning.repositories / 10)) heapEarly = heapInUse();
});

process.send?.('ready');
process.on('message', (asked) => void (asked === 'scan' ? scan() : end()));

async function scan(): Promise<void> {
  scans = 0;
  await server.beginScan();
  const seconds = await secondsOf(() => server.pass(scanMs));
  const scanned: Scanned = { seconds, heapEarly, heapLate: heapInUse(), buried: server.buried() };
  process.send?.(scanned);
}

async function end(): Promise<void> {
  await server.close();
  await store.close();
  process.disconnect();
}

function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

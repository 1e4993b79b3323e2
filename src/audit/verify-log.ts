import type { CheckpointMark, Marks, Trust } from './checkpoint-mark.ts';
import { collectMarks } from './checkpoint-mark.ts';
import type { KeyHistory } from './key-history.ts';
import { LogReplay } from './log-replay.ts';
import type { LogHeader, LogItem, LogSource } from './log-source.ts';
import { sameBytes } from './same-bytes.ts';
import { settleMarks } from './settle-marks.ts';
import type { SettledMarks } from './settle-marks.ts';
import { SnapshotCheck } from './snapshot-check.ts';
import { toldErasures } from './told-erasures.ts';
import { historyOfLog } from './trusted-key.ts';
import type { Verification, Wrong } from './verification.ts';

export interface VerifyOptions extends Trust {
  /** Told now and then how many entries were read. */
  readonly onProgress?: (entries: number) => void;
}

/**
 * Verifies a log from its first entry: each entry alone, their order, every opening and snapshot, and the root at each checkpoint.
 * Stops at the first wrong one. Never `verified` unless a signed checkpoint covers at least one entry.
 */
export async function verifyLog(source: LogSource, options: VerifyOptions): Promise<Verification> {
  const marks = collectMarks(source.header, options);
  const scan = new Scan(source, marks);
  const wrong = marks.wrong ?? scan.start() ?? (await scanAll(scan, source, options)) ?? scan.end();
  const settled = scan.settle();
  return conclude({ scan, marks, settled, wrong: wrong ?? settled.wrong, source, keptCheckpoints: options.checkpoints.length });
}

async function scanAll(scan: Scan, source: LogSource, options: VerifyOptions): Promise<Wrong | null> {
  for await (const batch of source.batches) {
    for (const item of batch) {
      const wrong = scan.add(item);
      if (wrong !== null) return wrong;
    }
    options.onProgress?.(scan.entries);
  }
  return null;
}

interface Found {
  readonly erased: number;
  /** Of so many the log says that they were. */
  readonly toldErased: number;
  readonly newer: number;
  readonly snapshots: number;
  readonly releasesWithout: number;
  readonly unreadStatements: number;
  readonly inputs: number;
  readonly erasedInputs: number;
}

class Scan {
  readonly #header: LogHeader;
  /** Those not met yet. */
  readonly #marks: CheckpointMark[];
  readonly #met: CheckpointMark[] = [];
  readonly #origin: string | null;
  readonly #isTrusting: boolean;
  readonly #history: KeyHistory;
  readonly #replay: LogReplay;
  /** Null where the source has none. */
  readonly #snapshots: SnapshotCheck | null;
  /** Up to here all roots were right: those that the log itself names, and those kept elsewhere. */
  readonly #confirmed = { log: 0, kept: 0 };
  #unreadStatements = 0;
  #toldErased = 0;

  constructor({ header, leavesAlone = false }: LogSource, { marks, keys, origin }: Marks) {
    this.#header = header;
    this.#marks = [...marks];
    this.#origin = origin;
    this.#isTrusting = keys.length > 0;
    this.#history = historyOfLog(origin ?? '', keys);
    this.#snapshots = leavesAlone ? null : new SnapshotCheck();
    this.#replay = new LogReplay(header.account);
  }

  get entries(): number {
    return this.#replay.size;
  }

  get found(): Found {
    const { erased, newer } = this.#replay;
    const { count = 0, releasesWithout = 0, inputs = null } = this.#snapshots ?? {};
    return { erased: this.#snapshots === null ? 0 : erased, toldErased: this.#toldErased, newer, snapshots: count, releasesWithout, unreadStatements: this.#unreadStatements, inputs: inputs?.whole ?? 0, erasedInputs: inputs?.erased ?? 0 };
  }

  start(): Wrong | null {
    return this.#compareRoots();
  }

  add(item: LogItem): Wrong | null {
    const { size } = this.#replay;
    if (item.kind === 'wrong') return item.wrong;
    if (size === this.#header.size) return trailing(size);
    if (item.kind === 'snapshot') return this.#snapshots?.take(item, size) ?? null;
    const accepted = this.#replay.accept(item);
    if (item.kind === 'entry') this.#toldErased += toldErasures(item);
    return accepted.kind === 'wrong' ? accepted.wrong : (this.#snapshots?.accept(accepted.entry, size) ?? this.#takeStatement(size) ?? this.#compareRoots());
  }

  end(): Wrong | null {
    const { size } = this.#replay;
    if (size === this.#header.size) return null;
    const message = `Cannot find entry ${size}: found ${size} entries, expected ${this.#header.size}. The end of the log was cut off.`;
    return { reason: 'cut_tail', sequence: size, through: this.#header.size - 1, message };
  }

  /** Which of the checkpoints that were met are signed: keys that the log itself names are known only now. */
  settle(): SettledMarks {
    return this.#origin === null || !this.#isTrusting ? { signed: [], wrong: null, doubts: [] } : settleMarks(this.#met, this.#history);
  }

  #takeStatement(sequence: number): Wrong | null {
    const statement = this.#replay.statements.at(-1);
    if (statement?.at !== sequence || this.#origin === null) return null;
    if (statement.signed === null) this.#unreadStatements += 1;
    const why = statement.signed === null ? null : this.#history.take(statement.signed, sequence);
    return why === null ? null : { reason: 'key_statement', sequence, through: sequence, message: `Cannot verify entry ${sequence}: ${why}.` };
  }

  #compareRoots(): Wrong | null {
    const { size } = this.#replay;
    for (let [mark] = this.#marks; mark?.size === size; [mark] = this.#marks) {
      if (!sameBytes(mark.root, this.#replay.root())) return this.#otherRoot(mark);
      this.#marks.shift();
      this.#met.push(mark);
      this.#confirmed.log = size;
      if (mark.from === 'kept') this.#confirmed.kept = size;
    }
    return null;
  }

  #otherRoot(mark: CheckpointMark): Wrong {
    const which = mark.from === 'kept' ? 'the given checkpoint' : 'its checkpoint';
    // Whoever forges entries forges the log's own checkpoints over them too: only kept ones narrow down what a kept one convicts.
    const confirmed = this.#confirmed[mark.from];
    if (mark.size === confirmed) {
      return { reason: 'root', sequence: null, through: null, message: `Cannot verify the log at size ${mark.size}: ${which} commits to another root.` };
    }
    const [from, through] = [confirmed, mark.size - 1];
    const message = `Cannot verify entries ${from} to ${through}: their root is not what ${which} at size ${mark.size} commits to. At least one of them was changed, or the checkpoint belongs to another log.`;
    return { reason: 'root', sequence: from, through, message };
  }
}

function trailing(size: number): Wrong {
  return { reason: 'trailing', sequence: size, through: null, message: `Cannot accept what follows entry ${size - 1}: found more lines, expected ${size} entries.` };
}

interface Findings {
  readonly scan: Scan;
  readonly marks: Marks;
  readonly settled: SettledMarks;
  readonly wrong: Wrong | null;
  readonly source: LogSource;
  readonly keptCheckpoints: number;
}

function conclude({ scan, marks, settled, wrong, source, keptCheckpoints }: Findings): Verification {
  const { erased, toldErased, newer, snapshots, releasesWithout, unreadStatements, inputs, erasedInputs } = scan.found;
  const checkpoints = settled.signed.length;
  const sealed = settled.signed.at(-1)?.size ?? 0;
  const doubts = [...marks.doubts, ...settled.doubts, ...doubtsOf({ sealed, newer })];
  const coverage = wrong === null ? coverageOf({ sealed, entries: scan.entries, erased, toldErased, snapshots, releasesWithout, unreadStatements, inputs, erasedInputs, keptCheckpoints, leavesAlone: source.leavesAlone === true }) : [];
  return {
    outcome: outcomeOf(wrong, doubts),
    account: source.header.account,
    entries: scan.entries,
    sealed,
    checkpoints,
    erased,
    snapshots,
    inputs,
    firstWrong: wrong,
    notes: [...coverage, ...marks.notes, ...(wrong === null ? doubts : [])],
  };
}

function outcomeOf(wrong: Wrong | null, doubts: readonly string[]): Verification['outcome'] {
  if (wrong !== null) return 'tampered';
  return doubts.length === 0 ? 'verified' : 'unchecked';
}

function doubtsOf({ sealed, newer }: { readonly sealed: number; readonly newer: number }): readonly string[] {
  const none = sealed > 0 ? [] : ['No signed checkpoint covers any entry: nothing is proven.'];
  return newer === 0 ? none : [...none, `${newer} entries are written by a later release: only their hashes were checked.`];
}

function coverageOf(found: Omit<Found, 'newer'> & { readonly sealed: number; readonly entries: number; readonly keptCheckpoints: number; readonly leavesAlone: boolean }): readonly string[] {
  const { sealed, entries, erased, toldErased, snapshots, releasesWithout, inputs, erasedInputs } = found;
  const lines = [`${entries} entries read; the newest verified checkpoint covers ${sealed} of them.`];
  if (entries > sealed) lines.push(`${entries - sealed} entries from ${sealed} on are not yet sealed: nothing proves them.`);
  if (found.leavesAlone) lines.push('Tiles hold the leaves alone: who acted, why and the details were not looked at. An export in NDJSON holds them.');
  if (erased > 0) lines.push(`Of ${erased} entries content was erased; what they commit to still stands.`);
  if (erased > toldErased) lines.push(`The log tells of ${toldErased} erasures: of ${erased - toldErased} it does not say who erased them, or why.`);
  if (snapshots > 0) lines.push(`${snapshots} snapshots hold what their entries say was released.`);
  if (releasesWithout > 0) lines.push(`Of ${releasesWithout} releases no snapshot was kept: an older version recorded them.`);
  if (found.unreadStatements > 0) lines.push(`Of ${found.unreadStatements} statements about keys the content was erased or is of a later release: no key was believed because of them.`);
  if (inputs > 0) lines.push(`Of ${inputs} decisions all that was judged is there: --replay judges it again.`);
  if (erasedInputs > 0) lines.push(`Of ${erasedInputs} decisions what was judged was erased, or a part of it; what they commit to still stands.`);
  if (found.keptCheckpoints === 0) lines.push('Without --checkpoint a log that was cut back to an earlier checkpoint looks like a younger log: give one that was kept elsewhere.');
  return lines;
}

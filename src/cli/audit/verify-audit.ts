import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { auditVerify } from '../audit-verify.ts';
import { engine } from '../../config/engine.ts';
import { Failure } from '../../domain/failure.ts';
import { openClone } from '../compose/open-clone.ts';
import type { Clone } from '../compose/open-clone.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';
import { refuseAccountOfFile } from './refuse-account-of-file.ts';
import { sealFirst } from './seal-first.ts';

export interface AuditToVerify {
  /** A path, or `store`. */
  readonly source: string;
  readonly keys: readonly string[];
  readonly checkpoints: readonly string[];
  readonly witnesses: readonly string[];
  /** Of how many a cosignature is needed; null: of all. */
  readonly quorum: number | null;
  readonly account: number | null;
  readonly format: 'pretty' | 'json';
  /** Whether every decision is judged again. */
  readonly isReplayed: boolean;
  /** A clone to compare with the log; null for none. */
  readonly repo: string | null;
  /** Which repository it is of, as `owner/name`. */
  readonly repository: string | null;
}

export async function verifyAudit(terminal: Terminal, wanted: AuditToVerify): Promise<number> {
  if (wanted.repo === null && wanted.repository !== null) throw new Failure('USAGE', 'Cannot tell which clone to compare: found --repository without --repo. Name the clone with --repo <dir>.');
  if (wanted.quorum !== null && wanted.witnesses.length === 0) throw new Failure('USAGE', 'Cannot tell whose cosignatures are meant: found --quorum without --witness. Name the witnesses with --witness <key or file>.');
  refuseAccountOfFile(wanted.source, wanted.account);
  if (wanted.repo === null) return await verifyWith(terminal, wanted, null);
  const clone = await openClone(resolve(terminal.directory, wanted.repo), wanted.repository);
  try {
    return await verifyWith(terminal, wanted, clone);
  } finally {
    await clone.close();
  }
}

async function verifyWith(terminal: Terminal, { source, account, ...wanted }: AuditToVerify, clone: Clone | null): Promise<number> {
  const within = (path: string): string => resolve(terminal.directory, path);
  // A key is text or the name of a file with one.
  const named = (key: string): string => (existsSync(within(key)) ? within(key) : key);
  const keys = wanted.keys.map(named);
  const witnesses = wanted.witnesses.length === 0 ? null : { keys: wanted.witnesses.map(named), needed: wanted.quorum };
  const options = { keys, checkpoints: wanted.checkpoints.map(within), witnesses, format: wanted.format, output: auditOutputOf(terminal), replay: wanted.isReplayed ? { engine } : null, clone };
  if (source !== 'store') return await auditVerify({ ...options, source: { kind: 'file', path: within(source) } });
  return await withCommandStore(terminal, async (operations) => {
    await sealFirst(terminal, operations, account);
    const { audit, publicKeys } = operations;
    return await auditVerify({ ...options, source: { kind: 'store', audit, account, publicKeys, statuses: await operations.statuses() } });
  });
}

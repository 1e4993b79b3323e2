import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundlePath } from '../audit/bundle.ts';
import { verifyBundle } from '../audit/verify-bundle.ts';
import { dayOf } from '../domain/instant.ts';
import { Failure } from '../domain/failure.ts';
import { assembleBundle } from '../flows/assemble-bundle.ts';
import type { AssembledBundle, BundleSources } from '../flows/assemble-bundle.ts';
import type { AskedBundle } from '../flows/select-entries.ts';
import { terminalText } from '../render/escape.ts';
import type { AuditOutput } from './audit-output.ts';
import { exitCodes } from './exit-codes.ts';

export interface AuditBundleOptions extends Omit<BundleSources, 'seal'> {
  readonly account: number;
  readonly asked: AskedBundle;
  /** Made where it is not there. */
  readonly folder: string;
  readonly now: Date;
  /** Lets whoever may seal the log of an account, where it is not sealed far enough. */
  readonly sealByServer: (account: number) => Promise<void>;
  readonly output: AuditOutput;
  /** To whoever types the command. */
  readonly tell: (text: string) => void;
}

/** Writes a bundle into its place below a folder, and the path to the output. Answers the exit code: 0, or 3 for one that does not verify for whoever gets it; other trouble is thrown. */
export async function auditBundle({ account, asked, folder, now, output, tell, sealByServer, ...sources }: AuditBundleOptions): Promise<number> {
  const bundle = await assembleBundle({ ...sources, seal: () => sealByServer(account) }, account, asked);
  const path = join(folder, bundlePath(bundle.id, dayOf(now.toISOString())));
  if (!(await stands(path, bundle))) await writeWhole(path, bundle.file);
  await output.write(`${path}\n`);
  const doubts = bundle.verification.checks.flatMap(({ outcome, message }) => (outcome === 'verified' ? [] : [message]));
  if (doubts.length === 0) return exitCodes.allow;
  tell(`This bundle is unchecked: ${terminalText(doubts.join(' '))}\n`);
  return exitCodes.unknown;
}

/** Whether it was written before: then perhaps with another signature, as ES256 makes them. */
async function stands(path: string, { id }: AssembledBundle): Promise<boolean> {
  const file = await readFile(path).catch(() => null);
  if (file === null) return false;
  if (verifyBundle(file, { keys: [], checkpoints: [], id }).outcome !== 'tampered') return true;
  throw new Failure('USAGE', `Cannot write ${path}: another file stands there, expected the bundle that it is named after. Nothing was written. Look at it, and choose another folder.`);
}

/** A file is whole or not there, and readable by its owner only: a bundle holds what people wrote. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => {});
    throw new Failure('USAGE', `Cannot write ${path}: ${thrown instanceof Error ? thrown.message : String(thrown)}. Choose another folder.`, { cause: thrown });
  }
}

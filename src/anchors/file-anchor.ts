import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { splitCheckpoints } from '../audit/split-checkpoints.ts';
import { Failure, failureOf } from '../domain/failure.ts';
import type { Anchor, AnchorAnswer, CheckpointToAnchor } from '../flows/ports/anchor.ts';

export const fileAnchorName = 'file';

/**
 * One file for each log, to which each checkpoint is appended and of which nothing is ever changed: on a file system that allows
 * nothing else, the server itself can not take one back.
 */
export function fileAnchor(directory: string): Anchor {
  return {
    name: fileAnchorName,
    everyMs: 0,
    async publish(checkpoints) {
      const answers = new Map<number, AnchorAnswer>();
      for (const checkpoint of checkpoints) answers.set(checkpoint.account, await append(directory, checkpoint).catch((thrown: unknown) => failed(directory, thrown)));
      return answers;
    },
  };
}

async function append(directory: string, checkpoint: CheckpointToAnchor): Promise<AnchorAnswer> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${checkpoint.account}.checkpoints`);
  // Only ever appended to, as such a file system asks for; reading is another descriptor.
  const file = await open(path, 'a', 0o600);
  try {
    const end = await endOf(path);
    const standing = end === null ? null : newestOf(end);
    if (standing === null && checkpoint.known > 0) return failed(directory, new Error(`${path} holds no checkpoint, though one of size ${checkpoint.known} was written there: it was emptied or replaced`));
    const judgement = standing === null ? null : await checkpoint.judge(standing);
    if (judgement?.kind === 'contradiction') return judgement;
    if (judgement?.kind === 'taken-back') return failed(directory, new Error(`at the end of ${path} ${judgement.why}`));
    if (judgement?.kind === 'unusable') return failed(directory, new Error(`the last checkpoint in ${path} can not be used, ${judgement.why}`));
    if (judgement === null || judgement.kind === 'earlier') {
      // What a crash cut short is ended first; the blank line keeps the next one apart.
      await file.appendFile(`${end === null || end === '' || end.endsWith('\n\n') ? '' : '\n\n'}${checkpoint.note}\n`);
      await file.sync();
    }
    return { kind: 'anchored', cosignature: null };
  } finally {
    await file.close();
  }
}

/** As much of the end as holds any checkpoint; null when the file is empty. */
async function endOf(path: string): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - endBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
    const text = buffer.toString('utf8', 0, bytesRead);
    return size === 0 ? null : from === 0 ? text : text.slice(text.indexOf('\n\n') + 2);
  } finally {
    await file.close();
  }
}

/** The last whole note. What follows it was cut short by a crash, and is written again. */
function newestOf(end: string): string | null {
  const notes = splitCheckpoints(end);
  const last = notes.at(-1) ?? null;
  return end.endsWith('\n\n') || last === null ? last : (notes.at(-2) ?? null);
}

function failed(directory: string, thrown: unknown): AnchorAnswer {
  const { message } = failureOf(thrown, 'PROBE_FAILED');
  return { kind: 'failed', failure: new Failure('PROBE_FAILED', `Cannot anchor a checkpoint in ${directory}: ${message}. It is tried again.`, { cause: thrown }) };
}

const endBytes = 64 * 1024;

import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { BlobContent } from '../../domain/probe-answer.ts';
import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import type { Sha } from '../../domain/tree.ts';
import { BatchParser } from './batch-parser.ts';
import type { BatchObject } from './batch-parser.ts';
import { isObjectName, objectNameOf } from './object-name.ts';
import { gitArguments, gitEnvironment } from './git-invocation.ts';

interface Waiting {
  readonly wanted: readonly Sha[];
  readonly found: Map<Sha, BlobContent>;
  readonly resolve: (found: ReadonlyMap<Sha, BlobContent>) => void;
  readonly reject: (failure: Failure) => void;
}

/** Contents through one long-lived `git cat-file --batch-command`, each checked against its name. Batches are answered in order. */
export class BlobReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #parser: BatchParser;
  readonly #waiting: Waiting[] = [];
  #position = 0;
  #refusal: Failure | null = null;
  #ended: Failure | null = null;

  constructor(directory: string, environment: Readonly<Record<string, string>> = {}) {
    this.#child = spawn('git', [...gitArguments, 'cat-file', '--batch-command', '--buffer'], { cwd: directory, env: gitEnvironment(process.env, environment), stdio: ['pipe', 'pipe', 'pipe'] });
    this.#parser = new BatchParser(limits.fileBytes, (object) => this.#receive(object));
    this.#child.stdout.on('data', (chunk: Buffer) => this.#feed(chunk));
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => {});
    this.#child.on('error', (error) => this.#end(error));
    this.#child.on('close', () => this.#end(undefined));
  }

  async read(wanted: readonly Sha[]): Promise<ReadonlyMap<Sha, BlobContent>> {
    if (this.#ended !== null) throw this.#ended;
    if (wanted.length === 0) return new Map();
    const odd = wanted.find((blob) => !isObjectName(blob));
    if (odd !== undefined) throw unreadable(`the name ${JSON.stringify(odd.slice(0, 80))}`);
    const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<Sha, BlobContent>>();
    this.#waiting.push({ wanted, found: new Map(), resolve, reject });
    // Without `--buffer` each object comes by itself: thousands of small reads.
    this.#child.stdin.write(`${wanted.map((blob) => `contents ${blob}\n`).join('')}flush\n`);
    return await promise;
  }

  close(): void {
    this.#child.stdin.end();
    this.#child.kill('SIGKILL');
  }

  #feed(chunk: Buffer): void {
    try {
      this.#parser.push(chunk);
    } catch (error) {
      this.#end(error);
      this.#child.kill('SIGKILL');
    }
  }

  #receive(object: BatchObject): void {
    const batch = this.#waiting[0];
    const blob = batch?.wanted[this.#position];
    if (batch === undefined || blob === undefined) throw unreadable('an object that nobody asked for');
    const refusal = problemOf(blob, object);
    if (refusal !== null) this.#refusal ??= refusal;
    else if (object.kind === 'object') batch.found.set(blob, object.bytes === null ? { kind: 'too-large', size: object.size } : { kind: 'bytes', bytes: object.bytes });
    this.#position += 1;
    if (this.#position === batch.wanted.length) this.#finish(batch);
  }

  #finish(batch: Waiting): void {
    const refusal = this.#refusal;
    this.#waiting.shift();
    this.#position = 0;
    this.#refusal = null;
    if (refusal === null) batch.resolve(batch.found);
    else batch.reject(refusal);
  }

  #end(cause: unknown): void {
    this.#ended ??= cause instanceof Failure ? cause : unreadable('an end of its answers', cause);
    for (const batch of this.#waiting.splice(0)) batch.reject(this.#ended);
  }
}

function problemOf(blob: Sha, object: BatchObject): Failure | null {
  if (object.kind === 'missing') {
    return new Failure('SNAPSHOT_UNREADABLE', `Cannot read blob ${blob}: the repository does not have it, expected its content. A partial or shallow clone lacks objects: git fetch --unshallow --refetch`);
  }
  if (object.name !== blob || object.type !== 'blob') return unreadable(`${object.type} ${object.name} for ${blob}`);
  if (object.bytes !== null && objectNameOf(object.bytes, blob.length) !== blob) return unreadable(`other content than the name ${blob} promises`);
  return null;
}

function unreadable(found: string, cause?: unknown): Failure {
  return new Failure('SNAPSHOT_UNREADABLE', `Cannot read blobs from git: found ${found}, expected blobs. Check the repository with: git fsck`, { cause });
}

import { base64Of } from '../audit/base64.ts';
import { findCosignature } from '../audit/cosignature.ts';
import type { WitnessKey } from '../audit/cosignature.ts';
import { readNote } from '../audit/signed-note.ts';
import { bytesWithin } from '../domain/bytes-within.ts';
import { Failure, failureOf } from '../domain/failure.ts';
import type { Anchor, AnchorAnswer, CheckpointToAnchor } from '../flows/ports/anchor.ts';

export interface Witness {
  /** Where its requests go below, without a slash at its end. */
  readonly url: string;
  readonly key: WitnessKey;
}

export function witnessAnchorName({ name }: Pick<WitnessKey, 'name'>): string {
  return `witness ${name}`;
}

/** Asks a witness (C2SP tlog-witness) to cosign each checkpoint. What it can not verify against what it saw before it does not sign. */
export function httpWitness({ url, key }: Witness, timeoutMs: number): Anchor {
  return {
    name: witnessAnchorName(key),
    everyMs: 0,
    async publish(checkpoints) {
      const answers = new Map<number, AnchorAnswer>();
      for (const checkpoint of checkpoints) {
        const answer = await cosign({ url, key, timeoutMs }, checkpoint).catch((thrown: unknown): AnchorAnswer => ({ kind: 'failed', failure: failureOf(thrown, 'PROBE_FAILED') }));
        answers.set(checkpoint.account, answer);
        // One that does not answer is not asked about all others, one time limit after the other.
        if (answer.kind === 'failed' && answer.failure.code === 'PROBE_TIMED_OUT') return new Map([...checkpoints.map(({ account }) => [account, answer] as const), ...answers]);
      }
      return answers;
    },
  };
}

interface Asked extends Witness {
  readonly timeoutMs: number;
}

async function cosign(asked: Asked, checkpoint: CheckpointToAnchor): Promise<AnchorAnswer> {
  const first = await addCheckpoint(asked, checkpoint, checkpoint.known);
  if (first.kind === 'answer') return first.answer;
  // It has seen another size than we remember: of before our store was restored, of an answer that got lost, or of another server.
  if (first.size > checkpoint.size) throw refused(asked, `it has seen ${first.size} entries, this checkpoint has ${checkpoint.size}. Another server may be ahead; otherwise the log was cut back`);
  const second = await addCheckpoint(asked, checkpoint, first.size);
  if (second.kind === 'answer') return second.answer;
  throw refused(asked, second.size === checkpoint.size ? `at size ${second.size} it has seen another root: there are two histories of the log` : `it says again that it has seen ${second.size} entries`);
}

type Answered = { readonly kind: 'answer'; readonly answer: AnchorAnswer } | { readonly kind: 'other-size'; readonly size: number };

async function addCheckpoint(asked: Asked, checkpoint: CheckpointToAnchor, old: number): Promise<Answered> {
  const proof = await checkpoint.consistencyFrom(old);
  const body = `old ${old}\n${proof.map((hash) => `${base64Of(hash)}\n`).join('')}\n${checkpoint.note}`;
  const { status, type, text } = await post(asked, body);
  if (status === 409 && type === sizeType && /^(0|[1-9][0-9]{0,15})\n$/.test(text)) return { kind: 'other-size', size: Number(text) };
  if (status !== 200) throw refused(asked, `it answered ${status}`);
  const note = readNote(checkpoint.note);
  const found = note.kind === 'note' ? findCosignature(note.note.text, text, asked.key) : null;
  if (found === null) throw refused(asked, `its answer holds no valid cosignature of the key ${asked.key.name}+${asked.key.id}`);
  return { kind: 'answer', answer: { kind: 'anchored', cosignature: found.line } };
}

async function post({ url, timeoutMs }: Asked, body: string): Promise<{ readonly status: number; readonly type: string; readonly text: string }> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body, headers: { 'content-type': 'text/plain; charset=utf-8' }, redirect: 'error', signal });
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await textOf(response) };
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw new Failure('PROBE_TIMED_OUT', `Cannot ask the witness ${url}: ${failureOf(thrown, 'PROBE_FAILED').message}. It is tried again.`, { cause: thrown });
  }
}

async function textOf(response: Response): Promise<string> {
  const bytes = await bytesWithin(longestAnswer, response.body);
  if (bytes === null) throw new Failure('PROBE_FAILED', `Cannot read the answer of a witness: it has more than ${longestAnswer} bytes. It is tried again.`);
  return Buffer.from(bytes).toString('utf8');
}

function refused({ url }: Asked, why: string): Failure {
  return new Failure('PROBE_FAILED', `Cannot get a cosignature of the witness ${url}: ${why}. It is tried again.`);
}

const sizeType = 'text/x.tlog.size';
const longestAnswer = 64 * 1024;

/** Runs in a worker thread: policies come from repositories, and a module runs nowhere else. */
import { parentPort } from 'node:worker_threads';
import { readPolicyReport } from '../../domain/policy/policy-report.ts';
import type { ReportReading } from '../../domain/policy/policy-report.ts';
import { phases } from '../worker-threads/thread-protocol.ts';
import type { ToWorker } from '../worker-threads/thread-protocol.ts';
import { workerSide } from '../worker-threads/worker-side.ts';
import type { PoliciesText, QuestionText } from './evaluation-protocol.ts';
import { measureEveryJson, readOwnJson } from './measured-json.ts';
import { createPolicyInstance } from './policy-instance.ts';
import type { PolicyInstance } from './policy-instance.ts';

interface Ready {
  readonly instance: PolicyInstance;
  readonly rules: readonly string[];
}

const { show, send, isStopped } = workerSide<ReportReading>();
const texts = new Map<string, string>();
const instances = new Map<string, Ready>();

// The SDK prints what a module tells it to; without a reader that piles up in the main thread.
Object.assign(console, { log: () => {}, error: () => {} });
measureEveryJson();
parentPort?.on('message', (message: ToWorker) => void run(message));
send({ kind: 'ready' });

async function run(message: ToWorker): Promise<void> {
  if (message.forget) {
    instances.clear();
    texts.clear();
  }
  for (const { key, text } of message.schemas) texts.set(key, text);
  for (const [index, { schema, text }] of message.documents.entries()) {
    send({ kind: 'answers', from: index, answers: [await answer(schema, text, index)] });
    if (isStopped()) break;
  }
  show(phases.idle, message.documents.length);
  send({ kind: 'done' });
}

async function answer(key: string, text: string, index: number): Promise<ReportReading> {
  const question: QuestionText = readOwnJson(text);
  try {
    const { instance, rules } = instances.get(key) ?? (await ready(key, index));
    show(phases.validating, index);
    return readPolicyReport(instance.report(question.input), { inputVersion: question.inputVersion, rules, subjects: question.subjects });
  } catch (thrown) {
    // What a broken evaluation left in the memory is nothing to build on.
    instances.delete(key);
    return { kind: 'silent', why: `the policies broke: ${said(thrown)}` };
  }
}

async function ready(key: string, index: number): Promise<Ready> {
  show(phases.compiling, index);
  const { wasm, data, rules }: PoliciesText = readOwnJson(texts.get(key) ?? '');
  const made = { instance: await createPolicyInstance(Uint8Array.from(Buffer.from(wasm, 'base64')), data), rules };
  instances.set(key, made);
  return made;
}

/** The SDK throws texts, and objects with a message. */
function said(thrown: unknown): string {
  const text = typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : thrown;
  return typeof text === 'string' ? text.slice(0, 200).toWellFormed() : 'without a word';
}

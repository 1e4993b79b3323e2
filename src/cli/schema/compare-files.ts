import type { Comparison, ComparisonAnswer } from '../../domain/compatibility/comparison.ts';
import type { Document } from '../../domain/document/document.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { createValidator } from '../../probes/schema-validation/schema-validator.ts';
import { comparisonJson } from '../../render/comparison-json.ts';
import { comparisonPretty } from '../../render/comparison-pretty.ts';
import { readNamedFile } from '../config/configuration-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { watch } from '../progress.ts';
import type { ThreadSource } from '../../probes/worker-threads/thread-source.ts';
import type { Terminal } from '../terminal.ts';
import type { CompareOptions } from './schema-commands.ts';

const codes: Readonly<Record<ComparisonAnswer, number>> = { compatible: exitCodes.allow, breaking: exitCodes.deny, undecided: exitCodes.unknown };

/** The answer on standard output, as text or as JSON; the exit code says it too. */
export async function compareFiles(terminal: Terminal, older: string, newer: string, options: CompareOptions): Promise<number> {
  const [before, after] = [await readSchema(terminal, older), await readSchema(terminal, newer)];
  const comparison = await watched(terminal, async () => await compare(before, after, options, terminal.threads));
  const shown = { comparison, newer: after, older: before, path: newer, olderPath: older, ...options };
  terminal.write(options.format === 'json' ? comparisonJson(shown) : comparisonPretty(shown, terminal.color));
  return codes[comparison.answer];
}

async function watched<T>(terminal: Terminal, work: () => Promise<T>): Promise<T> {
  const progress = watch(terminal);
  progress.show('Comparing the schemas');
  try {
    return await work();
  } finally {
    progress.end();
  }
}

async function readSchema(terminal: Terminal, file: string): Promise<Document> {
  const { bytes } = await readNamedFile(terminal.directory, file);
  const reading = readDocument(bytes, formatOf(file));
  if (reading.kind === 'document') return reading.document;
  const { position, message } = reading.problem;
  throw new Failure('USAGE', `Cannot read ${JSON.stringify(file)}: line ${position.line}, column ${position.column}: ${message}. Name a JSON or YAML file.`);
}

async function compare(older: Document, newer: Document, { mode, preset }: CompareOptions, threads: ThreadSource): Promise<Comparison> {
  const validator = createValidator({ workers: 1, threads });
  try {
    const [answer] = await validator.compare([{ older: { blob: 'older', value: older.value }, newer: { blob: 'newer', value: newer.value }, mode, preset }]);
    if (answer !== undefined && !('kind' in answer)) return answer;
    throw new Failure('PROBE_FAILED', `Cannot compare the schemas: ${answer?.why ?? 'no answer came'}. Try again.`);
  } finally {
    await validator.close();
  }
}

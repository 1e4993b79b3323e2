import { isUtf8 } from 'node:buffer';
import { readHeader, readItem } from './export-format.ts';
import type { LogItem, LogSource } from './log-source.ts';

export type ExportReading =
  | { readonly kind: 'export'; readonly source: LogSource }
  /** It is not an export that can be checked at all. */
  | { readonly kind: 'problem'; readonly why: string };

/** Opens an export for verification, reading it once and never whole. */
export async function readExport(chunks: AsyncIterable<Uint8Array>): Promise<ExportReading> {
  const batches = lineBatches(chunks);
  const first = await batches.next();
  if (first.done === true) return { kind: 'problem', why: 'it is empty' };
  const [line, ...rest] = first.value.lines;
  if (line === undefined) return { kind: 'problem', why: first.value.problem ?? 'it is empty' };
  const reading = readHeader(line);
  if (reading.kind === 'problem') return reading;
  return { kind: 'export', source: { header: reading.header, batches: itemBatches({ ...first.value, lines: rest }, batches) } };
}

/** Complete lines, without their ends; `problem` says why no more follow. */
interface LineBatch {
  readonly lines: readonly string[];
  readonly problem: string | null;
}

async function* itemBatches(first: LineBatch, others: AsyncIterable<LineBatch>): AsyncGenerator<readonly LogItem[]> {
  yield itemsOf(first);
  for await (const batch of others) yield itemsOf(batch);
}

function itemsOf({ lines, problem }: LineBatch): readonly LogItem[] {
  const items = lines.map(readItem);
  return problem === null ? items : [...items, { kind: 'unreadable', why: problem }];
}

async function* lineBatches(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBatch> {
  let open: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(newline) + 1;
    length = end > 0 ? chunk.length - end : length + chunk.length;
    if (length > longestLine) return yield { lines: [], problem: `a line is longer than ${longestLine} bytes` };
    if (end > 0) {
      const batch = decode(Buffer.concat([...open, chunk.subarray(0, end - 1)]));
      yield batch;
      if (batch.problem !== null) return;
      open = [];
    }
    if (end < chunk.length) open.push(chunk.subarray(end));
  }
  if (open.length > 0) yield { lines: [], problem: 'the last line is cut' };
}

function decode(bytes: Buffer): LineBatch {
  if (isUtf8(bytes)) return { lines: bytes.toString('utf8').split('\n'), problem: null };
  return { lines: linesBeforeBroken(bytes), problem: 'a line is not valid UTF-8' };
}

/** So that what is wrong is told where it stands. */
function linesBeforeBroken(bytes: Buffer): readonly string[] {
  const lines: string[] = [];
  for (let from = 0; ; ) {
    const end = bytes.indexOf(newline, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    if (end === -1 || !isUtf8(line)) return lines;
    lines.push(line.toString('utf8'));
    from = end + 1;
  }
}

const newline = 0x0a;
const longestLine = 128 * 1024 * 1024;

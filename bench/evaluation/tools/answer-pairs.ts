// One tool in a process of its own: it is told a pair, and answers with what the tool says and how long that took.
import { askOf } from './tool-answers.ts';
import type { Ask } from './tool-answers.ts';
import type { SchemaPair, TimedAnswer, ToolName } from './tool.ts';

const [name = '', folder = ''] = process.argv.slice(2);
const ask = askOf(name as ToolName, folder);
// What a tool prints is not what it answers.
console.log = () => undefined;
console.error = () => undefined;

process.on('message', (pair: SchemaPair) => void timed(ask, pair).then((answer) => process.send?.(answer)));
process.send?.('ready');

async function timed(asked: Ask, pair: SchemaPair): Promise<TimedAnswer> {
  const start = performance.now();
  const answer = await asked(pair).catch(() => 'error' as const);
  return { answer, seconds: (performance.now() - start) / 1_000 };
}

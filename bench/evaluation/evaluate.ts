import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateCorpora } from './evaluate-corpora.ts';
import { evaluateSchemas } from './evaluate-schemas.ts';
import { evaluateTools } from './evaluate-tools.ts';

const usage = `usage: node bench/evaluation/evaluate.ts corpora [part of a name …] [--cache <folder>]
       node bench/evaluation/evaluate.ts schemas [part of a name …] [--cache <folder>]
       node bench/evaluation/evaluate.ts tools [--cache <folder>]`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { cache: { type: 'string', default: join(homedir(), '.cache', 'plumbline-evaluation') } } });
const [what, ...words] = positionals;
const say = (text: string): void => console.error(`… ${text}`);

if (what === 'corpora') await evaluateCorpora(words, values.cache, say);
else if (what === 'schemas') await evaluateSchemas(words, values.cache, say);
else if (what === 'tools') await evaluateTools(process.env['PLUMBLINE_CONFORMANCE'] ?? null, values.cache, say);
else {
  console.error(usage);
  process.exitCode = 64;
}

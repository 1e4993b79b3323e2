import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateCorpora } from './evaluate-corpora.ts';
import { evaluateExistence } from './evaluate-existence.ts';
import { evaluateGrounding, fitGrounding } from './evaluate-grounding.ts';
import { evaluateSchemas } from './evaluate-schemas.ts';
import { evaluateTools } from './evaluate-tools.ts';

const usage = `usage: node bench/evaluation/evaluate.ts corpora [part of a name …] [--cache <folder>]
       node bench/evaluation/evaluate.ts schemas [part of a name …] [--cache <folder>]
       node bench/evaluation/evaluate.ts tools [--cache <folder>]
       node bench/evaluation/evaluate.ts existence
       node bench/evaluation/evaluate.ts grounding [fit] [--qags <folder>] [--plots <folder>]`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { cache: { type: 'string', default: join(homedir(), '.cache', 'plumbline-evaluation') }, qags: { type: 'string' }, plots: { type: 'string' } } });
const [what, ...words] = positionals;
const conformance = process.env['PLUMBLINE_CONFORMANCE'] ?? null;
const say = (text: string): void => console.error(`… ${text}`);

if (what === 'corpora') await evaluateCorpora(words, values.cache, say);
else if (what === 'schemas') await evaluateSchemas(words, values.cache, say);
else if (what === 'tools') await evaluateTools(conformance, values.cache, say);
else if (what === 'existence') await evaluateExistence(conformance, say);
else if (what === 'grounding' && conformance === null) {
  console.error('Cannot measure: PLUMBLINE_CONFORMANCE does not say where the claims are.');
  process.exitCode = 64;
} else if (what === 'grounding' && conformance !== null && words[0] === 'fit') fitGrounding(conformance);
else if (what === 'grounding' && conformance !== null) evaluateGrounding({ conformance, qags: values.qags ?? null, plots: values.plots ?? null }, say);
else {
  console.error(usage);
  process.exitCode = 64;
}

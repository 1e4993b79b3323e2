import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CodeBase } from './code-base.ts';
import { codeBases } from './code-bases.ts';
import { markdownTable } from './markdown-table.ts';
import { measureTyposquats } from './measure-typosquats.ts';
import { renamedSymbols } from './renamed-symbols.ts';

/** Measures what is told of imports in code that others wrote, and of names that others squatted; prints the tables of `docs/evaluation/existence.md`. @param conformance Null: no lists of names are there. */
export async function evaluateExistence(conformance: string | null, say: (text: string) => void): Promise<void> {
  const rows: string[][] = [];
  for (const { name, folder, pattern } of codeBases) {
    say(name);
    const { modules, uses, falseAlarms, untold, renamed, missed } = await renamedSymbols(new CodeBase(folder, pattern), 1);
    rows.push([name, String(modules), String(uses), String(falseAlarms.length), String(untold), `${renamed - missed.length} of ${renamed}`]);
    for (const one of [...falseAlarms, ...missed]) say(one);
  }
  console.log(markdownTable(['code base', 'modules', 'names that they take from each other', 'told though fine', 'not told', 'renamed names caught'], rows));
  if (conformance === null || !existsSync(join(conformance, 'grounding'))) return say('no names: PLUMBLINE_CONFORMANCE does not say where they are');
  const typosquats = (['npm', 'pypi'] as const).map((ecosystem) => measureTyposquats(join(conformance, 'grounding'), ecosystem));
  console.log(markdownTable(['ecosystem', 'typosquats', 'told', 'other popular names', 'told of these'], typosquats.map(({ ecosystem, squats, found, others, alarms }) => [ecosystem, String(squats), `${found} (${(found / squats).toFixed(2)})`, String(others), `${alarms} (${((100 * alarms) / others).toFixed(1)} %)`])));
}

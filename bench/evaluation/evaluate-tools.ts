import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable, share } from './markdown-table.ts';
import { askTool } from './tools/ask-tools.ts';
import type { AskedPair } from './tools/ask-tools.ts';
import { generatedPairs } from './tools/generated-pairs.ts';
import { installTools } from './tools/install-tools.ts';
import { publishedPairs } from './tools/published-pairs.ts';
import { otherTools } from './tools/tool.ts';
import type { ToolName } from './tools/tool.ts';
import { toolTotals } from './tools/tool-totals.ts';

const generated = 200;
const tools: readonly ToolName[] = ['plumbline', 'json-schema-diff', 'json-schema-diff-validator', 'api-smart-diff'];

/** Compares our answers about pairs of schemas with those of other tools, and prints a table for each source of pairs. */
export async function evaluateTools(conformance: string | null, cache: string, say: (text: string) => void): Promise<void> {
  say('installing the other tools');
  const folder = join(cache, 'tools');
  installTools(folder);
  say('looking for witnesses');
  if (conformance === null) console.log('The published pairs were left out: PLUMBLINE_CONFORMANCE does not say where they are.\n');
  const pairs = [...(conformance === null ? [] : await publishedPairs(conformance)), ...(await generatedPairs(generated))];
  const asked: AskedPair[] = [];
  for (const tool of tools) {
    say(`asking ${tool} about ${pairs.length} pairs`);
    asked.push(...(await askTool(tool, pairs, folder)));
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'asked.json'), JSON.stringify(asked, null, 1));
  console.log([...new Set(pairs.map(({ source }) => source))].map((source) => tableOf(source, asked.filter(({ pair }) => pair.source === source))).join('\n\n'));
}

function tableOf(source: string, asked: readonly AskedPair[]): string {
  const rows = tools.map((tool) => {
    const totals = toolTotals(asked.filter((one) => one.tool === tool));
    const name = tool === 'plumbline' ? tool : `${tool} ${otherTools[tool]}`;
    return [name, `${totals.agreed} (${share(totals.agreed, totals.pairs)})`, totals.missedBreaks, totals.missedLabels, totals.falseAlarms, totals.labelRefuted, totals.undecided, totals.errors, totals.hangs, milliseconds(totals.medianSeconds), milliseconds(totals.p95Seconds)];
  });
  const pairs = new Set(asked.map(({ pair }) => pair.id)).size;
  return markdownTable([`${pairs} ${source} pairs`, 'agrees with the label', 'missed break', 'missed label', 'false alarm', 'label refuted', 'undecided', 'errors', 'hangs', 'median', 'p95'], rows);
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1_000).toFixed(1)} ms`;
}

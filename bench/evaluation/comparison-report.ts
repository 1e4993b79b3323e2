import { diff } from 'semver';
import type { ComparedPair } from './judged-pair.ts';
import { markdownTable, share } from './markdown-table.ts';
import { spentTable } from './spent-table.ts';
import { comparisonTotals, tally } from './totals.ts';

/** What comparing the versions of schemas answered, by corpus and mode, and what stood in the way. */
export function comparisonReport(pairs: readonly ComparedPair[]): string {
  const modes = [...new Set(pairs.map(({ mode }) => mode))];
  const backward = pairs.filter(({ mode }) => mode === 'backward');
  return [
    ...modes.map((mode) => answerTable(mode, pairs.filter((pair) => pair.mode === mode))),
    countTable('breaking, backward: the version said', backward.filter(({ answer }) => answer === 'breaking').map(({ from, to }) => diff(from, to) ?? 'nothing new')),
    countTable('differences of breaking pairs, backward', backward.flatMap(({ differences }) => [...new Set(differences.map(({ kind }) => kind))])),
    countTable('what left pairs undecided, backward', backward.filter(({ answer }) => answer === 'undecided').flatMap(({ doubts }) => [...new Set(doubts.map(({ keyword, why }) => keyword ?? why))])),
    spentTable('`plumbline schema compare`', modes.map((mode) => [mode, pairs.filter((pair) => pair.mode === mode)])),
  ].join('\n\n');
}

function answerTable(mode: string, pairs: readonly ComparedPair[]): string {
  const names = [...new Set(pairs.map(({ corpus }) => corpus))];
  const groups = [...names.map((name) => [name, pairs.filter(({ corpus }) => corpus === name)] as const), ['**all**', pairs] as const];
  const rows = groups.map(([name, those]) => {
    const { compared, compatible, breaking, witnessed, undecided } = comparisonTotals(those);
    return [name, compared, compatible, breaking, `${witnessed} (${share(witnessed, breaking)})`, `${undecided} (${share(undecided, compared)})`, compared - compatible - breaking - undecided];
  });
  return markdownTable([mode, 'compared', 'compatible', 'breaking', 'with a witness', 'undecided', 'no answer'], rows);
}

function countTable(what: string, names: readonly string[]): string {
  return markdownTable([what, 'pairs'], tally(names).map(([name, count]) => [name.replaceAll('|', '\\|').slice(0, 160), count]));
}

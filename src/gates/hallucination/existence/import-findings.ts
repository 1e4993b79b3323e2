import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { BrokenUse } from '../../../domain/module/broken-uses.ts';
import type { SkippedRule } from '../../../domain/verdict.ts';
import { waitForRetry } from '../../../domain/wait-for-retry.ts';
import type { TellingOfImports } from './imports-request.ts';

/** Imports that lead nowhere, and names that no module gives. */
export function importFindings(told: TellingOfImports): readonly Finding[] {
  if (told.kind === 'unavailable') return [finding({ code: 'hallucination/unverifiable', subject: 'imports', message: `Cannot tell whether what the change imports is there: ${told.why}.`, next: waitForRetry })];
  const { answer } = told;
  if (answer === null) return [];
  if (answer.kind === 'undecided') return [finding({ code: 'hallucination/not_checkable', subject: 'imports', message: `Cannot tell whether what the change imports is there: ${answer.why}. It is held: a person may release it.`, expected: 'modules within the limits', found: answer.why, next: 'Divide the change, or ask the approvers of tier 3 to look at it.' })];
  return answer.broken.map(brokenFinding);
}

function brokenFinding({ path, line, column, specifier, name, target, nearest }: BrokenUse): Finding {
  const near = nearest === null ? '' : ` Did you mean ${quoted(nearest)}?`;
  const shared = { path, line, column, subject: JSON.stringify([specifier, name]) };
  if (target === null) return finding({ ...shared, code: 'hallucination/file_missing', message: `${quoted(path)} imports ${quoted(specifier)}, and there is no such file once this is merged.${near}`, expected: 'a file of the repository', found: 'none', next: 'Import a file that is there, or add it.' });
  return finding({ ...shared, code: 'hallucination/symbol_missing', message: `${quoted(path)} takes ${quoted(name ?? '')} from ${quoted(target)}, which does not export it.${near}`, expected: 'a name that the module exports', found: quoted(name ?? ''), next: 'Use a name that the module exports, or export this one.' });
}

/** What was looked at and not told, in words. */
export function unjudgedImports(told: TellingOfImports): readonly SkippedRule[] {
  if (told.kind === 'unavailable' || told.answer?.kind !== 'looked') return [];
  const { untold, unlooked } = told.answer;
  const byWhy = [...Map.groupBy(untold, ({ why }) => why)].slice(0, 20).map(([why, some]) => {
    const [first] = some;
    const what = first === undefined ? '' : first.specifier === '' ? first.path : `${quoted(first.specifier)} in ${first.path}`;
    return { rule: 'hallucination/symbol_missing', why: `of ${what}${some.length > 1 ? ` and ${some.length - 1} more` : ''} nothing is told: ${why}` };
  });
  return [...byWhy, ...(unlooked === null ? [] : [{ rule: 'hallucination/symbol_missing', why: unlooked }])];
}

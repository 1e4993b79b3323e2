import descriptor from '../../../policies/builtin.json' with { type: 'json' };
import { Failure } from '../../domain/failure.ts';
import { findingRules, isFindingCode, ruleOf } from '../../domain/finding-code.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { gateOfCode } from '../../domain/gate-name.ts';
import { nearestWord } from '../../domain/nearest-word.ts';
import { readPackageFile } from '../../probes/package-file.ts';
import { codeExplanationJson, codeExplanationPretty } from '../../render/code-explanation.ts';
import type { ExplainedRule } from '../../render/code-explanation.ts';
import { findingPage } from '../../render/finding-page.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** What a code means, on standard output. @throws Failure USAGE for one that is none. */
export async function explainCode(terminal: Terminal, named: string, format: 'pretty' | 'json'): Promise<number> {
  const code = codeOf(named);
  const explanation = { code, gate: gateOfCode(code), declared: ruleOf(code), rule: builtinRule(code), meaning: await meaningOf(code) };
  terminal.write(format === 'json' ? codeExplanationJson(explanation) : codeExplanationPretty(explanation, terminal.color));
  return exitCodes.allow;
}

function codeOf(named: string): FindingCode {
  if (isFindingCode(named)) return named;
  const codes = Object.keys(findingRules);
  // Whoever leaves the gate out means the code of that name.
  const near = codes.find((code) => code.endsWith(`/${named}`)) ?? nearestWord(named, codes);
  throw new Failure('USAGE', `Cannot explain ${JSON.stringify(named.slice(0, 80))}: there is no such finding code.${near === null ? ' They are listed in docs/findings/README.md.' : ` Did you mean ${near}?`}`);
}

function builtinRule(code: FindingCode): ExplainedRule | null {
  const told = Object.entries(descriptor.about).find(([rule]) => rule === code);
  if (told === undefined) return null;
  const [, { description, remedy, effectiveOn }] = told;
  return { folder: `policies/rules/${code}`, description, remedy, effectiveOn };
}

async function meaningOf(code: FindingCode): Promise<string> {
  const page = (await readPackageFile(`docs/${findingPage(code)}`)).toString('utf8');
  return page.split('\n## What it means\n')[1]?.split('\n## ')[0]?.trim() ?? '';
}

import type { Decision } from '../domain/decision.ts';
import { findingRules, isFindingCode, ruleOf } from '../domain/finding-code.ts';
import type { FindingCode } from '../domain/finding-code.ts';
import type { JsonObject } from '../domain/json-value.ts';
import { inertJson, sarifText } from './escape.ts';
import { findingPage } from './finding-page.ts';
import { findingTitles } from './finding-title.ts';
import type { FormatOptions } from './format-options.ts';
import { headlineOf } from './headline.ts';
import { sarifLevels } from './sarif-levels.ts';
import { sarifResults } from './sarif-results.ts';

/** SARIF 2.1.0 (OASIS): one run with every rule that this version has, also when nothing was found. */
export function renderSarif(decision: Decision, options: Pick<FormatOptions, 'docsUrl'>): string {
  const codes = Object.keys(findingRules).filter(isFindingCode);
  const run: JsonObject = {
    tool: { driver: { name: 'Plumbline', version: decision.engine, rules: codes.map((code) => rule(code, options.docsUrl)) } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    invocations: [invocation(decision)],
    results: sarifResults(decision, codes),
    properties: { decision: decision.decision, cause: decision.cause, mergeBase: decision.mergeBase, base: decision.base, head: decision.head },
  };
  const log: JsonObject = { $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${inertJson(log)}\n`;
}

function rule(code: FindingCode, docsUrl: string | undefined): JsonObject {
  const { severity, waivable } = ruleOf(code);
  const page = `docs/${findingPage(code)}`;
  return {
    id: code,
    shortDescription: { text: `${findingTitles[code]}.` },
    help: { text: `What it means and how to mend it: ${page}, which comes with Plumbline.` },
    ...(docsUrl === undefined ? {} : { helpUri: new URL(findingPage(code), docsUrl).href }),
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: { waivable },
  };
}

/** What could not be judged makes the run unsuccessful, so that a consumer does not take the results for all there is. */
function invocation(decision: Decision): JsonObject {
  const executionSuccessful = decision.cause !== 'inconclusive';
  const text = sarifText(headlineOf(decision).sentence);
  return executionSuccessful ? { executionSuccessful } : { executionSuccessful, toolExecutionNotifications: [{ level: 'error', message: { text } }] };
}

import type { Decision } from '../domain/decision.ts';
import type { GateName } from '../domain/gate-name.ts';
import type { Verdict } from '../domain/verdict.ts';
import { clip } from './clip.ts';
import { xmlText } from './escape.ts';
import { headlineOf } from './headline.ts';
import { placeOf } from './place.ts';
import { rankedOf } from './ranked-findings.ts';
import type { Effectiveness, RankedFinding } from './ranked-findings.ts';

/** One `testcase`. An `error` is what could not be judged: never a success. */
interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly file: string | null;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  readonly message: string;
}

/** JUnit XML: a suite per gate with its findings, rules and verdict, and one for the decision itself. */
export function renderJunit(decision: Decision): string {
  const suites = [...decision.gates.map((gate) => suiteOf(gate, decision)), { name: 'decision', cases: [decisionCase(decision)] }];
  const all = suites.flatMap((suite) => suite.cases);
  const body = suites.map(({ name, cases }) => element('testsuite', `name="plumbline ${name}" ${totals(cases)}`, cases.map(caseElement)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', `name="plumbline" ${totals(all)}`, body)}\n`;
}

function suiteOf(gate: GateName, decision: Decision): { readonly name: string; readonly cases: readonly TestCase[] } {
  const verdict = decision.verdicts.find((one) => one.gate === gate);
  if (verdict === undefined) return { name: gate, cases: [{ suite: gate, name: 'verdict', file: null, result: 'error', message: 'The gate gave no verdict.' }] };
  return { name: gate, cases: [verdictCase(verdict), ...rankedOf(decision, verdict).map((one) => findingCase(gate, one)), ...ruleCases(verdict)] };
}

function decisionCase(decision: Decision): TestCase {
  const inconclusive = decision.cause === 'inconclusive' ? 'error' : 'failure';
  return { suite: 'decision', name: 'decision', file: null, result: decision.decision === 'allow' ? 'passed' : inconclusive, message: headlineOf(decision).sentence };
}

const byOutcome = { pass: 'passed', fail: 'failure', hold: 'failure', inconclusive: 'error' } as const;
const byEffect: Readonly<Record<Effectiveness, TestCase['result']>> = { deny: 'failure', unknown: 'error', hold: 'failure', observed: 'passed', released: 'passed', notice: 'passed' };

function verdictCase({ gate, verdict }: Verdict): TestCase {
  return { suite: gate, name: 'verdict', file: null, result: byOutcome[verdict], message: `The verdict of the gate is ${verdict}.` };
}

function findingCase(gate: GateName, { finding, effect }: RankedFinding): TestCase {
  const name = [finding.code, placeOf(finding, true), finding.fingerprint].filter((part) => part !== null).join(' ');
  return { suite: gate, name, file: finding.path, result: byEffect[effect], message: `${clip(finding.message, 2_000)} Next: ${clip(finding.next, 1_000)}` };
}

function ruleCases({ gate, evaluated, skipped }: Verdict): readonly TestCase[] {
  return [
    ...evaluated.map(({ rule, whose, subjects }) => ({ suite: gate, name: `${rule}${whose === undefined ? '' : ` of ${whose}`} was asked for ${subjects} subjects`, file: null, result: 'passed' as const, message: '' })),
    ...skipped.map(({ rule, why }) => ({ suite: gate, name: rule, file: null, result: 'skipped' as const, message: why })),
  ];
}

function caseElement({ suite, name, file, result, message }: TestCase): string {
  const attributes = `classname="plumbline.${suite}" name="${xmlText(clip(name, 500))}"${file === null ? '' : ` file="${xmlText(file)}"`}`;
  if (result !== 'passed') return element('testcase', attributes, [`<${result} message="${xmlText(message)}"/>`]);
  return element('testcase', attributes, message === '' ? [] : [`<system-out>${xmlText(message)}</system-out>`]);
}

function totals(cases: readonly TestCase[]): string {
  const of = (result: TestCase['result']): number => cases.filter((one) => one.result === result).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function element(name: string, attributes: string, children: readonly string[]): string {
  if (children.length === 0) return `<${name} ${attributes}/>`;
  const inner = children.map((child) => child.replaceAll(/^/gm, '  ')).join('\n');
  return `<${name} ${attributes}>\n${inner}\n</${name}>`;
}

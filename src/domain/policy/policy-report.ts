import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';

export type PolicyOutcome = 'pass' | 'fail' | 'hold';

/** What one rule says of one subject. */
export interface PolicyAnswer {
  /** `<area>/<code>`, as the rule's package says. */
  readonly rule: string;
  readonly subject: string;
  readonly outcome: PolicyOutcome;
  /** What else the rule says, a `message` for instance. */
  readonly facts: JsonObject;
}

/** Total: exactly one answer of each rule for each subject, in the order of rules and subjects. */
export interface PolicyReport {
  readonly inputVersion: number;
  readonly subjects: readonly string[];
  readonly results: readonly PolicyAnswer[];
}

/** Who must have answered, and for what. */
export interface PolicyDemand {
  readonly inputVersion: number;
  readonly rules: readonly string[];
  /** Every one that is known. A subject that only an answer names is demanded of every rule too. */
  readonly subjects: readonly string[];
}

export type ReportReading =
  | { readonly kind: 'report'; readonly report: PolicyReport }
  /** Whatever is not a total report is no answer at all: what is missing might have been a refusal. */
  | { readonly kind: 'unavailable'; readonly why: string };

const longestSubject = 1_024;

/** Reads what the policies answered. @param value Undefined where they answered nothing. */
export function readPolicyReport(value: JsonValue | undefined, demand: PolicyDemand): ReportReading {
  if (demand.rules.length === 0) return unavailable('the policies hold no rule, expected at least one package plumbline.rules.<area>.<code>');
  if (value === undefined) return unavailable('main.report is undefined: the policies gave no answer');
  if (!isJsonObject(value) || !hasExactly(value, ['input_version', 'results']) || !Array.isArray(value['results'])) return unavailable('main.report is not of the form {input_version, results}');
  if (value['input_version'] !== demand.inputVersion) return unavailable(`main.report speaks of input version ${shown(value['input_version'])}, expected ${demand.inputVersion}`);
  const answers: PolicyAnswer[] = [];
  for (const result of value['results']) {
    const answer = answerOf(result);
    if (typeof answer === 'string') return unavailable(answer);
    answers.push(answer);
  }
  return totalReport(answers, demand);
}

function answerOf(result: JsonValue): PolicyAnswer | string {
  if (!isJsonObject(result)) return 'main.report holds a result that is no object';
  const { rule, subject, outcome, ...facts } = result;
  if (typeof rule !== 'string') return 'main.report holds a result without a rule';
  if (typeof subject !== 'string' || subject === '' || subject.length > longestSubject) return `the rule ${shown(rule)} answers for the subject ${shown(subject)}, expected a text of 1 to ${longestSubject} characters`;
  if (outcome !== 'pass' && outcome !== 'fail' && outcome !== 'hold') return `the rule ${shown(rule)} answers ${shown(outcome)} for ${shown(subject)}, expected pass, fail or hold`;
  return { rule, subject, outcome, facts };
}

function totalReport(answers: readonly PolicyAnswer[], { inputVersion, rules, subjects: known }: PolicyDemand): ReportReading {
  const subjects = [...new Set([...known, ...answers.map(({ subject }) => subject)])].toSorted();
  const stranger = answers.find(({ rule }) => !rules.includes(rule));
  if (stranger !== undefined) return unavailable(`an answer is by the rule ${shown(stranger.rule)}, which the policies do not hold`);
  if (subjects.length === 0) return unavailable(`no rule answered for anything: ${rules.map(shown).join(', ')}`);
  const found = Map.groupBy(answers, ({ rule, subject }) => JSON.stringify([rule, subject]));
  const results: PolicyAnswer[] = [];
  for (const rule of [...new Set(rules)].toSorted()) {
    for (const subject of subjects) {
      const [answer, second] = found.get(JSON.stringify([rule, subject])) ?? [];
      if (answer === undefined) return unavailable(`the rule ${shown(rule)} gave no answer for ${shown(subject)}`);
      if (second !== undefined) return unavailable(`the rule ${shown(rule)} gave more than one answer for ${shown(subject)}`);
      results.push(answer);
    }
  }
  return { kind: 'report', report: { inputVersion, subjects, results } };
}

function hasExactly(value: JsonObject, members: readonly string[]): boolean {
  return Object.keys(value).length === members.length && members.every((name) => Object.hasOwn(value, name));
}

function unavailable(why: string): ReportReading {
  return { kind: 'unavailable', why };
}

/** Never more than 80 characters of what a policy wrote. */
function shown(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79).toWellFormed()}…`;
}

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
  /** Whatever is not a total report is no answer at all: what is missing might have been a refusal. Asking again would not change that. */
  | { readonly kind: 'silent'; readonly why: string };

/** Answers as they came, by rule. */
type Heard = Map<string, readonly PolicyAnswer[]>;

/** An action names its path, and a path is of any length. */
const longestSubject = 8_192;

/** Reads what the policies answered. @param value Undefined where they answered nothing. */
export function readPolicyReport(value: JsonValue | undefined, demand: PolicyDemand): ReportReading {
  if (demand.rules.length === 0) return silent('the policies hold no rule, expected at least one package plumbline.rules.<area>.<code>');
  if (value === undefined) return silent('main.report is undefined: the policies gave no answer');
  const results = isJsonObject(value) && hasExactly(value, ['input_version', 'results']) ? value['results'] : undefined;
  if (!isJsonObject(value) || !isJsonObject(results)) return silent('main.report is not of the form {input_version, results: {<area>: {<code>: […]}}}');
  if (value['input_version'] !== demand.inputVersion) return silent(`main.report speaks of input version ${shown(value['input_version'])}, expected ${demand.inputVersion}`);
  const heard: Heard = new Map();
  for (const [area, codes] of Object.entries(results)) {
    for (const [code, answers] of Object.entries(isJsonObject(codes) ? codes : { '': codes })) {
      const rule = `${area}/${code}`;
      const objection = hear(heard, rule, answers);
      if (objection !== null) return silent(objection);
      if (!demand.rules.includes(rule)) return silent(`an answer is by the rule ${shown(rule)}, which the policies do not hold`);
    }
  }
  return totalReport(heard, demand);
}

/** What is wrong; null where all of a rule's answers could be read. */
function hear(heard: Heard, rule: string, answers: JsonValue): string | null {
  if (!Array.isArray(answers)) return `the rule ${shown(rule)} has a result that is no set`;
  const read: PolicyAnswer[] = [];
  for (const one of answers) {
    const answer = answerOf(rule, one);
    if (typeof answer === 'string') return answer;
    read.push(answer);
  }
  heard.set(rule, read);
  return null;
}

function answerOf(rule: string, answer: JsonValue): PolicyAnswer | string {
  if (!isJsonObject(answer)) return `the rule ${shown(rule)} answers ${shown(answer)}, expected an object`;
  const { subject, outcome, ...facts } = answer;
  if (typeof subject !== 'string' || subject === '' || subject.length > longestSubject) return `the rule ${shown(rule)} answers for the subject ${shown(subject)}, expected a text of 1 to ${longestSubject} characters`;
  if (outcome !== 'pass' && outcome !== 'fail' && outcome !== 'hold') return `the rule ${shown(rule)} answers ${shown(outcome)} for ${shown(subject)}, expected pass, fail or hold`;
  return { rule, subject, outcome, facts };
}

function totalReport(heard: Heard, { inputVersion, rules, subjects: known }: PolicyDemand): ReportReading {
  const subjects = [...new Set([known, ...[...heard.values()].map((answers) => answers.map(({ subject }) => subject))].flat())].toSorted();
  if (subjects.length === 0) return silent(`no rule answered for anything: ${rules.map(shown).join(', ')}`);
  const results: PolicyAnswer[] = [];
  for (const rule of [...new Set(rules)].toSorted()) {
    const found = new Map<string, PolicyAnswer>();
    for (const answer of heard.get(rule) ?? []) {
      if (found.has(answer.subject)) return silent(`the rule ${shown(rule)} gave more than one answer for ${shown(answer.subject)}`);
      found.set(answer.subject, answer);
    }
    for (const subject of subjects) {
      const answer = found.get(subject);
      if (answer === undefined) return silent(`the rule ${shown(rule)} gave no answer for ${shown(subject)}`);
      results.push(answer);
    }
  }
  return { kind: 'report', report: { inputVersion, subjects, results } };
}

function hasExactly(value: JsonObject, members: readonly string[]): boolean {
  return Object.keys(value).length === members.length && members.every((name) => Object.hasOwn(value, name));
}

function silent(why: string): ReportReading {
  return { kind: 'silent', why };
}

/** Never more than 80 characters of what a policy wrote. */
function shown(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79).toWellFormed()}…`;
}

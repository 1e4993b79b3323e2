import type { PoliciesAnswer } from '../../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../../src/domain/probe-request.ts';
import type { JsonObject } from '../../../../src/domain/json-value.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import { builtinAnswer } from '../../../builders/builtin-answer.ts';
import { policyTexts } from '../../../builders/policy-texts.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { govern, told } from '../a-governed-change.ts';
import type { GovernedChange } from '../a-governed-change.ts';

/** What the engine would say of a tree, by the first words of its files; `pass` of one of nothing else. */
export function policyAnswer(request: RequestOf<'policies'>): PoliciesAnswer {
  const { policies, input, subjects } = request;
  if (policies === null) return builtinAnswer(request);
  const texts = policyTexts(policies);
  const broken = texts.find(({ text }) => text.startsWith('garbage'));
  if (broken !== undefined) return { kind: 'refused', why: `1 error occurred: ${broken.path}:3: rego_parse_error: unexpected token` };
  if (texts.some(({ text }) => text.startsWith('silent'))) return { kind: 'silent', why: 'the rule "t/own" gave no answer' };
  if (texts.some(({ text }) => text.startsWith('slow'))) return { kind: 'timed-out', why: 'it took longer than 1000 ms' };
  const outcome = texts.some(({ text }) => text.startsWith('deny')) ? 'fail' : texts.some(({ text }) => text.startsWith('hold')) ? 'hold' : 'pass';
  return { kind: 'report', report: { inputVersion: input.version, subjects, results: subjects.map((subject) => ({ rule: 't/own', subject, outcome, facts: {} })) } };
}

export const contents = ['pass', 'pass more', 'garbage', 'garbage more', 'silent', 'slow', 'deny', 'hold', 'one', 'two'] as const;

export type PolicyChange = Readonly<Record<string, Omit<FileInput, 'path'>>>;

/** What governance says where `policies/**` is the repository's Rego. */
export function governPolicies(files: PolicyChange, { governance = {}, snapshot = {}, ...change }: GovernedChange = {}): Verdict {
  const document: JsonObject = { version: 1, governance: { policies: ['policies/**'], ...governance } };
  return govern({ contents, policies: policyAnswer, files, ...change, snapshot: { configured: { document, policyPaths: ['policies/**'] }, ...snapshot } });
}

export function said(verdict: Verdict): string {
  return [verdict.verdict, ...told(verdict)].join(' ');
}

import type { JsonObject } from '../../../../src/domain/json-value.ts';
import type { PackageAnswer } from '../../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../../src/domain/probe-request.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import { hallucinationGate } from '../../../../src/gates/hallucination/hallucination-gate.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { collectEvidence } from '../../../builders/evidence-of.ts';
import { anAgentsChange } from '../an-agents-change.ts';
import type { AgentsChange } from '../an-agents-change.ts';

export interface PackagesChange {
  /** Head texts by path, or base and head. */
  readonly files: Readonly<Record<string, string | readonly [base: string, head: string]>>;
  /** What registries have, by `npm:name` or `pypi:name`; any other is missing. */
  readonly packages?: Readonly<Record<string, PackageAnswer>>;
  /** Other files of the base. */
  readonly base?: Readonly<Record<string, string>>;
  readonly registries?: JsonObject;
  readonly world?: World;
  readonly document?: JsonObject;
}

export interface JudgedPackages {
  readonly verdict: Verdict;
  /** `code: message`, but for codes of evidence. */
  readonly told: readonly string[];
  /** `ecosystem:name version <indexes>` of all that was asked for. */
  readonly asked: readonly string[];
}

/** A change of dependabot, who is asked for no evidence, or of an agent with some. */
export function judgedPackages({ files, packages = {}, base = {}, registries, world = {}, document }: PackagesChange): JudgedPackages {
  const asked: RequestOf<'package'>[] = [];
  const input: AgentsChange = {
    files: Object.entries(files).map(([path, text]) => (typeof text === 'string' ? { path, head: text } : { path, base: text[0], head: text[1] })),
    ...(document === undefined ? { login: 'dependabot[bot]', document: null } : { document }),
    ...(registries === undefined ? {} : { registries }),
    world: {
      unlisted: base,
      packages: (request) => {
        asked.push(request);
        return packages[`${request.ecosystem}:${request.name}`] ?? { kind: 'missing', what: 'package' };
      },
      ...world,
    },
  };
  const change = anAgentsChange(input);
  const verdict = hallucinationGate.evaluate(change.snapshot, collectEvidence(hallucinationGate, change.snapshot, change.world));
  const ours = verdict.findings.filter(({ code }) => /package|not_checkable|unverifiable|undeclared|typosquat/.test(code));
  return { verdict, told: ours.map(({ code, message }) => `${code.replace('hallucination/', '')}: ${message}`), asked: asked.map(({ ecosystem, name, version, indexes }) => `${ecosystem}:${name} ${version ?? '-'}${indexes.length === 0 ? '' : ` <${indexes.join(' ')}>`}`) };
}

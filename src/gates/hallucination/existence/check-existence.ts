import type { ClaimCheck } from '../../../domain/agent-evidence/verified-claim.ts';
import type { RecordedReferences } from '../../../domain/agent-evidence/verification-record.ts';
import { purlOf } from '../../../domain/dependency/purl.ts';
import type { Finding } from '../../../domain/finding.ts';
import { isSourceFile } from '../../../domain/module/source-file.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { EvaluatedRule, SkippedRule } from '../../../domain/verdict.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { claimChecks } from './claim-checks.ts';
import { claimedLineRequests } from './claimed-lines.ts';
import { documentEcosystems } from './document-packages.ts';
import { importFindings, unjudgedImports } from './import-findings.ts';
import { importsAnswer, importsRequest } from './imports-request.ts';
import { judgedPackages } from './judged-packages.ts';
import { leftPackages, packageFindings, undeclaredFinding, undeclaredPackages } from './package-findings.ts';
import type { PackageOutcome } from './package-outcome.ts';
import { packageWorldRequests } from './package-world.ts';
import { namedFileRequests } from './named-files.ts';
import { referenceFindings } from './reference-findings.ts';
import { otherEcosystems } from './other-ecosystems.ts';
import { typosquatFindings, typosquatHints } from './typosquat-hints.ts';

/** What of a change exists. */
export interface Existence {
  readonly findings: readonly Finding[];
  readonly references: RecordedReferences;
  /** Of claims, by their ids. */
  readonly checks: ReadonlyMap<string, readonly ClaimCheck[]>;
  readonly evaluated: readonly EvaluatedRule[];
  readonly skipped: readonly SkippedRule[];
  /** Changed paths that were looked at. */
  readonly covered: readonly string[];
}

/** What has to be asked, given what is known: settled after two rounds. */
export function existenceRequests(change: GroundedChange): readonly ProbeRequest[] {
  const imports = importsRequest(change);
  const first = [...(imports === null ? [] : [imports]), ...packageWorldRequests(change, documentEcosystems(change)), ...namedFileRequests(change), ...claimedLineRequests(change)];
  // While something decides which names are private that is not known no name is asked for.
  return first.every((request) => change.evidence.has(request)) ? [...first, ...judgedPackages(change).requests] : first;
}

const absent = new Set<PackageOutcome['kind']>(['missing', 'nowhere', 'withdrawn']);

/** Files, symbols and dependencies of the change, and of the claims about them. */
export function checkExistence(change: GroundedChange): Existence {
  const imports = importsAnswer(change);
  const packages = judgedPackages(change);
  const undeclared = undeclaredPackages(change, packages);
  const hints = typosquatHints(packages.judged);
  const places = referenceFindings(change);
  const broken = imports.answer?.kind === 'looked' ? imports.answer.broken : [];
  const gone = packages.judged.flatMap(({ named, outcome }) => (absent.has(outcome.kind) ? [purlOf(named.ecosystem, named.name)] : []));
  const modules = changedFiles(change.snapshot).filter(({ path, head }) => head !== null && isSourceFile(path)).map(({ path }) => path);
  return {
    findings: [...importFindings(imports), ...packageFindings(packages), ...undeclared.map(undeclaredFinding), ...typosquatFindings(hints), ...otherEcosystems(change), ...places.findings],
    references: {
      missing: [...new Set([...gone, ...broken.map(({ target, specifier, name }) => (target === null ? specifier : `${target}#${name}`)), ...places.missing])],
      undeclared: undeclared.map(({ ecosystem, name }) => purlOf(ecosystem, name)),
      typosquat_hints: hints.map(({ named, near }) => ({ name: named.name, near })),
    },
    checks: claimChecks(change, { imports, packages, modules }),
    evaluated: [{ rule: 'hallucination/symbol_missing', subjects: imports.answer?.kind === 'looked' ? imports.answer.modules : 0 }, { rule: 'hallucination/package_missing', subjects: packages.judged.length }],
    skipped: [...unjudgedImports(imports), ...leftPackages(packages)],
    covered: [...modules, ...packages.added.covered],
  };
}

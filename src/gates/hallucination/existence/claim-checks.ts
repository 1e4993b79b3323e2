import type { Claim } from '../../../domain/agent-evidence/evidence-document.ts';
import type { ClaimCheck } from '../../../domain/agent-evidence/verified-claim.ts';
import { readPurl } from '../../../domain/dependency/purl.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { claimedLineChecks } from './claimed-lines.ts';
import type { TellingOfImports } from './imports-request.ts';
import { namedFile } from './named-files.ts';
import type { PackageQuestions } from './judged-packages.ts';
import type { PackageOutcome } from './package-outcome.ts';

export interface LookedAt {
  readonly imports: TellingOfImports;
  readonly packages: PackageQuestions;
  /** Changed modules that stand at the head. */
  readonly modules: readonly string[];
}

/** Whether what claims are about exists, by the claim's id. A notice says of what no other attempt can tell it. */
export function claimChecks(change: GroundedChange, looked: LookedAt): ReadonlyMap<string, readonly ClaimCheck[]> {
  const claims = change.documents.flatMap((document) => document.claims);
  return new Map(claims.map((claim) => [claim.id, [...claimedLineChecks(claim, change), ...checksOf(claim, change, looked)]] as const));
}

function checksOf(claim: Claim, change: GroundedChange, looked: LookedAt): readonly ClaimCheck[] {
  if (claim.kind === 'file') return claim.changes.map(({ path }) => pathCheck(path, change));
  if (claim.kind === 'symbol') return symbolChecks(claim, looked);
  return claim.kind === 'dependency' ? dependencyChecks(claim, looked) : [];
}

/** A claim may be about what the change takes away, or leaves as it is. */
function pathCheck(path: string, change: GroundedChange): ClaimCheck {
  const name = JSON.stringify(path);
  if (changedFiles(change.snapshot).some((file) => file.path === path)) return { code: 'PATH_EXISTS', status: 'passed', detail: `${name} is a path of the change` };
  const file = namedFile(change, path, false);
  switch (file.kind) {
    case 'absent':
      return { code: 'PATH_EXISTS', status: 'failed', detail: `neither the base nor the change has ${name}` };
    case 'unavailable':
      return { code: 'PATH_EXISTS', status: 'unavailable', detail: `whether there is ${name} could not be read: ${file.why}` };
    case 'beyond':
      return { code: 'PATH_EXISTS', status: 'notice', detail: `${name} was not looked up: the evidence about one change may name fewer files` };
    case 'listed':
    case 'names':
    case 'unreadable':
      return { code: 'PATH_EXISTS', status: 'passed', detail: `${name} is there, and the change leaves it as it is` };
  }
}

function symbolChecks({ changes }: Claim, { imports, modules }: LookedAt): readonly ClaimCheck[] {
  const paths = changes.map(({ path }) => path).filter((path) => modules.includes(path));
  if (paths.length === 0) return [];
  if (imports.kind === 'unavailable') return [{ code: 'SYMBOL_EXISTS', status: 'unavailable', detail: `what they import could not be looked at: ${imports.why}` }];
  const { answer } = imports;
  if (answer === null) return [{ code: 'SYMBOL_EXISTS', status: 'error', detail: 'nobody looked at what they import' }];
  if (answer.kind === 'undecided') return [{ code: 'SYMBOL_EXISTS', status: 'notice', detail: `what they import can not be told: ${answer.why}` }];
  const broken = answer.broken.filter(({ path }) => paths.includes(path));
  const [first] = broken;
  return [first === undefined ? { code: 'SYMBOL_EXISTS', status: 'passed', detail: 'all that the changed modules import is there' } : { code: 'SYMBOL_EXISTS', status: 'failed', detail: `${first.path} takes ${first.name ?? 'a module'} from ${first.specifier}, which is not there`, ...(first.nearest === null ? {} : { nearest: first.nearest }) }];
}

/** Packages that it cites, and those that the files it is about add. */
function dependencyChecks({ changes, citations }: Claim, { packages }: LookedAt): readonly ClaimCheck[] {
  const cited = new Set(citations.filter(({ type }) => type === 'package').flatMap(({ path }) => {
    const purl = readPurl(path ?? '');
    return purl === null ? [] : [`${purl.type}:${purl.name}`];
  }));
  const paths = new Set(changes.map(({ path }) => path));
  const about = packages.judged.filter(({ named }) => cited.has(`${named.ecosystem}:${named.name}`) || (named.isDirect && named.path !== null && paths.has(named.path)));
  return about.flatMap(({ named, outcome }) => packageCheck(JSON.stringify(named.name), outcome));
}

/** None of what the App will ask: that is told once for all. */
function packageCheck(name: string, outcome: PackageOutcome): readonly ClaimCheck[] {
  switch (outcome.kind) {
    case 'proven':
    case 'exists':
      return [{ code: 'PACKAGE_EXISTS', status: 'passed', detail: `${name} exists` }];
    case 'missing':
      return [{ code: 'PACKAGE_EXISTS', status: 'failed', detail: outcome.what === 'package' ? `${name} is no package of its registry` : `${name} has no such version` }];
    case 'nowhere':
      return [{ code: 'PACKAGE_EXISTS', status: 'failed', detail: `there is no ${name}: ${outcome.why}` }];
    case 'withdrawn':
      return [{ code: 'PACKAGE_EXISTS', status: 'failed', detail: `${name} is gone: ${outcome.word}` }];
    case 'left':
      return [];
    case 'untold':
      return [{ code: 'PACKAGE_EXISTS', status: 'notice', detail: `whether ${name} exists can not be told: ${outcome.why}` }];
    case 'unknown':
      return [{ code: 'PACKAGE_EXISTS', status: 'unavailable', detail: `whether ${name} exists is not known: ${outcome.why}` }];
  }
}

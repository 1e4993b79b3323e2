import type { Action } from '../../../domain/action/action.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { Governed } from '../plan-contracts.ts';
import { isAsAtBase, recordedAt, schemaWorld } from '../schema/schema-world.ts';
import type { JudgedSchema } from '../schema/schema-world.ts';

/**
 * What the change does to each governed schema, by what its comparison found. Breaking and undecided ones are held by their own
 * findings. @param findings Of the contracts gate, before anything lowers them.
 */
export function schemaActions(governed: Governed, evidence: Evidence, findings: readonly Finding[]): readonly Action[] {
  return changedSchemas(governed, evidence, findings).flatMap(({ file, own, isTold }) => (isTold ? actionsOf(file, own) : []));
}

/** Changed schemas of which not enough is known to tell what the change does to them: `schemaActions` leaves them out. */
export function untoldSchemas(governed: Governed, evidence: Evidence, findings: readonly Finding[]): readonly string[] {
  return changedSchemas(governed, evidence, findings).flatMap(({ file, isTold }) => (isTold ? [] : [file.path]));
}

interface ChangedSchema {
  readonly file: JudgedSchema;
  /** Findings about it. */
  readonly own: readonly Finding[];
  readonly isTold: boolean;
}

function changedSchemas(governed: Governed, evidence: Evidence, findings: readonly Finding[]): readonly ChangedSchema[] {
  const told = Map.groupBy(findings, (one) => one.path ?? '');
  const world = schemaWorld(governed, evidence);
  return world.changed.filter((file) => !isAsAtBase(file)).map((file) => {
    const own = told.get(file.path) ?? [];
    return { file, own, isTold: recordedAt(file, world) !== null && own.every(({ severity }) => severity !== 'unknown') };
  });
}

function actionsOf(file: JudgedSchema, findings: readonly Finding[]): readonly Action[] {
  const has = (code: Finding['code']): boolean => findings.some((one) => one.code === code);
  const special = [
    ...(has('schema/incompatible') ? [schemaAction(file, 'schema.change_breaking', 'schema/incompatible', findings)] : []),
    ...(has('schema/undecided') ? [schemaAction(file, 'schema.change_undecided', 'schema/undecided', findings)] : []),
  ];
  return special.length > 0 ? special : [schemaAction(file, 'schema.change', null, findings)];
}

function schemaAction(file: JudgedSchema, action: string, code: 'schema/incompatible' | 'schema/undecided' | null, findings: readonly Finding[]): Action {
  const own = findings.filter((one) => one.code === code);
  const { line, column } = own[0] ?? { line: null, column: null };
  return {
    action,
    tier: code === null ? 2 : 3,
    subject: { path: file.path },
    paths: [file.path],
    why: `It ${file.base === null ? 'adds' : file.result === null ? 'removes' : 'changes'} the schema ${file.path}${code === null ? '' : code === 'schema/incompatible' ? ', which breaks who relies on it' : ', and what that means can not be proven'}.`,
    evidence: { findings: own.map((one) => one.fingerprint).toSorted() },
    place: file.result === null ? null : { path: file.path, line: line ?? 1, column: column ?? 1 },
    finding: code,
    remedy: null,
  };
}

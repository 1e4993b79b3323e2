import type { Action } from '../../../domain/action/action.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { Governed } from '../plan-contracts.ts';
import { isAsAtBase, schemaWorld } from '../schema/schema-world.ts';
import type { JudgedSchema } from '../schema/schema-world.ts';

/**
 * What the change does to each governed schema, by what its comparison found. Breaking and undecided ones are held by their own
 * findings. @param findings Of the contracts gate, before anything lowers them.
 */
export function schemaActions(governed: Governed, evidence: Evidence, findings: readonly Finding[]): readonly Action[] {
  const told = Map.groupBy(findings, (one) => one.path ?? '');
  return schemaWorld(governed, evidence).changed.flatMap((file) => (isAsAtBase(file) ? [] : actionsOf(file, told.get(file.path) ?? [])));
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

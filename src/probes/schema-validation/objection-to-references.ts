import { quoted } from '../../domain/finding.ts';
import { isSchema } from '../../domain/json-schema/is-schema.ts';
import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { schemaParts } from '../../domain/json-schema/schema-parts.ts';
import type { SchemaPart, SchemaParts } from '../../domain/json-schema/schema-parts.ts';

/** The validator follows these to the root in forms where they mean another part: a document could pass what refuses it. */
const dynamicReferences = ['$dynamicRef', '$recursiveRef'];

/** Why a schema that its dialect allows can not be applied as it is meant; null when it can. */
export function objectionToReferences(schema: PlainSchema): string | null {
  if (typeof schema === 'boolean') return null;
  const parts = schemaParts(schema);
  return dynamicReference(parts) ?? endlessReference(parts);
}

function dynamicReference({ all }: SchemaParts): string | null {
  const used = dynamicReferences.find((keyword) => all.some((part) => Object.hasOwn(part.schema, keyword)));
  return used === undefined ? null : `it uses ${used}, which this version does not apply`;
}

interface Step {
  readonly to: SchemaPart;
  /** The reference that leads there; null for a part that stands within. */
  readonly reference: string | null;
}

/**
 * A circle of parts that all look at the same value: applying it would never end. Walks depth first, without recursion;
 * what is still open when it is met again closes a circle, which always has a reference.
 */
function endlessReference(parts: SchemaParts): string | null {
  const state = new Map<SchemaPart, 'open' | 'done'>();
  for (const start of parts.all) {
    const path: { readonly part: SchemaPart; readonly steps: Step[] }[] = [];
    const enter = (part: SchemaPart): void => {
      state.set(part, 'open');
      path.push({ part, steps: stepsFrom(part, parts) });
    };
    if (!state.has(start)) enter(start);
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const step = last.steps.pop();
      if (step === undefined) state.set(path.pop()?.part ?? last.part, 'done');
      else if (state.get(step.to) === 'open') return `it refers to itself without end${step.reference === null ? '' : ` through the $ref ${quoted(step.reference)}`}`;
      else if (!state.has(step.to)) enter(step.to);
    }
  }
  return null;
}

/** Parts that apply to the very value that this one applies to. */
function stepsFrom(part: SchemaPart, parts: SchemaParts): Step[] {
  const { schema } = part;
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listOf(schema[keyword]));
  const single = ['not', 'if', 'then', 'else'].map((keyword) => schema[keyword]);
  const named = ['dependentSchemas', 'dependencies'].flatMap((keyword) => membersOf(schema[keyword]));
  const reference = schema['$ref'];
  const referred = typeof reference === 'string' ? parts.target(part, reference) : null;
  const within = [...lists, ...single, ...named].flatMap((one) => parts.partOf(one) ?? []).map((to) => ({ to, reference: null }));
  return referred === null ? within : [...within, { to: referred, reference: String(reference) }];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function membersOf(value: unknown): readonly unknown[] {
  return isSchema(value) && typeof value === 'object' ? Object.values(value) : [];
}

import type { LegalHold } from '../../flows/ports/retention-store.ts';
import { integer, nullable, object, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

type HoldRow = Omit<LegalHold, 'from' | 'to' | 'placedAt'> & { readonly from: string | null; readonly to: string | null; readonly placedAt: string };

const form = storedForm<HoldRow>('a hold', object({ id: integer, repository: nullable(object({ id: integer, name: text })), from: nullable(text), to: nullable(text), by: text, reason: text, placedAt: text }));

export const holdForm = {
  write: (hold: LegalHold): string => form.write({ ...hold, from: hold.from?.toISOString() ?? null, to: hold.to?.toISOString() ?? null, placedAt: hold.placedAt.toISOString() }),
  read(kept: string): LegalHold {
    const { from, to, placedAt, ...rest } = form.read(kept);
    return { ...rest, from: from === null ? null : new Date(from), to: to === null ? null : new Date(to), placedAt: new Date(placedAt) };
  },
};

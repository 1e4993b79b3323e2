import type { Digest } from '../../domain/digest.ts';
import type { ModelUsage } from '../../domain/usage/model-usage.ts';
import type { UsageCharge } from '../../domain/usage/charge-of.ts';
import type { ChargedUsage, UsageReservation } from '../../flows/ports/usage-store.ts';
import { flag, integer, nullable, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

/** Numbers that JSON has no room for stand as their digits. */
interface StoredCharge {
  readonly usage: Omit<ModelUsage, 'statedCost'> & { readonly statedCost: string | null };
  readonly charge: { readonly tokens: string; readonly cost: string; readonly isPriced: boolean };
}

interface StoredReservation extends StoredCharge {
  readonly id: string;
  readonly accountId: number;
  readonly repositoryId: number;
  readonly agent: string;
  readonly at: string;
  readonly expiresAt: string;
  readonly by: string;
  readonly key: string;
  readonly asked: Digest;
  readonly settled: (StoredCharge & { readonly asked: Digest }) | null;
}

const usage = object({ source: oneOf('self', 'proxy', 'provider'), provider: text, model: text, inputTokens: integer, outputTokens: integer, cacheReadTokens: integer, cacheCreationTokens: integer, statedCost: nullable(text) });
const charge = object({ tokens: text, cost: text, isPriced: flag });
const form = storedForm<StoredReservation>('a reservation of usage', object({ id: text, accountId: integer, repositoryId: integer, agent: text, at: text, expiresAt: text, by: text, key: text, asked: text, usage, charge, settled: nullable(object({ asked: text, usage, charge })) }));

export const reservationForm = {
  write: ({ at, expiresAt, settled, ...rest }: UsageReservation): string => form.write({ ...rest, ...written(rest), at: at.toISOString(), expiresAt: expiresAt.toISOString(), settled: settled === null ? null : { ...written(settled), asked: settled.asked } }),
  read(column: string): UsageReservation {
    const { at, expiresAt, settled, ...rest } = form.read(column);
    return { ...rest, ...told(rest), at: new Date(at), expiresAt: new Date(expiresAt), settled: settled === null ? null : { ...told(settled), asked: settled.asked } };
  },
} as const;

type Charged = Pick<ChargedUsage, 'usage' | 'charge'>;

function written({ usage: used, charge: counted }: Charged): StoredCharge {
  return { usage: { ...used, statedCost: used.statedCost === null ? null : String(used.statedCost) }, charge: { tokens: String(counted.tokens), cost: String(counted.cost), isPriced: counted.isPriced } };
}

function told({ usage: used, charge: counted }: StoredCharge): Charged {
  const known: UsageCharge = { tokens: BigInt(counted.tokens), cost: BigInt(counted.cost), isPriced: counted.isPriced };
  return { usage: { ...used, statedCost: used.statedCost === null ? null : BigInt(used.statedCost) }, charge: known };
}

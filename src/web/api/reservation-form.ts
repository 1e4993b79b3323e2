import type { JsonObject } from '../../domain/json-value.ts';
import type { UsageReservation } from '../../flows/ports/usage-store.ts';
import { usageForm } from '../../flows/usage/usage-form.ts';

/** A reservation as programs read it: what it counts as now. */
export function reservationForm(reservation: UsageReservation): JsonObject {
  const { id, at, expiresAt, settled } = reservation;
  return { id, state: settled === null ? 'open' : 'settled', at: at.toISOString(), expiresAt: expiresAt.toISOString(), usage: usageForm(settled === null ? reservation : { ...reservation, ...settled }) };
}
